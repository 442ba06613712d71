"""Calendars that an officer's own program subscribes to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.people.models import Office


class CalendarFeed(models.Model):
    """The renewals of one office for one person, under an address that only its holder knows. Only the token's digest is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "user"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.user_id}"

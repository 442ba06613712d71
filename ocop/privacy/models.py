"""Requests about one's own data, and the list of those who were erased."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ocop.people.models import new_public_code
from ocop.privacy.enums import RequestKind, RequestState
from ocop.register.models import Producer


class DataRequest(models.Model):
    """Somebody asked, in person or by letter. Who it was is forgotten when their data are."""

    code = models.CharField(max_length=12, unique=True, default=new_public_code)
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=16, blank=True)  # E.164
    email = models.EmailField(blank=True)  # small letters
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")  # whose representative it is
    said = models.TextField(blank=True)  # what is asked, in the person's words
    identity_seen = models.CharField(max_length=200)  # how the officer knew it was that person; no document number
    received_on = models.DateField()
    answer_by = models.DateField()
    done_by = models.DateField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=400, blank=True)  # told to the person
    is_forgotten = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_forgotten=False) & (~Q(phone="") | ~Q(email="") | Q(producer__isnull=False))
                | Q(is_forgotten=True, name="", phone="", email="", said="", identity_seen="", producer__isnull=True),
                name="data_request_has_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RequestState.RECEIVED, RequestState.ANSWERED], closed_at__isnull=True)
                | Q(state__in=[RequestState.DONE, RequestState.REFUSED], closed_at__isnull=False) & ~Q(outcome=""),
                name="data_request_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.ANSWERED) | Q(answered_at__isnull=False), name="data_request_answered_has_time"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("received_on"), done_by__gt=F("received_on")), name="data_request_clocks_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ErasureMark(models.Model):
    """One address of somebody erased, as a keyed digest: what a restored backup is held against."""

    digest = models.CharField(max_length=64, unique=True)
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]

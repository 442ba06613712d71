"""The daily heads of the audit chain."""

from datetime import date

from django.db.models import QuerySet

from ocop.records import rules
from ocop.records.models import DailyHead

_WITNESSED_DAYS = 7  # an older head that nobody was sent is no news any more


def daily_heads() -> list[str]:
    """Every day's head, the oldest first, a line each."""
    return [rules.head_line(*row) for row in DailyHead.objects.order_by("day").values_list("day", "n", "hash")]


def heads_to_mail(on: date) -> QuerySet[DailyHead]:
    """Heads of the last days that have not reached the witnesses."""
    recent = DailyHead.objects.order_by("-day").values("pk")[:_WITNESSED_DAYS]
    return DailyHead.objects.filter(pk__in=list(recent.values_list("pk", flat=True)), mailed_at__isnull=True, day__lte=on).order_by("day")

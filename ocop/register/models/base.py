"""What every fact of the register carries: where it comes from, how sure it is, as of when."""

from typing import TypeVar

from django.db import models

from ocop.register.enums import Confidence

M = TypeVar("M", bound=models.Model)


class Unmerged(models.Manager[M]):
    """Rows that stand for themselves. What was merged into another row is in no list, count or look-up unless it is asked for by name."""

    def get_queryset(self) -> "models.QuerySet[M]":
        return super().get_queryset().filter(merged_into__isnull=True)


class Sourced(models.Model):
    """A fact with its source. `as_of` is the day the source was read or the officer recorded it."""

    source_url = models.TextField(blank=True)  # several addresses are joined by " ; "
    source_name = models.CharField(max_length=200, blank=True)  # when there is no address: "Sổ của Văn phòng điều phối"
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    as_of = models.DateField()
    note = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        abstract = True

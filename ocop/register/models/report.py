"""What the public reports: a star used wrongly, or an error on a page."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.places.models import Unit
from ocop.records.models import StoredFile
from ocop.register.enums import ReportKind, ReportState
from ocop.register.models.product import Product


class Report(models.Model):
    """One report, from "new" to its outcome. How to reach the reporter is kept apart."""

    code = models.CharField(max_length=12, unique=True)  # random, told to the reporter: the outcome can be read with it
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="reports")
    code_seen = models.CharField(max_length=80, blank=True)  # what the label says, when it leads nowhere
    place_seen = models.CharField(max_length=200)
    commune = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    photo = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.NEW)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)  # told to the reporter
    closed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__startswith="closed") | Q(closed_at__isnull=False, handler__isnull=False) & ~Q(outcome=""),
                name="report_closed_has_outcome",
            )
        ]

    def __str__(self) -> str:
        return self.code


class ReporterContact(models.Model):
    """Personal data of who reported, if they left any."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"contact of report {self.report_id}"


class ReportMove(models.Model):
    """The log of a report's states."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="moves")
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, choices=ReportState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

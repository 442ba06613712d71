"""A register that comes as a spreadsheet: the file, what was read of it row by row, what was mended, how it ended.

The sheet holds personal data (representatives, their numbers), so file, rows and mends are erased after `rules.INTAKE_KEPT`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ocop.records.models import StoredFile
from ocop.register.enums import IntakeState
from ocop.register.rules.intake import Outcome


class IntakeBatch(models.Model):
    """One file on its way into the register. Confirmed, it is in as a whole; undone, it is out as a whole."""

    code = models.CharField(max_length=12, unique=True)  # random, in the address
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="intake")
    state = models.CharField(max_length=10, choices=IntakeState.choices, default=IntakeState.UPLOADED)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    readings = models.PositiveSmallIntegerField(default=0)  # a reader that finds a higher number than its own stops
    tries = models.PositiveSmallIntegerField(default=0)  # how often a reader took it up and did not come to an end
    taken_up_at = models.DateTimeField(null=True)  # by the present reader; empty: it waits for one
    rows_total = models.PositiveIntegerField(null=True)
    rows_read = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=400, blank=True)  # why it cannot be read: one sentence for the person
    layout = models.JSONField(null=True)  # tab, header row and columns as an officer chose them; empty: recognised by its headers
    summary = models.JSONField(
        default=dict
    )  # of the plan that is shown: how many rows of each kind, what would be created; and what was, in the end
    digest = models.CharField(max_length=64, blank=True)  # of the plan that is shown; only what was seen can be confirmed
    effects = models.JSONField(null=True)  # what confirming made and changed, for taking it back
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    forgotten_at = models.DateTimeField(null=True)  # the file and everything read of it were erased
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="unreadable") | ~Q(problem=""), name="intake_unreadable_has_reason"),
            models.CheckConstraint(condition=~Q(state__in=["ready", "confirmed"]) | ~Q(digest=""), name="intake_ready_has_digest"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, effects__isnull=False),
                name="intake_confirmed_has_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone")
                | Q(undone_at__isnull=False, undone_by__isnull=False, confirmed_at__isnull=False, undone_at__gte=F("confirmed_at")),
                name="intake_undone_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state="discarded") | Q(discarded_at__isnull=False, discarded_by__isnull=False),
                name="intake_discarded_has_person",
            ),
            models.CheckConstraint(
                condition=Q(rows_total__isnull=True) | Q(rows_read__lte=F("rows_total")), name="intake_reads_no_more_than_there_is"
            ),
        ]
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="intake_latest")]
        verbose_name_plural = "intake batches"

    def __str__(self) -> str:
        return self.code


class IntakeMove(models.Model):
    """The log of a batch's states."""

    batch = models.ForeignKey(IntakeBatch, on_delete=models.CASCADE, related_name="moves")
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10, choices=IntakeState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class IntakeRow(models.Model):
    """One row of the sheet as it was judged, kept so that a page of the preview is read and not judged again."""

    batch = models.ForeignKey(IntakeBatch, on_delete=models.CASCADE, related_name="rows")
    n = models.PositiveIntegerField()  # the sheet's own row number
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Outcome])
    is_remarked = models.BooleanField()
    search_text = models.CharField(max_length=600)  # core.text.search_key of product, maker, commune
    shown = models.JSONField()  # what the preview shows of it; nothing personal
    cells = models.JSONField()  # every cell as text, by field; the personal ones among them are read one row at a time, and logged
    remarks = models.JSONField(default=list)  # column, code, sentence of each

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "n"], name="intake_row_once")]
        indexes = [models.Index(fields=["batch", "kind", "n"], name="intake_row_of_kind")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.n} {self.kind}"


class IntakeMend(models.Model):
    """One cell as an officer corrected it; the sheet itself is never changed. The last word holds, earlier ones are in the audit."""

    batch = models.ForeignKey(IntakeBatch, on_delete=models.CASCADE, related_name="mends")
    n = models.PositiveIntegerField()  # the sheet's own row number
    field = models.CharField(max_length=40)
    former = models.CharField(max_length=400, blank=True)  # as the sheet has it
    value = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "n", "field"], name="intake_mend_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.n} {self.field}"


class IntakeLayout(models.Model):
    """Which column holds what, as an officer said it once for sheets with exactly this header row."""

    fingerprint = models.CharField(max_length=64, unique=True)  # rules.header_fingerprint
    columns = models.JSONField()  # number of the column, from 1 → field
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.fingerprint[:12]

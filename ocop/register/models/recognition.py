"""Recognitions: a star that a decision gave, from–to; and what follows from them on every date."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ocop.records.models import StoredFile
from ocop.register.enums import (
    DatePrecision,
    EndBasis,
    RecognitionKind,
    RecognitionLevel,
    RecordType,
    StandingKind,
    WithdrawalAuthority,
)
from ocop.register.models.base import Sourced
from ocop.register.models.product import Product


class Recognition(Sourced):
    """One event in a product's history of stars. The software records signed decisions; it never takes them."""

    code = models.CharField(max_length=20, unique=True)  # "BK001-R2"
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="recognitions")
    record_type = models.CharField(max_length=16, choices=RecordType.choices, default=RecordType.RECOGNITION)
    kind = models.CharField(max_length=14, choices=RecognitionKind.choices, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)  # empty: re-issued, the star was not printed
    level = models.CharField(max_length=10, choices=RecognitionLevel.choices, blank=True)
    rubric_id = models.CharField(max_length=20, blank=True)
    decision_no = models.CharField(max_length=80, blank=True)  # empty: the decision was not found, and every page says so
    signatory = models.CharField(max_length=160, blank=True)  # office of who signed: "Chủ tịch UBND tỉnh Bắc Kạn"
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    recognised_on = models.DateField(null=True)  # the first day its precision allows
    recognised_precision = models.CharField(max_length=8, choices=DatePrecision.choices)
    known_as_of = models.CharField(max_length=10, blank=True)  # when the date itself is unknown: the date of the report that names it
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # exclusive
    valid_to_min = models.DateField(null=True)  # exclusive; of a computed range
    valid_to_max = models.DateField(null=True)
    end_basis = models.CharField(max_length=30, choices=EndBasis.choices)
    status_text = models.CharField(max_length=300, blank=True)  # as the source puts it
    conflict_group = models.CharField(max_length=40, blank=True, db_index=True)  # rows that contradict each other stay side by side
    confirmed_on = models.DateField(null=True)  # somebody confirmed that the star holds, on this day
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)  # an officer's word that it ended: first day without the star
    ended_reason = models.CharField(max_length=300, blank=True)
    extended_until = models.DateField(null=True)  # exclusive; set by evaluation through actions (Art. 12.3)
    extension_ground = models.CharField(max_length=300, blank=True)
    extension_receipt = models.CharField(max_length=120, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawal_decision_no = models.CharField(max_length=80, blank=True)
    withdrawal_authority = models.CharField(max_length=20, choices=WithdrawalAuthority.choices, blank=True)
    withdrawal_signatory = models.CharField(max_length=160, blank=True)
    withdrawal_reason = models.CharField(max_length=400, blank=True)
    withdrawal_scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=5), name="recognition_stars_1_to_5"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="recognition_span_forward",
            ),
            models.CheckConstraint(
                condition=Q(recognised_on__isnull=False) | Q(recognised_precision=DatePrecision.UNKNOWN),
                name="recognition_date_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | ~Q(withdrawal_decision_no="") & ~Q(withdrawal_reason="") & ~Q(withdrawal_signatory="") & ~Q(withdrawal_authority=""),
                name="withdrawn_has_decision_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | Q(stars=5, withdrawal_authority=WithdrawalAuthority.MINISTER)
                | Q(stars__lte=4, withdrawal_authority=WithdrawalAuthority.PROVINCE_CHAIRMAN),
                name="withdrawn_by_the_right_authority",
            ),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True) | ~Q(extension_ground="") & ~Q(extension_receipt=""),
                name="extension_has_ground_and_receipt",
            ),
            models.CheckConstraint(condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""), name="ended_has_reason"),
            models.UniqueConstraint(
                fields=["product", "decision_no"],
                condition=~Q(decision_no="") & Q(record_type="recognition"),
                name="recognition_decision_once",
            ),
        ]
        indexes = [models.Index(fields=["product", "recognised_on"], name="recognition_history")]

    def __str__(self) -> str:
        return self.code


class StandingSpan(models.Model):
    """`rules.standing_timeline` written down: a product's standing is this row from `starts_on` until before `ends_on`.

    Made anew by every action that touches a recognition, so that any date can be asked in SQL. The first span of a
    product has no start, the last no end; together they cover all time without gap or overlap.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="standing_spans")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    kind = models.CharField(max_length=10, choices=StandingKind.choices)
    stars = models.PositiveSmallIntegerField(null=True)  # held now, or last known
    until = models.DateField(null=True)  # exclusive end of what holds; of what lapsed, when it lapsed
    recognition = models.ForeignKey(Recognition, null=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=30)  # rules.StandingReason; the words are made for the screen
    confirmed_on = models.DateField(null=True)  # when somebody last confirmed it
    is_disputed = models.BooleanField(default=False)  # sources contradict each other; the page shows them side by side

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "starts_on"], name="standing_span_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="standing_span_forward"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on", "ends_on", "product"], name="standing_on_date"),
            models.Index(fields=["product", "starts_on", "ends_on", "kind", "stars", "until"], name="standing_of_product"),  # alone answers
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.kind}"

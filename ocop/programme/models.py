"""What was planned and what was reported. A figure without a source and an as-of date does not exist."""

from django.db import models
from django.db.models import F, Q

from ocop.places.models import Unit
from ocop.programme.enums import AreaLevel, FigureKind, Operator, PeriodPrecision, Qualifier, TargetKind
from ocop.register.enums import DatePrecision
from ocop.register.models.base import Sourced


class Figure(Sourced):
    """One number that one source reports for one area and one time. Rows that contradict each other share `disagreement_group`."""

    code = models.CharField(max_length=12, unique=True)  # "IND001"
    indicator_code = models.SlugField(max_length=80)
    indicator = models.CharField(max_length=200)
    kind = models.CharField(max_length=6, choices=FigureKind.choices)
    value_text = models.CharField(max_length=40)  # as printed
    value_low = models.DecimalField(max_digits=16, decimal_places=3)
    value_high = models.DecimalField(max_digits=16, decimal_places=3)
    qualifier = models.CharField(max_length=8, choices=Qualifier.choices, blank=True)
    unit_text = models.CharField(max_length=40)  # "sản phẩm", "tỷ đồng/năm"
    stated_from = models.DateField()  # the time the number speaks of: its first and last day, both included
    stated_last = models.DateField()
    stated_precision = models.CharField(max_length=5, choices=PeriodPrecision.choices)
    area = models.CharField(max_length=80)  # as printed: "tỉnh Bắc Kạn", "HTX Tài Hoan"
    area_level = models.CharField(max_length=12, choices=AreaLevel.choices)
    area_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    disagreement_group = models.SlugField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value_low__lte=F("value_high")), name="figure_range_forward"),
            models.CheckConstraint(condition=Q(stated_from__lte=F("stated_last")), name="figure_time_forward"),
            models.CheckConstraint(condition=~Q(source_url="", source_name=""), name="figure_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value_text}"


class PlanTarget(Sourced):
    """One line of what a plan set out to reach, or of what a survey found about the plan before."""

    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=TargetKind.choices)
    period = models.CharField(max_length=60)  # as printed: "2021-2025", "sau 3 năm triển khai"
    name = models.CharField(max_length=300)
    value_low = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    value_high = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    operator = models.CharField(max_length=5, choices=Operator.choices, blank=True)
    unit_text = models.CharField(max_length=40, blank=True)
    legal_document = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value_low__isnull=True) | Q(value_high__isnull=True) | Q(value_low__lte=F("value_high")),
                name="target_range_forward",
            ),
            models.CheckConstraint(condition=~Q(source_url="", source_name=""), name="target_has_source"),
        ]

    def __str__(self) -> str:
        return self.name


class Policy(Sourced):
    """A decision of the province about selling and showing OCOP products."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    starts_on = models.DateField(null=True)
    start_precision = models.CharField(max_length=7, choices=DatePrecision.choices)
    issued_by = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    result_text = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, start_precision=DatePrecision.UNKNOWN)
                | Q(starts_on__isnull=False) & ~Q(start_precision=DatePrecision.UNKNOWN),
                name="policy_start_has_precision",
            )
        ]

    def __str__(self) -> str:
        return self.name

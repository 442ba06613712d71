"""Administrative units through time. A code alone is ambiguous: since 1/7/2025 new communes reuse old codes."""

from django.db import models
from django.db.models import F, Q

from ocop.places.enums import SuccessionRelation, UnitKind


class Unit(models.Model):
    """One unit during one span of time. `valid_to` is exclusive; an empty `valid_from` was not found in any source."""

    key = models.CharField(max_length=20, unique=True)  # "02185@2025-07-01": code and date identify a unit
    code = models.CharField(max_length=8, db_index=True)
    name = models.CharField(max_length=120)  # with its kind: "Xã Côn Minh"
    folded = models.CharField(max_length=120, db_index=True)  # core.text.fold of the name without its kind
    kind = models.CharField(max_length=10, choices=UnitKind.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    valid_from_basis = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    is_home = models.BooleanField(default=False)  # part of the province whose programme this is
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lon = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    boundary = models.JSONField(null=True)  # GeoJSON geometry, opaque to the database
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")), name="unit_span_forward"
            ),
            models.UniqueConstraint(fields=["code", "kind"], condition=Q(valid_to__isnull=True), name="unit_one_open_per_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """`predecessor` went into `successor` on `effective_on`."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="precessions")
    effective_on = models.DateField()
    relation = models.CharField(max_length=12, choices=SuccessionRelation.choices)
    legal_basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"

"""What was written down twice: merges with everything needed to part them again, and pairs that are not one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ocop.register.models.producer import Producer
from ocop.register.models.product import Product

_NO_PRODUCERS = Q(kept_producer__isnull=True, merged_producer__isnull=True)
_NO_PRODUCTS = Q(kept_product__isnull=True, merged_product__isnull=True)
_TWO_PRODUCERS = Q(kept_producer__isnull=False, merged_producer__isnull=False) & ~Q(kept_producer=F("merged_producer"))
_TWO_PRODUCTS = Q(kept_product__isnull=False, merged_product__isnull=False) & ~Q(kept_product=F("merged_product"))


class Merge(models.Model):
    """One row taken into another, and perhaps parted from it again. Never deleted: it is the history of both."""

    kept_producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")
    merged_producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")
    kept_product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    merged_product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    moved = models.JSONField()  # rows pointed anew and values written over (actions.merging.moving); nothing personal
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(_TWO_PRODUCERS & _NO_PRODUCTS) | (_TWO_PRODUCTS & _NO_PRODUCERS), name="merge_of_two_of_one_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undo_reason="") | Q(undone_at__isnull=False) & ~Q(undo_reason=""),
                name="merge_undone_has_reason",
            ),
            models.UniqueConstraint(fields=["merged_producer"], condition=Q(undone_at__isnull=True), name="merge_of_producer_once"),
            models.UniqueConstraint(fields=["merged_product"], condition=Q(undone_at__isnull=True), name="merge_of_product_once"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_producer or self.merged_product} → {self.kept_producer or self.kept_product}"


class DistinctPair(models.Model):
    """Two rows that look alike and are not one: somebody has looked."""

    first_producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")
    second_producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")
    first_product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    second_product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    hints = models.JSONField(default=list)  # producers of the pair whose `possible_same_as` named the other until then
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_producer__lt=F("second_producer"), first_product__isnull=True, second_product__isnull=True)
                | Q(first_product__lt=F("second_product"), first_producer__isnull=True, second_producer__isnull=True),
                name="distinct_pair_in_order",
            ),
            models.UniqueConstraint(fields=["first_producer", "second_producer"], name="distinct_producers_once"),
            models.UniqueConstraint(fields=["first_product", "second_product"], name="distinct_products_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_producer or self.first_product} ≠ {self.second_producer or self.second_product}"

"""What officers answer about stars that wait to be verified."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ocop.records.models import StoredFile
from ocop.register.enums import AnswerKind
from ocop.register.models.product import Product
from ocop.register.models.recognition import Recognition


class StandingAnswer(models.Model):
    """An officer saw a paper and says of a star: it still holds, it was renewed, it has ended. It takes effect at once.

    What a commune answers is looked at by the OCOP office, which may take it back: `before` is what stood there then.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="standing_answers")
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=8, choices=AnswerKind.choices)
    paper = models.CharField(max_length=300)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    renewed = models.OneToOneField(Recognition, null=True, on_delete=models.PROTECT, related_name="answered_by")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # columns of the recognition, put back as a whole, never queried
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    needs_check = models.BooleanField()  # a commune's answer; the OCOP office's own needs none
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(paper=""), name="answer_has_paper"),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.RENEWED) | Q(scan__isnull=False) & (Q(renewed__isnull=False) | Q(taken_back_at__isnull=False)),
                name="answer_renewed_has_scan_and_star",
            ),
            models.CheckConstraint(condition=Q(checked_at__isnull=True) | Q(checked_by__isnull=False), name="answer_checked_has_person"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_by__isnull=False) & ~Q(taken_back_reason=""),
                name="answer_taken_back_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["product", "given_at"], name="answer_of_product")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.kind}"

"""The renewal of a star: dossiers handed in, who was called and written to, what the OCOP office decided where the window was missed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.places.models import Unit
from ocop.register.enums import FilingResult, LateChoice, LetterKind, RenewalStage
from ocop.register.models.producer import Producer
from ocop.register.models.recognition import Recognition


class RenewalFiling(models.Model):
    """A dossier of re-evaluation was handed in on a day, under the number of its receipt, and later: what came of it."""

    recognition = models.OneToOneField(Recognition, on_delete=models.PROTECT, related_name="filing")
    filed_on = models.DateField()
    receipt = models.CharField(max_length=120)
    result = models.CharField(max_length=10, choices=FilingResult.choices, blank=True)
    result_on = models.DateField(null=True)
    result_paper = models.CharField(max_length=160, blank=True)  # the document that tells the result
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(receipt=""), name="filing_has_receipt"),
            models.CheckConstraint(
                condition=Q(result=FilingResult.AWAITED, result_on__isnull=True, result_paper="")
                | Q(result__gt="", result_on__isnull=False) & (~Q(result=FilingResult.REFUSED) | ~Q(result_paper="")),
                name="filing_result_has_its_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.filed_on}"


class LateDecision(models.Model):
    """What the OCOP office decided where nothing was handed in by day 120. The latest one counts; the earlier stay."""

    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="late_decisions")
    choice = models.CharField(max_length=10, choices=LateChoice.choices)
    reason = models.CharField(max_length=300)
    filing = models.ForeignKey(RenewalFiling, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="late_decision_has_reason"),
            models.CheckConstraint(condition=~Q(choice=LateChoice.EXTEND) | Q(filing__isnull=False), name="late_extension_has_filing"),
        ]

    def __str__(self) -> str:
        return f"{self.recognition_id} {self.choice}"


class RenewalCall(models.Model):
    """One call of a stage, sent once for one end: where the end changes, the stage of the new one is called anew."""

    recognition = models.ForeignKey(Recognition, on_delete=models.CASCADE, related_name="renewal_calls")
    stage = models.CharField(max_length=10, choices=RenewalStage.choices)
    ends_on = models.DateField()  # exclusive, as it was known when the call went out
    called_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()  # who speak for the producer and were told; 0: nobody has an account
    channels = models.CharField(max_length=40, blank=True)  # "email,zalo": the ways out of the house besides the product itself

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recognition", "stage", "ends_on"], name="renewal_call_once")]

    def __str__(self) -> str:
        return f"{self.recognition_id} {self.stage}"


class RenewalLetter(models.Model):
    """A letter drafted to a producer or a commune: under which number, of which day, about which stars."""

    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="renewal_letters")
    commune = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, blank=True)  # empty: to be numbered when it is signed
    dated_on = models.DateField()
    recognitions = models.ManyToManyField(Recognition, related_name="renewal_letters")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=LetterKind.PRODUCER, producer__isnull=False, commune__isnull=True)
                | Q(kind=LetterKind.COMMUNE, producer__isnull=True, commune__isnull=False),
                name="letter_to_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

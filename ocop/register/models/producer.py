"""Producers. What the public may see and what it may not are different tables."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ocop.people.models import Mandate
from ocop.places.models import Unit
from ocop.register.enums import ClaimState, LegalForm, LinkKind
from ocop.register.models.base import Sourced, Unmerged


class Producer(Sourced):
    """A maker (chủ thể OCOP). Everything here may be public; personal data is in `ProducerPerson`."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=220, db_index=True)  # core.text.search_key of the name
    sort_key = models.CharField(max_length=600, db_index=True)  # core.text.sort_key: the Vietnamese alphabet
    # The most exact unit the source names, as of then; and its successor today, if that is one commune.
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    commune_now = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="producers")
    address = models.CharField(max_length=300, blank=True)
    founded_year = models.PositiveSmallIntegerField(null=True)
    members_text = models.CharField(max_length=200, blank=True)
    facts = models.TextField(blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    story_vi = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    business_phone = models.CharField(max_length=16, blank=True)  # E.164; shown only with consent
    business_zalo = models.CharField(max_length=16, blank=True)
    contact_consent_at = models.DateTimeField(null=True)
    contact_consent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    possible_same_as = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    # Written down twice: this row's address leads to that one for ever. Never a chain: merging points straight at the last.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)  # two people editing: the second is shown the difference
    updated_at = models.DateTimeField()

    objects = Unmerged()
    with_merged = models.Manager()  # for what asks about every code there ever was

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="producer_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(contact_consent_at__isnull=True) | Q(contact_consent_by__isnull=False), name="producer_consent_has_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LegalFormSpan(Sourced):
    """Under which legal form a producer worked, from–to."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="legal_forms")
    form = models.CharField(max_length=30, choices=LegalForm.choices)
    subtype = models.CharField(max_length=60, blank=True)  # "TNHH", "Cổ phần"
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="legal_form_span_forward",
            ),
            models.UniqueConstraint(fields=["producer"], condition=Q(valid_to__isnull=True), name="legal_form_one_open"),
        ]

    def __str__(self) -> str:
        return self.form


class ProducerPerson(models.Model):
    """The representative's personal data. Never public; every reading leaves an access-log entry."""

    producer = models.OneToOneField(Producer, on_delete=models.CASCADE, related_name="person")
    representative = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    identity_number = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)
    has_disability = models.BooleanField(null=True)
    home_address = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"person of producer {self.producer_id}"


class ProducerLink(models.Model):
    """Where else a producer is found. The producer writes these; they are shown with rel=nofollow."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    url = models.URLField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["producer", "url"], name="producer_link_once")]

    def __str__(self) -> str:
        return self.url


class ProducerClaim(models.Model):
    """A person asks to keep a producer's pages; an officer of its commune or the OCOP office approves."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="producer_claims")
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.REQUESTED)
    relation = models.CharField(max_length=200)  # in the person's words: "giám đốc", "kế toán"
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision_reason = models.CharField(max_length=300, blank=True)
    mandate = models.OneToOneField(Mandate, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["producer", "user"], condition=Q(state="requested"), name="claim_one_open"),
            models.CheckConstraint(
                condition=Q(state="requested", decided_at__isnull=True, mandate__isnull=True)
                | Q(state="approved", decided_at__isnull=False, decided_by__isnull=False, mandate__isnull=False)
                | Q(state="refused", decided_at__isnull=False, decided_by__isnull=False, mandate__isnull=True) & ~Q(decision_reason=""),
                name="claim_state_has_its_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer_id} {self.state}"

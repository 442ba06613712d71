"""Accounts, offices and mandates: who may act for whom, in which capacity, from when to when."""

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from ocop.people.enums import SUBJECT_ROLES, OfficeKind, Role, TokenScope
from ocop.people.rules import CODE_LENGTH, CODE_LETTERS
from ocop.places.models import Unit


def new_public_code() -> str:
    """What stands for a person in an address: says nothing and cannot be counted up."""
    return "".join(secrets.choice(CODE_LETTERS.lower()) for _ in range(CODE_LENGTH))


class UserManager(BaseUserManager["User"]):
    """Accounts are found by any address they answer to; they are made by `actions.create_user` alone."""

    def with_address(self, address: str) -> "models.QuerySet[User]":
        """Who answers to this phone (E.164) or e-mail (lower case): at most one account."""
        return self.filter(Q(phone=address) | Q(email=address))


class User(AbstractBaseUser):
    """A person who signs in by phone number or e-mail. Rights come from mandates, never from the account."""

    username = models.CharField(max_length=254, unique=True)  # the phone (+84…) or e-mail it was made with
    code = models.CharField(max_length=12, unique=True, default=new_public_code)  # in addresses, instead of names and row numbers
    full_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, default="", db_index=True)  # core.text.search_key of the name
    sort_key = models.CharField(max_length=600, default="", db_index=True)  # core.text.sort_key: the Vietnamese alphabet
    phone = models.CharField(max_length=16, null=True, unique=True)  # E.164
    email = models.EmailField(null=True, unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    needs_new_password = models.BooleanField(default=False)  # became an official under the shorter password of everybody else
    wants_email = models.BooleanField(default=True)  # notices by e-mail too, not in the product alone
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # nobody is behind it any more; what it did keeps its number

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False, phone__isnull=True, email__isnull=True, is_active=False)
                | Q(erased_at__isnull=True) & (Q(phone__isnull=False) | Q(email__isnull=False)),
                name="user_has_an_address",
            ),
            models.CheckConstraint(condition=Q(email__isnull=True) | Q(email=Lower("email")), name="user_email_lower"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Office(models.Model):
    """A public body, a council or a team, with the unit it answers for."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=OfficeKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offices")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="office_span_forward",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """One person acts in one capacity for one office, or speaks for one subject ("producer:htx-tai-hoan"), from–to."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20, choices=Role.choices)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="mandates")
    subject = models.CharField(max_length=160, blank=True, db_index=True)
    subject_name = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # exclusive
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    end_reason = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="mandate_span_forward"),
            models.CheckConstraint(
                condition=Q(office__isnull=False, subject="") & ~Q(role__in=sorted(SUBJECT_ROLES))
                | Q(office__isnull=True, role__in=sorted(SUBJECT_ROLES)) & ~Q(subject=""),
                name="mandate_for_office_or_subject",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "office"], condition=Q(valid_to__isnull=True, office__isnull=False), name="mandate_once_per_office"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "subject"], condition=Q(valid_to__isnull=True, office__isnull=True), name="mandate_once_per_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.office or self.subject_name}"


class Invitation(models.Model):
    """An officer asks somebody to open an account under one mandate. Only the token's digest is kept."""

    code = models.CharField(max_length=12, unique=True, default=new_public_code)  # in officers' addresses; says nothing of the token
    token_hash = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=254)  # phone or e-mail it was sent to
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=160, blank=True)
    subject_name = models.CharField(max_length=200, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False), name="invitation_accepted_has_person"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_accepted_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.full_name}"


class AssistedReset(models.Model):
    """A commune officer saw the person and hands over a one-time code, for people without e-mail. Logged."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assisted_resets")
    code_hash = models.CharField(max_length=64, unique=True)
    identity_seen = models.CharField(max_length=200)  # what the officer looked at, in words; no document number
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(user=F("issued_by")), name="assisted_reset_by_somebody_else")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.issued_at:%Y-%m-%d}"


class ApiToken(models.Model):
    """A program acts under one mandate of its holder, until a day. Only the secret's digest is kept."""

    code = models.CharField(max_length=12, unique=True, default=new_public_code)  # names it in addresses; says nothing of the secret
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)  # how the secret begins: "ocop_x7Qa"
    name = models.CharField(max_length=80)  # in the holder's words: what it is for
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="api_tokens")
    scope = models.CharField(max_length=5, choices=TokenScope.choices)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_token_span_forward"),
            models.CheckConstraint(condition=Q(scope__in=TokenScope.values), name="api_token_scope_known"),
            models.CheckConstraint(condition=~Q(name=""), name="api_token_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.hint}… {self.name}"


class ApiTokenUse(models.Model):
    """On which day a token was last used. Apart from the token, because reading with it may write this and nothing else."""

    token = models.OneToOneField(ApiToken, on_delete=models.CASCADE, primary_key=True, related_name="use")
    last_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.token_id} {self.last_on}"


class FactorReset(models.Model):
    """An official lost app, passkey and recovery codes: one officer has seen the person, another decides. ASVS 5.0 2.3.5."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets")
    reason = models.CharField(max_length=200)
    identity_seen = models.CharField(max_length=200)  # what the officer looked at, in words; no document number
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(user=F("asked_by")), name="factor_reset_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_approved__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_approved__isnull=False),
                name="factor_reset_decided_has_person",
            ),
            models.CheckConstraint(
                condition=~Q(is_approved=True) | ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("user")), name="factor_reset_by_four_eyes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"

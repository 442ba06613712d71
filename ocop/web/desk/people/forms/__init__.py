"""Forms of sign-in and of keeping people and tokens. They clean what was typed; whether it is allowed is the policies' matter."""

from ocop.web.desk.people.forms.accounts import (
    AcceptForm,
    AssistedResetForm,
    AssistedResetUseForm,
    FactorResetForm,
    GrantForm,
    InviteForm,
    ProfileForm,
    ReasonForm,
    SecondFactorAgainForm,
    SecondFactorForm,
    SignInForm,
    SignUpForm,
)
from ocop.web.desk.people.forms.tokens import TokenForm

__all__ = [
    "AcceptForm",
    "AssistedResetForm",
    "AssistedResetUseForm",
    "FactorResetForm",
    "GrantForm",
    "InviteForm",
    "ProfileForm",
    "ReasonForm",
    "SecondFactorAgainForm",
    "SecondFactorForm",
    "SignInForm",
    "SignUpForm",
    "TokenForm",
]

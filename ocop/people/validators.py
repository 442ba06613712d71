"""The password rules as Django asks them. Length, lists and likeness; no composition rules (ASVS 6.2.5)."""

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.people import queries, rules
from ocop.people.models import User


class EnoughCharacters:
    """12 characters, 15 for an official. A form that opens an account under a role sets `expected_roles` on the user it judges for."""

    def validate(self, password: str, user: User | None = None) -> None:
        needed = rules.password_length(_roles_of(user))
        if len(password) < needed:
            raise ValidationError(_("Mật khẩu cần ít nhất %(count)d ký tự.") % {"count": needed}, code="password_too_short")

    def get_help_text(self) -> str:
        return _("Ít nhất %(count)d ký tự (%(official)d nếu bạn là cán bộ). Một câu vài từ dễ nhớ là tốt nhất.") % {
            "count": rules.PASSWORD_LENGTH,
            "official": rules.PASSWORD_LENGTH_OFFICIAL,
        }


class NotOfKnownWords:
    """Not made of this house's words, the names of communes, or the person's own name and addresses."""

    def validate(self, password: str, user: User | None = None) -> None:
        own = [user.full_name, *user.full_name.split(), user.phone or "", *(user.email or "").split("@")] if user else []
        if rules.is_made_of_known_words(password, [*queries.password_words(), *(word for word in own if len(word) > 2)]):
            raise ValidationError(
                _("Mật khẩu này gồm những từ ai cũng đoán được (OCOP, tên xã, tên của bạn). Hãy thêm từ khác."), code="password_known_words"
            )
        if rules.is_monotonous(password):
            raise ValidationError(_("Mật khẩu này lặp lại quá ít ký tự. Hãy dùng nhiều ký tự khác nhau."), code="password_monotonous")

    def get_help_text(self) -> str:
        return _("Không ghép từ tên chương trình, tên xã hoặc tên của bạn.")


def _roles_of(user: User | None) -> frozenset[str]:
    if user is None:
        return frozenset()
    expected: frozenset[str] = getattr(user, "expected_roles", frozenset())
    return expected | queries.roles_of(user, localdate()) if user.pk else expected

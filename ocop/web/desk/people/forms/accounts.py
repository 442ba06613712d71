"""Forms of sign-in and of keeping people."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import VISITOR
from ocop.core.phones import normalise_phone, phone_in_words
from ocop.core.text import clean_line
from ocop.people import queries
from ocop.people.actions import AddressTaken, create_user
from ocop.people.enums import Role
from ocop.people.models import Office, User
from ocop.people.rules import mandate_fits
from ocop.people.validators import EnoughCharacters
from ocop.web.kit.fields import DayField

_ADDRESS_ATTRS = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_CODE_USED_FOR = 90  # seconds: three windows of 30, RELIABILITY P16


password_help = lazy(EnoughCharacters().get_help_text, str)


class LineField(forms.CharField):
    """One line of Vietnamese text: NFC, no marks that nobody sees. NUL bytes are refused by Django."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value))


class AddressField(forms.CharField):
    """A phone number as E.164 or an e-mail in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Số điện thoại hoặc thư điện tử"))
        kwargs.setdefault("widget", forms.TextInput(attrs=_ADDRESS_ATTRS))
        super().__init__(max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        if "@" in text:
            address = queries.normal_address(clean_line(text))
            validate_email(address)
            return address
        return _phone(text)


class PhoneField(forms.CharField):
    """A Vietnamese phone number as E.164, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As people read it aloud, not as it is stored."""
        return phone_in_words(value) if isinstance(value, str) and value.startswith("+84") else value

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        return _phone(text) if text else None


def _phone(text: str) -> str:
    try:
        return normalise_phone(text)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


class PasswordField(forms.CharField):
    """Spaces at the ends count. Longer than anybody types is refused before it costs anything."""

    def __init__(self, **kwargs: Any) -> None:
        autocomplete = kwargs.pop("autocomplete", "new-password")
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=256, widget=widget, **kwargs)


class SignInForm(LoginForm):
    """Phone or e-mail in one field; the account's own name is what is checked and counted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Số điện thoại hoặc thư điện tử"), max_length=254, widget=forms.TextInput(attrs={**_ADDRESS_ATTRS, "autofocus": ""})
        )
        self.fields["password"] = PasswordField(label=_("Mật khẩu"), autocomplete="current-password")
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, str]:
        return {"username": queries.username_for(self.cleaned_data["login"]), "password": self.cleaned_data["password"]}


class SignUpForm(forms.Form):
    """A plain account without any right. allauth's view drives it through `try_save`."""

    by_passkey = False

    full_name = LineField(label=_("Họ và tên"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = AddressField(help_text=_("Bạn sẽ đăng nhập bằng số hoặc địa chỉ này."))
    password1 = PasswordField(label=_("Mật khẩu"), help_text=password_help())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password1" in data:
            judged = User(full_name=data.get("full_name", ""), **self._addresses())
            _judge(self, "password1", data["password1"], judged)
        return data

    def _addresses(self) -> dict[str, str | None]:
        address = self.cleaned_data.get("address") or None
        by_email = bool(address and "@" in address)
        return {"email": address if by_email else None, "phone": None if by_email else address}

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new user for allauth to go on with, or the answer; the same answer whether the address was known or not."""
        data, addresses = self.cleaned_data, self._addresses()
        try:
            if queries.user_with_address(data["address"]):
                make_password(data["password1"])  # as long as it takes for a new one
                raise AddressTaken
            user = create_user(actor=VISITOR, full_name=data["full_name"], password=data["password1"], at=timezone.now(), **addresses)
        except AddressTaken:
            user = None
        if addresses["email"]:
            return user, None if user else prevent_enumeration(request, email=addresses["email"])
        messages.success(request, _("Mời bạn đăng nhập bằng số điện thoại và mật khẩu. Nếu số này đã có tài khoản, hãy dùng mật khẩu cũ."))
        return user, redirect("account_login")


class _OnceOnly:
    """A code of the app works once within the 90 seconds in which it would be right."""

    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"second-factor-used:{self.user.pk}:{code}", 1, timeout=_CODE_USED_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_OnceOnly, AuthenticateForm):
    """At sign-in."""


class SecondFactorAgainForm(_OnceOnly, ReauthenticateForm):
    """Before changing factors, e-mail or phone."""


class ProfileForm(forms.Form):
    """The person's own name, phone and wishes."""

    full_name = LineField(label=_("Họ và tên"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(
        label=_("Số điện thoại"), required=False, help_text=_("Dùng để đăng nhập và để cán bộ liên hệ. Không hiện trên cổng công khai.")
    )
    wants_email = forms.BooleanField(label=_("Gửi thông báo cả qua thư điện tử"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["phone"].required = user.email is None


class NewPasswordForm(forms.Form):
    """A password typed twice, judged for the person and the role it is for."""

    password1 = PasswordField(label=_("Mật khẩu mới"), help_text=password_help())
    password2 = PasswordField(label=_("Gõ lại mật khẩu"))

    def judged_for(self) -> User:
        return User()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần gõ mật khẩu chưa giống nhau."))
        elif first:
            _judge(self, "password1", first, self.judged_for())
        return data


class AcceptForm(NewPasswordForm):
    """Opens the account an invitation asks for."""

    def __init__(self, *args: Any, judged: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._judged = judged

    def judged_for(self) -> User:
        return self._judged


class AssistedResetUseForm(NewPasswordForm):
    """The person's address, the officer's code, a new password."""

    login = forms.CharField(label=_("Số điện thoại của bạn"), max_length=254, widget=forms.TextInput(attrs=_ADDRESS_ATTRS))
    code = forms.CharField(
        label=_("Mã cán bộ xã đưa"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    field_order = ("login", "code", "password1", "password2")

    def judged_for(self) -> User:
        """Only by what was typed: judging by the account's own data would tell whether there is one."""
        return User(phone=queries.normal_address(self.cleaned_data.get("login", "")))


class AssistedResetForm(forms.Form):
    identity_seen = LineField(
        label=_("Bạn nhận ra người này bằng cách nào"),
        max_length=200,
        help_text=_("Ví dụ: gặp tại trụ sở, xem căn cước có ảnh. Không ghi số giấy tờ."),
    )


class FactorResetForm(forms.Form):
    reason = LineField(label=_("Lý do"), max_length=200, help_text=_("Ví dụ: mất điện thoại và giấy ghi mã dự phòng."))
    identity_seen = LineField(
        label=_("Bạn nhận ra người này bằng cách nào"),
        max_length=200,
        help_text=_("Ví dụ: gặp tại cơ quan, xem thẻ công chức có ảnh. Không ghi số giấy tờ."),
    )


class ReasonForm(forms.Form):
    reason = LineField(label=_("Lý do"), max_length=200, help_text=_("Người này sẽ đọc được."))


class PlaceForm(forms.Form):
    """A role and where it is exercised: an office, or a producer, sales point or buyer by its key."""

    role = forms.ChoiceField(label=_("Vai trò"))
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Cơ quan"), required=False, help_text=_("Với vai trò cán bộ."))
    subject = forms.ChoiceField(label=_("Chủ thể"), required=False, help_text=_("Với vai trò chủ thể."))

    def __init__(self, *args: Any, roles: list[tuple[str, str]], offices: Any, subjects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles
        self.fields["office"].queryset = offices
        self.fields["subject"].choices = [("", _("Chưa chọn")), *subjects]
        if not offices:
            del self.fields["office"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_producer = data.get("role") == Role.PRODUCER
        if is_producer and not data.get("subject"):
            self.add_error("subject", _("Chọn chủ thể mà người này đại diện."))
        if data.get("role") and not is_producer:
            self._judge_office(data["role"], data.get("office"))
        return data

    def _judge_office(self, role: str, office: Office | None) -> None:
        field = "office" if "office" in self.fields else None
        if office is None:
            self.add_error(field, _("Chọn cơ quan nơi người này làm việc."))
        elif not mandate_fits(role, office.kind, ""):
            self.add_error(field, _("Vai trò này không thuộc cơ quan đã chọn. Hãy chọn cơ quan khác."))

    def place(self) -> dict[str, Any]:
        """`office`, `subject`, `subject_name` as the actions take them."""
        data = self.cleaned_data
        if data["role"] != Role.PRODUCER:
            return {"role": data["role"], "office": data["office"]}
        names = dict(self.fields["subject"].choices)
        return {"role": data["role"], "subject": data["subject"], "subject_name": str(names[data["subject"]])}


class InviteForm(PlaceForm):
    full_name = LineField(label=_("Họ và tên người được mời"), max_length=120)
    address = AddressField(
        label=_("Số điện thoại hoặc thư điện tử của người đó"),
        help_text=_("Thư điện tử: lời mời gửi thẳng. Số điện thoại: bạn chuyển liên kết giúp."),
        widget=forms.TextInput(attrs={**_ADDRESS_ATTRS, "autocomplete": "off"}),
    )
    field_order = ("full_name", "address", "role", "office", "subject")


class GrantForm(PlaceForm):
    valid_from = DayField(label=_("Từ ngày"))


def _judge(form: forms.Form, field: str, password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except forms.ValidationError as error:
        form.add_error(field, error)

"""Numbers as people type them: 45.000 and 1,5. Text boxes, because a number box silently loses what it cannot read."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ocop.core.money import NotAnAmount, number, parse_dong
from ocop.core.text import clean_line

_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
_DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


class AmountField(forms.Field):
    """Whole đồng: "45.000 đ", "45 000", "45000". Never 45 for 45.000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=_DIGITS), **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = clean_line(str(value or ""))
        try:
            return parse_dong(text) if text else None
        except NotAnAmount as error:
            raise ValidationError(str(error)) from error


class WholeField(forms.IntegerField):
    """A count or a year."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=_DIGITS), error_messages={"invalid": _("Nhập bằng chữ số, ví dụ 2026.")}, **kwargs)


class QuantityField(forms.DecimalField):
    """1.250 is a thousand and more, 1,5 and 0.5 are not."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("Nhập số, ví dụ 500 hoặc 1,5.")}
        super().__init__(widget=forms.TextInput(attrs=_DECIMAL), error_messages=wrong, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        text = "".join(str(value or "").split())
        if _THOUSANDS.fullmatch(text):
            text = text.replace(".", "")
        return super().to_python(text.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value


class VersionField(forms.IntegerField):
    """From which version a form was opened. One that cannot be read counts as older than any: its sender is shown both texts."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value) or 0)
        except ValidationError:
            return 0

"""Form fields that every audience shares."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from ocop.core.text import clean_line, clean_text

# Days anybody here has reason to write; near the calendar's own ends, a day or 36 months more cannot be counted.
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_BEYOND = _("Nhập ngày từ năm 1900 đến năm 2199.")


class LineField(forms.CharField):
    """One line: NFC, without marks that nobody sees. Django refuses NUL bytes."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value))


class TextField(forms.CharField):
    """Several lines."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value))


class DayField(forms.DateField):
    """A day: the browser's own picker, or typed as 30/6/2026."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": _("Nhập ngày theo dạng 30/6/2026.")},
            validators=[MinValueValidator(_FIRST, _BEYOND), MaxValueValidator(_LAST, _BEYOND)],
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class ScanField(forms.FileField):
    """The signed paper, photographed or scanned."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            help_text=_("PDF, JPG hoặc PNG. Chụp bằng điện thoại cũng được. Chỉ cán bộ xem được."),
            widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf"}),
            **kwargs,
        )

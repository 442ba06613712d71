"""What a visitor reports: a star used wrongly, or an error on a page."""

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.phones import normalise_phone
from ocop.core.text import clean_line, clean_text
from ocop.register.enums import ReportKind
from ocop.web.kit.words import REPORT_KINDS

TEXT_LIMIT = 4000


class Line(forms.CharField):
    """One line: NFC, without NUL bytes and marks nobody sees, so that no pasted text is refused for them."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class Text(forms.CharField):
    """Several lines, cleaned in the same way."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class ReportForm(forms.Form):
    """Everything but kind, place and text may stay empty. `website` is a trap: people do not see it, scripts fill it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Bạn báo điều gì"),
        choices=[(code, label) for code, label in REPORT_KINDS.items()],
        widget=forms.RadioSelect,
        initial=ReportKind.MISUSE,
    )
    code_seen = Line(
        label=gettext_lazy("Mã trên nhãn hoặc tên sản phẩm"),
        help_text=gettext_lazy("Ghi đúng như in trên bao bì; để trống nếu không có mã."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    place_seen = Line(
        label=gettext_lazy("Thấy ở đâu"),
        help_text=gettext_lazy("Chợ, cửa hàng, xã, sàn thương mại điện tử hoặc địa chỉ trang web."),
        max_length=200,
        required=False,
    )
    text = Text(
        label=gettext_lazy("Bạn thấy điều gì"),
        help_text=gettext_lazy("Nhãn ghi gì, khác ở chỗ nào. Không ghi tên hay số điện thoại của người khác ở đây."),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photo = forms.FileField(
        label=gettext_lazy("Ảnh bao bì"),
        help_text=gettext_lazy("JPG, PNG hoặc WebP, tối đa 15 MB. Chụp rõ mã và nhãn. Nơi chụp và ngày giờ ghi trong ảnh sẽ bị xóa."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )
    name = Line(label=gettext_lazy("Tên của bạn"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = Line(
        label=gettext_lazy("Điện thoại của bạn"),
        help_text=gettext_lazy("Chỉ cán bộ xử lý đọc được, và mỗi lần đọc đều được ghi lại."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử của bạn"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    website = forms.CharField(
        label=lazystr("Website"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    use_required_attribute = False  # the browser's own bubbles are not in the reader's language

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        try:
            return normalise_phone(text) if text else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == ReportKind.MISUSE and not cleaned.get("place_seen") and "place_seen" not in self.errors:
            self.add_error("place_seen", _("Ghi nơi bạn thấy, ví dụ chợ Bắc Kạn hoặc địa chỉ trang bán hàng."))
        return cleaned

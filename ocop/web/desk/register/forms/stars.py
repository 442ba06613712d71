"""Forms for signed decisions about stars, and for closing reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.register.enums import RecognitionKind, WithdrawalAuthority
from ocop.web.kit import words
from ocop.web.kit.fields import DayField, LineField, ScanField, TextField

_KINDS = (RecognitionKind.FIRST, RecognitionKind.UPGRADE, RecognitionKind.RE_EVALUATION)
_AUTHORITIES = {
    WithdrawalAuthority.PROVINCE_CHAIRMAN: _("Chủ tịch UBND tỉnh (3 và 4 sao)"),
    WithdrawalAuthority.MINISTER: _("Bộ trưởng Bộ Nông nghiệp và Môi trường (5 sao)"),
}


class ProductPickForm(forms.Form):
    """Which product a decision is about."""

    product = LineField(label=_("Mã sản phẩm"), max_length=40, help_text=_("Ví dụ BK001, hoặc mã in trên quyết định."))


class RecognitionForm(forms.Form):
    """A signed recognition, first, upgraded or renewed."""

    kind = forms.ChoiceField(label=_("Loại quyết định"), choices=[(kind.value, words.RECOGNITION_KINDS[kind]) for kind in _KINDS])
    stars = forms.TypedChoiceField(label=_("Hạng sao"), coerce=int, choices=[(3, _("3 sao")), (4, _("4 sao")), (5, _("5 sao"))])
    decision_no = LineField(
        label=_("Số quyết định"), max_length=80, required=False, help_text=_("Như in trên quyết định, ví dụ 1234/QĐ-UBND.")
    )
    is_without_number = forms.BooleanField(label=_("Chưa tìm thấy số quyết định (trang công khai sẽ ghi rõ như vậy)"), required=False)
    signed_on = DayField(label=_("Ngày ký"))
    signatory = LineField(label=_("Người ký (chức vụ)"), max_length=160, help_text=_("Ví dụ: Chủ tịch UBND tỉnh Thái Nguyên."))
    last_day = DayField(label=_("Ngày hết hạn in trên giấy"), required=False, help_text=_("Để trống: tính 36 tháng từ ngày ký."))
    scan = ScanField(label=_("Bản chụp quyết định"))
    note = TextField(label=_("Ghi chú"), rows=2, required=False)


class WithdrawalForm(forms.Form):
    """A signed withdrawal."""

    decision_no = LineField(label=_("Số quyết định thu hồi"), max_length=80)
    withdrawn_on = DayField(label=_("Ngày thu hồi"))
    authority = forms.ChoiceField(label=_("Thẩm quyền"), choices=[(key.value, label) for key, label in _AUTHORITIES.items()])
    signatory = LineField(label=_("Người ký (chức vụ)"), max_length=160)
    reason = LineField(label=_("Lý do"), max_length=400, help_text=_("Theo khoản 1 Điều 8 Quyết định 26/2026. Hiện trên trang công khai."))
    scan = ScanField(label=_("Bản chụp quyết định"))


class ExtensionForm(forms.Form):
    """A certificate runs on while its re-evaluation is decided."""

    last_day = DayField(label=_("Kéo dài đến hết ngày"), help_text=_("Không quá 180 ngày sau khi hết hạn (Điều 12 khoản 3)."))
    ground = LineField(label=_("Căn cứ"), max_length=300)
    receipt = LineField(label=_("Số biên nhận hồ sơ"), max_length=120)


class ConfirmForm(forms.Form):
    """An officer saw by which paper the star holds."""

    confirmed_on = DayField(label=_("Còn giá trị vào ngày"))
    paper = LineField(label=_("Đã xem giấy tờ nào"), max_length=300, help_text=_("Ví dụ: giấy chứng nhận bản gốc."))
    last_day = DayField(label=_("Ngày hết hạn in trên giấy"), required=False)


class EndForm(forms.Form):
    """An officer's word that a star has ended."""

    ended_on = DayField(label=_("Không còn giá trị từ ngày"))
    reason = LineField(label=_("Căn cứ"), max_length=300)


class CloseReportForm(forms.Form):
    """The end of a report."""

    is_upheld = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=[("yes", _("Đúng như báo, đã xử lý")), ("no", _("Không có sai phạm"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    outcome = TextField(
        label=_("Trả lời người báo"),
        rows=3,
        help_text=_("Người báo đọc được câu này bằng mã báo cáo. Không ghi tên hoặc số điện thoại của ai."),
    )

    def clean_outcome(self) -> Any:
        if not self.cleaned_data["outcome"]:
            raise forms.ValidationError(_("Hãy ghi đã làm gì, để người báo biết."))
        return self.cleaned_data["outcome"]

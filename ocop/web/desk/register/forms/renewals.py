"""Forms of renewals: a dossier handed in, its result, a late case, letters; and the three answers about a star that waits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.register.enums import LateChoice, LetterKind, RecognitionKind, RenewalStage
from ocop.web.desk.register.pages.stages import STAGES
from ocop.web.kit import words
from ocop.web.kit.fields import DayField, LineField, ScanField

_RENEWED_KINDS = (RecognitionKind.RE_EVALUATION, RecognitionKind.UPGRADE)
LETTER_STAGES = (RenewalStage.PREPARE, RenewalStage.OPEN, RenewalStage.REMIND, RenewalStage.LAST_CALL, RenewalStage.LATE)
PDF, WORD = "pdf", "docx"


class FilingForm(forms.Form):
    """A dossier was handed in."""

    filed_on = DayField(label=_("Ngày nhận hồ sơ"))
    receipt = LineField(label=_("Số giấy tiếp nhận"), max_length=120, help_text=_("Như ghi trên giấy tiếp nhận hồ sơ của xã."))


class LateForm(forms.Form):
    """What becomes of a star whose window was missed."""

    choice = forms.ChoiceField(
        label=_("Cách xử lý"),
        choices=[
            (LateChoice.LET_LAPSE.value, _("Để hết hạn theo giấy chứng nhận")),
            (LateChoice.EXTEND.value, _("Nhận hồ sơ muộn và kéo dài hiệu lực (Điều 12 khoản 3)")),
        ],
        widget=forms.RadioSelect,
    )
    reason = LineField(label=_("Lý do"), max_length=200)
    last_day = DayField(
        label=_("Kéo dài đến hết ngày"), required=False, help_text=_("Chỉ ghi khi kéo dài. Để trống: ngày thứ 180 sau khi hết hạn.")
    )


class RefusedForm(forms.Form):
    """A re-evaluation that gave no star."""

    decided_on = DayField(label=_("Ngày có kết quả"))
    paper = LineField(label=_("Văn bản thông báo kết quả"), max_length=160, help_text=_("Số và ngày, ví dụ Thông báo 45/TB-UBND."))


class HoldsForm(forms.Form):
    """The certificate was seen and still holds."""

    paper = LineField(label=_("Đã xem giấy tờ nào"), max_length=300, help_text=_("Ví dụ: giấy chứng nhận bản gốc số 12."))
    last_day = DayField(label=_("Ngày hết hạn in trên giấy"))
    scan = ScanField(label=_("Bản chụp giấy tờ"))


class RenewedForm(forms.Form):
    """A later decision was seen."""

    decision_no = LineField(label=_("Số quyết định"), max_length=80, help_text=_("Như in trên quyết định, ví dụ 1234/QĐ-UBND."))
    signed_on = DayField(label=_("Ngày ký"))
    kind = forms.ChoiceField(label=_("Loại quyết định"), choices=[(kind.value, words.RECOGNITION_KINDS[kind]) for kind in _RENEWED_KINDS])
    stars = forms.TypedChoiceField(label=_("Hạng sao"), coerce=int, choices=[(3, _("3 sao")), (4, _("4 sao")), (5, _("5 sao"))])
    signatory = LineField(label=_("Người ký (chức vụ)"), max_length=160, help_text=_("Ví dụ: Chủ tịch UBND tỉnh Thái Nguyên."))
    last_day = DayField(label=_("Ngày hết hạn in trên giấy"), required=False, help_text=_("Để trống: tính 36 tháng từ ngày ký."))
    scan = ScanField(label=_("Bản chụp quyết định"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].required = True


class EndedForm(forms.Form):
    """The star has ended."""

    ended_on = DayField(label=_("Không còn giá trị từ ngày"))
    reason = LineField(label=_("Căn cứ"), max_length=300, help_text=_("Ví dụ: chủ thể không đánh giá lại, biên bản ngày 3/11/2026."))
    scan = ScanField(label=_("Bản chụp giấy tờ"))


class TakeBackForm(forms.Form):
    """A wrong answer is taken back."""

    reason = LineField(label=_("Vì sao rút lại"), max_length=300, help_text=_("Người trả lời sẽ đọc được câu này."))


class LettersForm(forms.Form):
    """Letters to draft: to whom, about which stars, under whose head."""

    kind = forms.ChoiceField(
        label=_("Gửi cho"),
        choices=[
            (LetterKind.PRODUCER.value, _("Chủ thể: mỗi chủ thể một thư")),
            (LetterKind.COMMUNE.value, _("UBND xã, phường: danh sách chủ thể chưa nộp")),
        ],
        widget=forms.RadioSelect,
        initial=LetterKind.PRODUCER.value,
    )
    stages = forms.MultipleChoiceField(
        label=_("Sao ở giai đoạn"),
        choices=[(stage.value, STAGES[stage].label) for stage in LETTER_STAGES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một giai đoạn.")},
    )
    file_kind = forms.ChoiceField(
        label=_("Loại tệp"),
        choices=[(WORD, _("Word, để sửa và ký")), (PDF, _("PDF, để in"))],
        widget=forms.RadioSelect,
        initial=WORD,
    )
    number = LineField(label=_("Số văn bản"), max_length=40, required=False, help_text=_("Để trống: ghi tay khi vào sổ công văn."))
    dated_on = DayField(label=_("Ngày ghi trên thư"))
    place = LineField(label=_("Nơi ghi trên thư"), max_length=60)
    superior = LineField(label=_("Cơ quan chủ quản"), max_length=120)
    issuer = LineField(label=_("Cơ quan ban hành"), max_length=160)
    signer_title = LineField(label=_("Chức vụ người ký"), max_length=120)
    signer_name = LineField(label=_("Họ tên người ký"), max_length=80, required=False, help_text=_("Có thể để trống."))

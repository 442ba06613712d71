"""Forms about requests for personal data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.privacy.enums import RequestKind
from ocop.register.models import Producer
from ocop.register.queries import producer_with_code
from ocop.web.desk.privacy.pages import KINDS
from ocop.web.kit.fields import DayField, LineField, TextField


class RequestForm(forms.Form):
    """Somebody asks about their own data, in person or by letter."""

    kind = forms.ChoiceField(label=_("Người này muốn gì"), choices=[(kind.value, KINDS[kind]) for kind in RequestKind])
    received_on = DayField(label=_("Ngày nhận yêu cầu"), help_text=_("Ngày đến cơ quan; các hạn tính từ ngày này."))
    name = LineField(label=_("Họ và tên"), max_length=120)
    phone = LineField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("Số mà người này đã dùng với hệ thống."),
    )
    email = LineField(label=_("Thư điện tử"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    producer = LineField(
        label=_("Mã chủ thể"),
        max_length=80,
        required=False,
        help_text=_("Nếu người này là người đại diện. Phần cuối địa chỉ trang của chủ thể, ví dụ htx-tai-hoan."),
    )
    said = TextField(label=_("Lời yêu cầu"), rows=3, required=False)
    identity_seen = LineField(
        label=_("Bạn nhận ra người này bằng cách nào"),
        max_length=200,
        help_text=_("Ví dụ: gặp tại trụ sở, xem căn cước có ảnh. Không ghi số giấy tờ."),
    )

    def clean_producer(self) -> Producer | None:
        code = self.cleaned_data["producer"]
        producer = producer_with_code(code) if code else None
        if code and producer is None:
            raise forms.ValidationError(_("Không có chủ thể nào mang mã này. Hãy xem lại địa chỉ trang của chủ thể."))
        return producer


class OutcomeForm(forms.Form):
    """How a request ended, in a sentence the person is told."""

    is_done = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=[("yes", _("Đã thực hiện")), ("no", _("Từ chối"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    outcome = LineField(label=_("Nội dung báo cho người yêu cầu"), max_length=400)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == RequestKind.ERASURE:  # done by erasing, on its own page
            self.fields["is_done"].choices = [("no", _("Từ chối"))]
            self.fields["is_done"].initial = "no"


class EraseForm(forms.Form):
    """The second look."""

    sure = forms.BooleanField(label=_("Tôi đã kiểm tra người yêu cầu và các mục trên. Việc này không hoàn tác được."))

"""A new token of the API: what for, under which mandate, what it may, for how long."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.people.enums import TokenScope
from ocop.people.rules import API_TOKEN_DAYS
from ocop.web.kit.fields import LineField

_SCOPES = ((TokenScope.READ.value, _("Chỉ đọc")), (TokenScope.WRITE.value, _("Đọc và ghi")))
_DAYS = {30: _("30 ngày"), 90: _("90 ngày"), 365: _("Một năm")}


class TokenForm(forms.Form):
    """`mandates`: (key, words) of those a program may act under."""

    name = LineField(label=_("Dùng cho việc gì"), max_length=80, help_text=_("Để sau này bạn nhận ra khóa, ví dụ “Phần mềm bán hàng”."))
    mandate = forms.TypedChoiceField(label=_("Thay mặt vai trò nào"), coerce=int, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("Được làm gì"),
        choices=_SCOPES,
        initial=TokenScope.READ,
        widget=forms.RadioSelect,
        help_text=_("Chỉ đọc là đủ để lấy dữ liệu. Khóa ghi sửa được trang, giá và sổ như chính bạn."),
    )
    days = forms.TypedChoiceField(
        label=_("Dùng trong bao lâu"), coerce=int, choices=[(days, _DAYS[days]) for days in API_TOKEN_DAYS], initial=90
    )

    def __init__(self, *args: Any, mandates: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(mandates)
        self.fields["mandate"].choices = choices
        self.fields["mandate"].initial = choices[0][0] if choices else None

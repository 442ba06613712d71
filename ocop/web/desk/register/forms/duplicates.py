"""Forms about what is written down twice."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ocop.register.models import Producer, Product
from ocop.register.queries import set_name
from ocop.register.queries.merging import differing, star_conflicts
from ocop.web.desk.register.forms.numbers import VersionField
from ocop.web.kit.fields import LineField
from ocop.web.kit.words import KEY_GROUPS

_LABELS: dict[str, str | Promise] = {
    "name": _("Tên"),
    "name_en": _("Tên tiếng Anh"),
    "producer": _("Chủ thể"),
    "unit": _("Nơi"),
    "address": _("Địa chỉ cơ sở"),
    "founded_year": _("Năm thành lập"),
    "members_text": _("Thành viên"),
    "tax_code": _("Mã số thuế"),
    "opening_hours": _("Giờ mở cửa"),
    "facts": _("Điều đã biết từ nguồn"),
    "story_vi": _("Câu chuyện"),
    "story_en": _("Câu chuyện tiếng Anh"),
    "set_no": _("Bộ sản phẩm"),
    "key_group": _("Nhóm hàng chủ lực"),
    "source_group": _("Nhóm theo nguồn"),
    "description_vi": _("Mô tả"),
    "description_en": _("Mô tả tiếng Anh"),
    "ingredients": _("Thành phần"),
    "storage": _("Cách bảo quản"),
    "shelf_life": _("Hạn sử dụng"),
    "price_text": _("Giá theo nguồn"),
    "pack_text": _("Quy cách theo nguồn"),
    "channels_text": _("Nơi bán theo nguồn"),
}
_SHOWN = 300  # characters of a long text; enough to tell two apart
_REASON = _("Ví dụ: cùng giấy đăng ký hợp tác xã số …, đã hỏi UBND xã ngày ….")


class MergeForm(forms.Form):
    """Field by field whose value stays; why; and which versions of the two the officer saw."""

    kept_version = VersionField()
    merged_version = VersionField()

    def __init__(self, *args: Any, kept: Producer | Product, merged: Producer | Product, **kwargs: Any) -> None:
        initial = {"kept_version": kept.version, "merged_version": merged.version}
        super().__init__(*args, initial=initial, **kwargs)
        self._versions = initial
        self._chosen = differing(kept, merged)
        for each in self._chosen:
            choices = [(side, _in_words(each.field, getattr(each, side))) for side in ("kept", "merged")]
            self.fields[each.field] = forms.ChoiceField(
                label=_LABELS[each.field], choices=choices, widget=forms.RadioSelect, initial=each.default
            )
        self._decisions = star_conflicts(kept, merged) if isinstance(kept, Product) and isinstance(merged, Product) else []
        for n, (number, ours, theirs) in enumerate(self._decisions):
            said = {"no": number, "ours": ours or "?", "theirs": theirs or "?"}
            words = _("Đã đối chiếu quyết định %(no)s: %(ours)s sao là đúng, không phải %(theirs)s sao") % said
            self.fields[f"settled_{n}"] = forms.BooleanField(label=words, required=False)
        self.fields["reason"] = LineField(label=_("Căn cứ"), max_length=300, help_text=_REASON)

    def decision(self) -> dict[str, Any]:
        """What the action is told."""
        data = self.cleaned_data
        given = {
            "choices": {each.field: data[each.field] for each in self._chosen},
            "versions": (data["kept_version"], data["merged_version"]),
            "reason": data["reason"],
        }
        settled = [number for n, (number, *_stars) in enumerate(self._decisions) if data[f"settled_{n}"]]
        return given | ({"settled": settled} if settled else {})

    def see_now(self) -> None:
        """The values shown are those of now: sending the form again decides about these."""
        self.data = self.data.copy()
        for name, version in self._versions.items():
            self.data[name] = str(version)


class MergePickForm(forms.Form):
    """Two codes that nobody has pointed at."""

    giu = LineField(label=_("Mã giữ lại"), max_length=200, help_text=_("Mã sản phẩm như BK001, hoặc phần cuối địa chỉ trang chủ thể."))
    gop = LineField(
        label=_("Mã gộp vào"), max_length=200, help_text=_("Mã này không còn trang riêng; địa chỉ và nhãn của nó dẫn tới mã trên.")
    )


class UnmergeForm(forms.Form):
    """Why the two are two after all."""

    reason = LineField(label=_("Lý do tách"), max_length=300)


def _in_words(field: str, value: str) -> str | Promise:
    if not value:
        return _("(để trống)")
    if field == "set_no":
        return f"{value}. {set_name(int(value))}"
    if field == "key_group":
        return KEY_GROUPS.get(value, value)
    return Truncator(value).chars(_SHOWN)

"""Examples for the gallery page: every component in every state, with invented values."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils import timezone

from ocop.register.enums import StandingKind
from ocop.web.kit.templatetags.kit_parts import ICONS


@dataclass(frozen=True, slots=True)
class SampleStanding:
    kind: str
    stars: int | None
    until: date | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class SampleCard:
    address: str
    picture: str
    kind: str
    name: str
    standing: SampleStanding
    producer: str
    place: str
    price: str
    is_demo: bool = True
    is_foreign: bool = False


STANDINGS = (
    SampleStanding(StandingKind.VALID, 5, date(2027, 12, 16)),
    SampleStanding(StandingKind.VALID, 4, date(2027, 2, 16), is_due=True),
    SampleStanding(StandingKind.EXTENDED, 3, date(2027, 6, 1)),
    SampleStanding(StandingKind.EXPIRED, 3, date(2023, 1, 11)),
    SampleStanding(StandingKind.WITHDRAWN, 3, date(2024, 1, 1)),
    SampleStanding(StandingKind.UNVERIFIED, 3),
    SampleStanding(StandingKind.UNVERIFIED, 5, date(2024, 7, 1)),
    SampleStanding(StandingKind.NONE, None),
)
DRAWINGS = ("mien", "bun", "tra", "nghe", "gao", "ruou", "bi", "qua", "matong", "thit", "giavi", "banh", "thuysan", "thucong", "dulich")


class SampleForm(forms.Form):
    """One field of each shape."""

    name = forms.CharField(label="Tên sản phẩm", max_length=120)
    monthly = forms.IntegerField(  # a text control: a browser throws away what a number control cannot read
        label="Sản lượng một tháng (kg)",
        help_text="Số trung bình ba tháng gần nhất",
        error_messages={"invalid": "Nhập bằng số, ví dụ 850"},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    group = forms.ChoiceField(label="Nhóm hàng", choices=[("gao", "Chế biến từ gạo, ngũ cốc"), ("tra", "Trà")], required=False)
    made_on = forms.DateField(label="Ngày cấp giấy", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    story = forms.CharField(label="Câu chuyện", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    channels = forms.MultipleChoiceField(
        label="Bán ở đâu", choices=[("cho", "Chợ"), ("san", "Sàn điện tử")], widget=forms.CheckboxSelectMultiple, required=False
    )
    packing = forms.ChoiceField(label="Quy cách", choices=[("tui", "Túi"), ("hop", "Hộp")], widget=forms.RadioSelect)
    is_agreed = forms.BooleanField(label="Tôi đồng ý đăng số điện thoại lên trang công khai")
    photo = forms.FileField(label="Ảnh", help_text="JPG hoặc PNG, tối đa 10 MB", required=False)


def gallery_page() -> dict[str, object]:
    """What the gallery template shows."""
    wrong = SampleForm({"wrong-name": "Miến dong", "wrong-monthly": "khoảng nửa tấn"}, prefix="wrong")
    return {
        "standings": STANDINGS,
        "cards": [
            SampleCard(
                "#the",
                static(f"kit/art/products/{name}-{letter}.svg"),
                "Nhóm hàng",
                "Sản phẩm ví dụ",
                standing,
                "HTX ví dụ",
                "Xã Côn Minh",
                "45.000 đ",
            )
            for name, letter, standing in zip(DRAWINGS, "abcabcab", STANDINGS, strict=False)
        ],
        "icons": sorted(name for name in ICONS if not name.startswith("stars-")),
        "form": SampleForm(prefix="right"),
        "wrong": wrong,
        "page_of_many": Paginator(range(240), 24).get_page(4),
        "drawings": [f"{name}-{letter}" for name in DRAWINGS for letter in "abc"],
        "today": timezone.localdate(),
    }

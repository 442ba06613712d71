"""Forms about products, packs, prices and photos."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.register.enums import PriceKind, Unit
from ocop.register.models import Product
from ocop.register.policies import OFFICER_FIELDS, PRODUCER_FIELDS
from ocop.register.queries import product_sets
from ocop.web.desk.register.forms.numbers import AmountField, QuantityField, VersionField, WholeField
from ocop.web.kit import words
from ocop.web.kit.fields import DayField, LineField, TextField


class VersionedForm(forms.Form):
    """Remembers from which version it was opened, so that the second of two savers is shown the difference."""

    version = VersionField()

    def changes(self) -> dict[str, str]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ProductForm(VersionedForm):
    """The texts of a product's page; a producer sees those it may write."""

    name = LineField(label=_("Tên sản phẩm"), max_length=200)
    name_en = LineField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    key_group = forms.ChoiceField(
        label=_("Nhóm hàng chủ lực"), choices=[("", _("Không thuộc nhóm nào")), *words.KEY_GROUPS.items()], required=False
    )
    source_group = LineField(label=_("Nhóm theo nguồn"), max_length=80, required=False)
    description_vi = TextField(
        label=_("Mô tả ngắn"), rows=3, required=False, help_text=_("Hai, ba câu: làm từ gì, dùng thế nào, khác ở đâu.")
    )
    description_en = TextField(label=_("Mô tả tiếng Anh"), rows=3, required=False)
    story_vi = TextField(
        label=_("Câu chuyện sản phẩm"),
        rows=8,
        required=False,
        help_text=_("Ai làm, ở đâu, từ bao giờ, vì sao. Viết như kể cho khách nghe."),
    )
    story_en = TextField(label=_("Câu chuyện tiếng Anh"), rows=6, required=False)
    ingredients = TextField(label=_("Thành phần"), rows=2, required=False)
    storage = LineField(label=_("Cách bảo quản"), max_length=300, required=False)
    shelf_life = LineField(label=_("Hạn sử dụng"), max_length=120, required=False, help_text=_("Ví dụ: 12 tháng kể từ ngày sản xuất."))
    price_text = LineField(label=_("Giá theo nguồn"), max_length=200, required=False)
    pack_text = LineField(label=_("Quy cách theo nguồn"), max_length=200, required=False)
    channels_text = TextField(label=_("Nơi bán theo nguồn"), rows=3, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = PRODUCER_FIELDS if actor.role == Role.PRODUCER else OFFICER_FIELDS
        for name in set(self.fields) - allowed - {"version"}:
            del self.fields[name]

    @classmethod
    def of(cls, product: Product, actor: Actor) -> "ProductForm":
        return cls(initial={name: getattr(product, name) for name in cls.base_fields}, actor=actor)


class NewProductForm(forms.Form):
    """A product new to the register."""

    name = LineField(label=_("Tên sản phẩm"), max_length=200)
    producer = LineField(
        label=_("Mã chủ thể"), max_length=80, help_text=_("Phần cuối địa chỉ trang của chủ thể, ví dụ htx-tai-hoan."), required=False
    )
    set_no = forms.TypedChoiceField(label=_("Bộ sản phẩm"), coerce=int, empty_value=None, required=False)
    key_group = forms.ChoiceField(
        label=_("Nhóm hàng chủ lực"), choices=[("", _("Không thuộc nhóm nào")), *words.KEY_GROUPS.items()], required=False
    )
    source_name = LineField(label=_("Căn cứ"), max_length=200, help_text=_("Giấy tờ hoặc văn bản cho biết sản phẩm này."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["set_no"].choices = set_choices()


class ProductSetForm(VersionedForm):
    """On which sheet the product is scored, and why."""

    set_no = forms.TypedChoiceField(label=_("Bộ sản phẩm"), coerce=int)
    basis = LineField(label=_("Vì sao"), max_length=200, help_text=_("Ví dụ: nguyên liệu chính là củ dong riềng."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["set_no"].choices = set_choices()


class PublishForm(forms.Form):
    """Hide a product, or show it again."""

    reason = LineField(label=_("Lý do"), max_length=300, required=False, help_text=_("Cần khi ẩn sản phẩm."))


class CodeForm(forms.Form):
    """A new official code, or an old one as printed."""

    year = WholeField(
        label=_("Năm đánh giá"), min_value=2026, max_value=2100, required=False, help_text=_("Để cấp mã mới (T)-(X)-(STT)-(năm).")
    )
    number = WholeField(
        label=_("Số thứ tự"), min_value=1, max_value=9999, required=False, help_text=_("Để trống: số tiếp theo của xã trong năm.")
    )
    old_code = LineField(label=_("Hoặc mã cũ như đã in"), max_length=40, required=False)
    source_name = LineField(label=_("Nguồn của mã cũ"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("year")) == bool(data.get("old_code")):
            raise forms.ValidationError(_("Nhập năm để cấp mã mới, hoặc nhập mã cũ; chỉ một trong hai."))
        return data


class VariantForm(forms.Form):
    """One pack."""

    name = LineField(label=_("Tên quy cách"), max_length=120, help_text=_("Ví dụ: Túi 500 g."))
    quantity = QuantityField(label=_("Lượng"), max_digits=10, decimal_places=3)
    unit = forms.ChoiceField(label=_("Đơn vị"), choices=[(unit.value, words.UNITS[unit]) for unit in Unit])
    gtin = LineField(
        label=_("Mã vạch GTIN-13"),
        max_length=20,
        required=False,
        help_text=_("13 chữ số in dưới mã vạch. Chưa có thì để trống."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    is_active = forms.BooleanField(label=_("Đang bán"), required=False, initial=True)


class PriceForm(forms.Form):
    """What a pack costs from a day on."""

    kind = forms.ChoiceField(label=_("Loại giá"), choices=[(kind.value, words.PRICE_KINDS[kind]) for kind in PriceKind])
    amount = AmountField(label=_("Giá (đồng)"), help_text=_("Ví dụ 45.000."))
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống: đến khi có giá mới."))


class PhotoForm(forms.Form):
    """One photo."""

    upload = forms.FileField(
        label=_("Ảnh"),
        help_text=_("JPG, PNG hoặc WebP. Vị trí chụp trong ảnh được xóa trước khi lưu."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    caption_vi = LineField(label=_("Chú thích"), max_length=200, required=False)
    caption_en = LineField(label=_("Chú thích tiếng Anh"), max_length=200, required=False)


def set_choices() -> list[tuple[Any, str]]:
    """The sets of the rubric in force."""
    return [("", _("Chưa chọn")), *((each.no, f"{each.no}. {each.name}") for each in product_sets())]

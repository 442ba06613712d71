"""Forms about producers."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.places.queries import communes_on
from ocop.register.enums import LegalForm
from ocop.register.models import Producer
from ocop.register.policies import OFFICER_PAGE_FIELDS, PRODUCER_PAGE_FIELDS
from ocop.web.desk.register.forms.products import VersionedForm
from ocop.web.kit import words
from ocop.web.kit.fields import DayField, LineField, TextField

_FORMS = [(form.value, words.LEGAL_FORMS[form]) for form in LegalForm]
LINK_ROWS = 4


class ProducerForm(VersionedForm):
    """The producer's own page."""

    name = LineField(label=_("Tên chủ thể"), max_length=200)
    name_en = LineField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    address = LineField(
        label=_("Địa chỉ cơ sở"), max_length=300, required=False, help_text=_("Nơi khách tìm đến; hiện trên trang công khai.")
    )
    opening_hours = LineField(label=_("Giờ mở cửa"), max_length=200, required=False, help_text=_("Ví dụ: 7:30–17:00, nghỉ Chủ nhật."))
    members_text = LineField(label=_("Thành viên"), max_length=200, required=False)
    story_vi = TextField(label=_("Giới thiệu"), rows=8, required=False)
    story_en = TextField(label=_("Giới thiệu tiếng Anh"), rows=6, required=False)
    facts = TextField(label=_("Điều đã biết từ nguồn"), rows=4, required=False)
    tax_code = LineField(label=_("Mã số thuế"), max_length=14, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    founded_year = LineField(label=_("Năm thành lập"), max_length=4, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = PRODUCER_PAGE_FIELDS if actor.role == Role.PRODUCER else OFFICER_PAGE_FIELDS
        for name in set(self.fields) - allowed - {"version"}:
            del self.fields[name]

    @classmethod
    def of(cls, producer: Producer, actor: Actor) -> "ProducerForm":
        return cls(initial={name: getattr(producer, name) for name in cls.base_fields}, actor=actor)


class NewProducerForm(forms.Form):
    """A producer new to the register."""

    name = LineField(label=_("Tên chủ thể"), max_length=200)
    form = forms.ChoiceField(label=_("Loại hình tổ chức"), choices=_FORMS)
    commune = forms.ChoiceField(label=_("Xã, phường"))
    address = LineField(label=_("Địa chỉ cơ sở"), max_length=300, required=False)
    form_basis = LineField(label=_("Căn cứ loại hình"), max_length=200, required=False, help_text=_("Ví dụ: giấy đăng ký hợp tác xã số …"))
    source_name = LineField(label=_("Nguồn"), max_length=200, help_text=_("Giấy tờ hoặc văn bản cho biết chủ thể này."))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [unit for unit in communes_on(timezone.localdate()) if actor.role != Role.COMMUNE_OFFICER or unit.key == actor.unit_key]
        self.fields["commune"].choices = [(unit.key, unit.name) for unit in units]


class LegalFormForm(forms.Form):
    """The producer works under another form from a day on."""

    form = forms.ChoiceField(label=_("Loại hình mới"), choices=_FORMS)
    subtype = LineField(label=_("Chi tiết"), max_length=60, required=False, help_text=_("Ví dụ: TNHH một thành viên."))
    valid_from = DayField(label=_("Từ ngày"))
    basis = LineField(label=_("Căn cứ"), max_length=200, help_text=_("Số giấy đăng ký mới."))


class LinksForm(forms.Form):
    """Where else the producer is found."""

    def __init__(self, *args: Any, links: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        had = links or []
        for n in range(max(LINK_ROWS, len(had) + 1)):
            kind, url = had[n] if n < len(had) else ("website", "")
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=_("Loại"), choices=list(words.LINK_KINDS.items()), initial=kind, required=False
            )
            self.fields[f"url_{n}"] = LineField(
                label=_("Đường dẫn"), max_length=300, required=False, initial=url, widget=forms.URLInput(attrs={"placeholder": "https://"})
            )

    def links(self) -> list[tuple[str, str]]:
        """(kind, address) of every row that has an address."""
        rows = range(len(self.fields) // 2)
        return [(self.cleaned_data[f"kind_{n}"], url) for n in rows if (url := self.cleaned_data[f"url_{n}"])]


class ContactForm(forms.Form):
    """The business numbers, and the consent to show them."""

    phone = LineField(label=_("Số điện thoại kinh doanh"), max_length=20, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    zalo = LineField(label=_("Số Zalo kinh doanh"), max_length=20, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    agree = forms.BooleanField(label=_("Tôi đồng ý công khai các số này trên trang của cơ sở. Tôi có thể rút lại bất cứ lúc nào."))


class PersonForm(forms.Form):
    """The representative, as the programme's forms ask. Never public."""

    representative = LineField(label=_("Người đại diện"), max_length=120, required=False)
    phone = LineField(label=_("Điện thoại riêng"), max_length=20, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    email = LineField(label=_("Thư điện tử riêng"), max_length=254, required=False, widget=forms.EmailInput)
    identity_number = LineField(
        label=_("Số căn cước"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    gender = LineField(label=_("Giới tính"), max_length=20, required=False)
    ethnicity = LineField(label=_("Dân tộc"), max_length=40, required=False)
    home_address = LineField(label=_("Nơi ở"), max_length=300, required=False)
    has_disability = forms.TypedChoiceField(
        label=_("Người khuyết tật"),
        choices=[("", _("Giữ như đã ghi")), ("yes", _("Có")), ("no", _("Không"))],
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
        required=False,
    )


class ClearPersonForm(forms.Form):
    """Which of the representative's values go. The form names them and shows none."""

    fields_gone = forms.MultipleChoiceField(label=_("Mục muốn xóa"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, filled: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_gone"].choices = [(name, PersonForm.base_fields[name].label) for name in filled]


class ClaimForm(forms.Form):
    """Somebody asks to keep a producer's pages."""

    producer = LineField(label=_("Mã chủ thể"), max_length=80, help_text=_("Phần cuối địa chỉ trang của chủ thể, ví dụ htx-tai-hoan."))
    relation = LineField(label=_("Bạn là ai ở cơ sở này"), max_length=200, help_text=_("Ví dụ: giám đốc, kế toán."))


class RefusalForm(forms.Form):
    """Why not."""

    reason = LineField(label=_("Lý do từ chối"), max_length=300, help_text=_("Người xin sẽ đọc câu này."))

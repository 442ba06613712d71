"""What a reader of the logs looks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.core.text import clean_line
from ocop.records.queries import AuditFilters
from ocop.web.desk.records.pages import event_choices
from ocop.web.kit.fields import DayField


class LogFilterForm(forms.Form):
    """Event, subject, person, from, until. `person` is looked up by the view, which knows the viewer."""

    event = forms.ChoiceField(label=_("Sự kiện"), required=False)
    subject = forms.CharField(label=_("Đối tượng"), required=False, max_length=160, help_text=_("Ví dụ: product:BK001"))
    person = forms.CharField(label=_("Người làm"), required=False, max_length=120, help_text=_("Tên, không cần dấu"))
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, events: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [("", _("Mọi sự kiện")), *event_choices(events)]  # type: ignore[attr-defined]

    def clean_subject(self) -> str:
        return clean_line(self.cleaned_data["subject"])

    def clean_person(self) -> str:
        return clean_line(self.cleaned_data["person"])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            self.add_error("until", _("Ngày cuối đứng trước ngày đầu. Hãy đổi một trong hai ngày."))
        return values

    def filters(self, actor_ids: tuple[int, ...] | None) -> AuditFilters:
        values = self.cleaned_data
        return AuditFilters(values["event"], values["subject"], actor_ids, values["since"], values["until"])

"""Forms of taking a register in: the file, which column holds what, the cells of one row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from ocop.register.rules.intake import Field
from ocop.web.desk.register.pages.intake_columns import Column
from ocop.web.desk.register.pages.intake_words import FIELD_GROUPS, FIELDS
from ocop.web.kit.fields import LineField

_LONGEST = 400


class IntakeUploadForm(forms.Form):
    """One spreadsheet."""

    upload = forms.FileField(
        label=_("Bảng sổ đăng ký"),
        help_text=_(
            "XLSX hoặc CSV, tối đa 15 MB và 20.000 dòng. Trong bảng có dữ liệu cá nhân: chỉ cơ quan OCOP xem được, xóa sau 90 ngày."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class HeaderForm(forms.Form):
    """Which tab, and which of its rows names the columns; asked by GET, so that another choice shows other columns."""

    bang = forms.TypedChoiceField(label=_("Trang tính"), coerce=int)
    hang = forms.TypedChoiceField(label=_("Hàng tiêu đề"), coerce=int)

    def __init__(self, *args: Any, tabs: Sequence[str], rows: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bang"].choices = list(enumerate(tabs))  # type: ignore[attr-defined]
        self.fields["hang"].choices = rows  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """What each column holds: one choice a column, beside its heading and some of what stands below."""

    def __init__(self, *args: Any, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._columns = columns
        choices = [("", _("Không dùng")), *FIELD_GROUPS]
        for column in columns:
            field = forms.ChoiceField(label=column.label, choices=choices, required=False, initial=column.holds)
            self.fields[f"cot_{column.number}"] = field

    def rows(self) -> list[tuple[Column, BoundField]]:
        """Each column with its field."""
        return [(column, self[f"cot_{column.number}"]) for column in self._columns]

    def chosen(self) -> dict[int, Field]:
        """Number of the column, from 1, to what it holds."""
        return {int(name.removeprefix("cot_")): Field(chosen) for name, chosen in self.cleaned_data.items() if chosen}


class RowForm(forms.Form):
    """The cells of one row, each as the sheet has it or as it was mended before; `remarked` fields stand apart, above the others."""

    def __init__(
        self, *args: Any, cells: Mapping[str, str], fields: Sequence[Field], hints: Mapping[str, str], remarked: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={field.value: cells.get(field.value, "") for field in fields}, **kwargs)
        self._remarked = remarked
        for field in fields:
            self.fields[field.value] = LineField(
                label=FIELDS[field], required=False, max_length=_LONGEST, help_text=hints.get(field.value, "")
            )

    def to_look_at(self) -> list[BoundField]:
        """The fields that something is said of."""
        return list(self)[: self._remarked]

    def others(self) -> Iterator[BoundField]:
        return iter(list(self)[self._remarked :])

    def values(self) -> dict[Field, str]:
        """What was typed, changed or not."""
        return {Field(name): value for name, value in self.cleaned_data.items()}

"""Tags for forms: one field with its label, hint and error, the way every form shows it."""

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, FileInput, RadioSelect

register = template.Library()


@register.simple_tag
def control(field: BoundField, **attributes: Any) -> str:
    """The field's control with what a screen reader needs: what describes it, that it is wrong, that it is required.

    Further attributes are written with _ for -: `{% control field data_autosize="1" %}`.
    """
    given = {name.replace("_", "-"): value for name, value in attributes.items() if value not in (None, "")}
    described = [] if is_group(field) else described_by(field)
    if described:
        given["aria-describedby"] = " ".join(described)
    if field.errors and not is_group(field):
        given["aria-invalid"] = "true"
    return field.as_widget(attrs=given)


def described_by(field: BoundField) -> list[str]:
    """The ids of the hint and the error, in reading order."""
    ids = [f"{field.id_for_label or field.auto_id}-hint"] if field.help_text else []
    return ids + ([f"{field.id_for_label or field.auto_id}-error"] if field.errors else [])


@register.filter
def field_kind(field: BoundField) -> str:
    """Which shape the field takes: "group" (several choices), "check", "file" or "line"."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, ClearableFileInput | FileInput):
        return "file"
    return "line"


def is_group(field: BoundField) -> bool:
    return field_kind(field) == "group"


@register.filter
def described(field: BoundField) -> str:
    return " ".join(described_by(field))


@register.filter
def anchor(field: BoundField) -> str:
    """The id the error summary jumps to: the control, or the first choice of a group."""
    if is_group(field):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def page_window(page: Any) -> list[int | str]:
    """The page numbers to show: first, last, and two around this one; "" stands for a gap."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))

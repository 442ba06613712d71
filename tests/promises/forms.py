"""The forms of a page as a browser reads them: where they are sent and what stands in their fields."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What a person cannot type into.
_FIXED = {"hidden", "submit", "button", "file", "checkbox", "radio", "image", "reset"}


@dataclass
class Form:
    """`fixed`: values the page chose; `typed`: names of the fields with text."""

    method: str
    action: str
    fixed: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))
            self._open = True
        elif self._open:
            self._field(self.forms[-1], tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "option" and self._select:
            if "selected" in given or not form.fixed.get(self._select):
                form.fixed[self._select] = given.get("value", "")
        elif not name:
            return
        elif tag == "select":
            self._select = name
        elif tag == "textarea" or (tag == "input" and given.get("type", "text") not in _FIXED):
            form.typed.append(name)
        elif tag == "input" and given.get("type") in ("hidden", "radio", "checkbox"):
            form.fixed.setdefault(name, given.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form":
            self._open = False


def forms_of(page: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms

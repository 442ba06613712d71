"""Every text marked for translation, found without the gettext programs: by Django's reader of templates and Python's syntax tree."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
PLURALS = {"ngettext", "ngettext_lazy"}
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", *PLURALS}
LITERAL = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"(?<!\w)(_|gettext|ngettext)\(\s*u?({LITERAL})(?:\s*,\s*u?({LITERAL}))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """One marked text: `plural` only where it counts something; `path` is the file it stands in."""

    text: str
    plural: str
    path: str


def messages() -> Iterator[Message]:
    """All of the package but the desk, which speaks Vietnamese only, in the order of its files."""
    for path in sorted((ROOT / "ocop").rglob("*")):
        name = str(path.relative_to(ROOT))
        if name.startswith("ocop/web/desk/"):
            continue
        if path.suffix == ".py":
            yield from _in_python(path.read_text(encoding="utf-8"), name)
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield from _in_template(path.read_text(encoding="utf-8"), name)


def _in_python(source: str, name: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in MARKERS:
            texts = [each.value for each in node.args[:2] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if texts:
                yield Message(texts[0], texts[1] if _called(node) in PLURALS else "", name)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _in_template(source: str, name: str) -> Iterator[Message]:
    for call, text, plural in CALL.findall(templatize(source, origin=name)):
        yield Message(ast.literal_eval(text), ast.literal_eval(plural) if call == "ngettext" else "", name)

"""The description as a page for people: nothing stands on it that is not in the description."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from ocop.web.api.pages.description import Json, description
from ocop.web.kit.problems import KINDS

LEAD = (
    "Sổ OCOP Bắc Kạn cho phần mềm: sản phẩm, ngôi sao vào một ngày bất kỳ, chủ thể, nơi chốn, số liệu. "
    "Đọc không cần tài khoản. Tài liệu viết bằng tiếng Anh cho lập trình viên."
)
_WRAPPERS = ("List", "ListOn")
_PLAIN = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text", "object": "object"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text; its pieces between backticks are code."""

    text: str

    @property
    def pieces(self) -> list[tuple[bool, str]]:
        return [(number % 2 == 1, piece) for number, piece in enumerate(self.text.split("`")) if piece]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or one part of an answer. `shape` is the name of the shape it has, if it has one of its own."""

    name: str
    type: str
    shape: str
    words: Words
    is_required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: how to call it, and what comes back."""

    anchor: str
    method: str
    path: str
    summary: str
    words: str
    scope: str  # "", "read", "write"
    params: tuple[Field, ...]
    body: str  # name of the shape
    answer: str  # name of the shape, of one item where it is a list
    is_list: bool
    curl: str
    try_it: str  # an address to open, for what everybody may read


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    words: str
    anchor: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    words: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    word: str
    title: str
    mend: str


@cache
def docs_page() -> dict[str, Any]:
    """Everything the page shows; made once a process, as the description is."""
    told = description()
    return {
        "title": told["info"]["title"],
        "version": told["info"]["version"],
        "lead": LEAD,
        "about": tuple(_about(told["info"]["description"])),
        "groups": tuple(_groups(told)),
        "shapes": tuple(_shapes(told["components"]["schemas"])),
        "problems": tuple(Problem(status, word, title, mend) for status, (word, title, mend) in KINDS.items()),
        "site": settings.SITE_URL,
    }


def _about(text: str) -> Iterator[tuple[str, Words]]:
    """The description's paragraphs: what the bold beginning says, and the rest."""
    for paragraph in text.split("\n\n"):
        bold, mark, rest = paragraph.removeprefix("**").partition("**")
        yield (bold.rstrip("."), Words(" ".join(rest.split()))) if mark else ("", Words(" ".join(paragraph.split())))


def _groups(told: Json) -> Iterator[Group]:
    operations = [
        (each["tags"][0], _operation(path, method, each)) for path, methods in told["paths"].items() for method, each in methods.items()
    ]
    for tag in told["tags"]:
        own = tuple(operation for name, operation in operations if name == tag["name"])
        yield Group(tag["name"], tag["description"], tag["name"].lower().replace(" ", "-"), own)


def _operation(path: str, method: str, told: Json) -> Operation:
    scope = ("write" if told["security"][0]["token"] else "read") if "security" in told else ""
    answer, is_list = _answer(told)
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    address = settings.SITE_URL + _example(path, told["parameters"])
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        words=told["description"],
        scope=scope,
        params=tuple(_field(each["name"], each["schema"], is_required=each["required"]) for each in told["parameters"]),
        body=_ref(body),
        answer=answer,
        is_list=is_list,
        curl=_curl(address, method, scope, _ref(body)),
        try_it="" if scope else address.removeprefix(settings.SITE_URL),
    )


def _answer(told: Json) -> tuple[str, bool]:
    """The shape of what comes back; of one item where it is a list."""
    good = next(response for status, response in told["responses"].items() if status.startswith("2"))
    name = _ref(good["content"]["application/json"]["schema"])
    for wrapper in _WRAPPERS:
        if name.startswith(f"{wrapper}_"):
            return name.removeprefix(f"{wrapper}_").strip("_"), True
    return name, False


def _example(path: str, params: Iterable[Json]) -> str:
    """The path with the parameters' own examples in it."""
    asked = {}
    for each in params:
        if not (known := each.get("example")):
            continue
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", str(known))
        elif each["required"] or each["name"] == "on":
            asked[each["name"]] = str(known)
    return f"{path}?{urlencode(asked)}" if asked else path


def _curl(address: str, method: str, scope: str, body: str) -> str:
    parts = [f'curl "{address}"']
    if scope:
        parts.append('-H "Authorization: Bearer $OCOP_TOKEN"')
    if method == "post":
        parts += ['-H "Content-Type: application/json"', f"-d @{body.lower()}.json"]
    return " \\\n  ".join(parts)


def _shapes(schemas: Json) -> Iterator[Shape]:
    """Every shape that has fields, by name; the wrappers of lists are told once, in the words about pages."""
    for name, schema in sorted(schemas.items()):
        if "properties" in schema and not name.startswith(tuple(f"{wrapper}_" for wrapper in _WRAPPERS)):
            required = schema.get("required", ())
            fields = (_field(field, told, is_required=field in required) for field, told in schema["properties"].items())
            yield Shape(name, schema.get("description", ""), tuple(fields))


def _field(name: str, schema: Json, *, is_required: bool) -> Field:
    return Field(name, _type(schema), _shape(schema), Words(schema.get("description", "")), is_required)


def _ref(schema: Json) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _parts(schema: Json) -> list[Json]:
    """The schema itself, or the alternatives it holds."""
    return schema.get("anyOf") or schema.get("allOf") or [schema]


def _shape(schema: Json) -> str:
    """The shape behind a field, through lists and alternatives; a closed list of words is none."""
    for part in _parts(schema):
        name = _ref(part) or _ref(part.get("items", {}))
        if name and "properties" in description()["components"]["schemas"][name]:
            return name
    return ""


def _type(schema: Json) -> str:
    """The type in words: "day or null", "list of Product", "one of: valid, due"."""
    return " or ".join(dict.fromkeys(_one_type(part) for part in _parts(schema)))


def _one_type(schema: Json) -> str:
    if name := _ref(schema):
        target = description()["components"]["schemas"][name]
        return name if "properties" in target else _one_type(target)
    if schema.get("type") == "array":
        items = _type(schema["items"])
        return f"any {items.removeprefix('one ')}" if items.startswith("one of") else f"list of {items}"
    if "enum" in schema or "const" in schema:
        words = schema.get("enum", [schema.get("const")])
        return "one of: " + ", ".join(str(word) if word != "" else "“”" for word in words)
    if schema.get("format") == "date":
        return "day"
    if "minimum" in schema:
        return f"whole number, {schema['minimum']} to {schema['maximum']}"
    return "null" if schema.get("type") == "null" else _PLAIN.get(str(schema.get("type")), "anything")

"""`make docs`: the pages of docs/ that are read off the code. A test compares each with what this would write."""

import importlib
import os
import pkgutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

import ocop
from config.environment import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
GENERATED = "<!-- Written by `make docs` from {source}. Change that, not this page. -->\n"


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; bars inside a cell are escaped."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def settings_page() -> str:
    """Every environment variable, from `config.environment.VARIABLES`."""
    rows = []
    for variable in VARIABLES:
        default = variable.default.replace(str(ROOT), "<checkout>")
        need = "must be set" if variable.needed_in_production else "may be left out"
        shown = "a fixed word, refused in production" if variable.name == "SECRET_KEY" else f"`{default}`" if default else "empty"
        rows.append((f"`{variable.name}`", variable.meaning, shown, need))
    return (
        "# Settings\n\n"
        + GENERATED.format(source="`config/environment.py`")
        + "\nEverything that differs from machine to machine is an environment variable, read once at start. An unknown\n"
        "name beginning with `OCOP_` or a malformed value stops the start with a sentence that names the variable. An\n"
        "empty value means the default.\n\n"
        + table(("variable", "what it says", "default", "in production"), rows)
        + "\nIn production the start is refused as well when `SECRET_KEY` is the demo's or `SITE_URL` is not `https://`; `manage.py check\n"
        "--deploy` warns of SQLite, of an application that owns its tables, and of a cache that each process keeps for itself.\n"
    )


def enum_modules() -> Iterator[ModuleType]:
    """Every room's `enums`."""
    for room in sorted(module.name for module in pkgutil.iter_modules(ocop.__path__)):
        if (ROOT / "ocop" / room / "enums.py").exists():
            yield importlib.import_module(f"ocop.{room}.enums")


def machines() -> Iterator[tuple[str, str, dict[Any, tuple[Any, ...]]]]:
    """Room, name and table of legal moves (target: sources) of every state machine."""
    for module in enum_modules():
        for name, value in vars(module).items():
            if name.endswith("_MOVES"):
                yield module.__name__.split(".")[1], name, value


def first_states(enum: Any) -> set[Any]:
    """The states that a new row has, by the default of the model's field."""
    fields = (field for model in apps.get_models() for field in model._meta.concrete_fields)
    return {enum(field.default) for field in fields if field.choices == enum.choices and field.has_default()}


def states_page() -> str:
    """Every state machine: a diagram and its states, from the `…_MOVES` tables."""
    parts = ["# States\n", GENERATED.format(source="the `…_MOVES` tables in `ocop/*/enums.py`")]
    parts.append(
        "A move is one conditional update from a legal source, with its audit entry in the same transaction: of two people\n"
        "who try, one wins and the other is told (409).\n"
    )
    for room, name, moves in machines():
        enum = type(next(iter(moves)))
        arrows = [f"    {source.value} --> {target.value}" for target, sources in moves.items() for source in sources]
        begins = {state for state in enum if not moves.get(state)} | first_states(enum)
        starts = [f"    [*] --> {state.value}" for state in enum if state in begins]
        parts.append(f"## {enum.__name__} ({room}, `{name}`)\n")
        parts.append("```mermaid\nstateDiagram-v2\n" + "\n".join([*starts, *arrows]) + "\n```\n")
        rows = []
        for state in enum:
            sources = [f"`{source.value}`" for source in moves.get(state, ())]
            rows.append((f"`{state.value}`", ", ".join(["the beginning"] * (state in begins) + sources)))
        parts.append(table(("state", "comes from"), rows))
    return "\n".join(parts)


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    """Address, name and view of every URL pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, address, inner)
        else:
            yield address, f"{space}{pattern.name or ''}", pattern.callback


WHO = {
    "public": "everybody, no session",
    "open": "everybody, with a form",
    "api": "every program, no session",
    "token": "a program with a token",
}


def permissions_page() -> str:
    """Every address with its gate, from the views' decorators."""
    rows = []
    with override("vi"):
        for address, name, view in sorted(addresses(), key=lambda row: row[:2]):
            gate = view.gate
            who = WHO.get(gate.kind, "anybody signed in")
            limit = f"`{gate.limit}`" if gate.limit else ""
            rows.append((f"`/{address}`", f"`{name}`", ", ".join(sorted(gate.roles)) or who, " ".join(gate.methods), limit))
    return (
        "# Who may open which address\n\n"
        + GENERATED.format(source="the gates in `ocop/web/kit/gates.py` and the views that stand behind them")
        + "\nA gate lets a role in; which rows that person sees there is asked by the query (a foreign row is 404, like one that\n"
        "does not exist), and what may be done with them by the policy (403 with the reason). Addresses of the portal exist\n"
        "once more under `/en/`.\n\n" + table(("address", "name", "who", "methods", "limit"), rows)
    )


PAGES = {
    "docs/operations/settings.md": settings_page,
    "docs/architecture/states.md": states_page,
    "docs/architecture/permissions.md": permissions_page,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for name, page in PAGES.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()

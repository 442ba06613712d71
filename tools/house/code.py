"""Rules about the code of `ocop` that neither ruff nor import-linter knows."""

import ast
from collections.abc import Iterator

from tools.house.findings import Finding, Source, called_name

# Where a value goes into a page or a query unescaped, and why that is safe. Each line is a review.
REVIEWED_UNSAFE: dict[str, str] = {}
UNSAFE = {"mark_safe": "escapes nothing; use format_html or a template", "RawSQL": "takes SQL as text", "extra": "takes SQL as text"}
ALWAYS_WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "acreate", "asave", "aupdate", "adelete"}
CLOCK_FREE_KINDS = {"rules", "enums", "models", "queries", "policies", "actions", "readers"}
NAIVE_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
DJANGO_CLOCK = {"now", "localdate", "localtime"}
IMPURE = set(
    ["django", "os", "pathlib", "time", "random", "secrets", "socket", "subprocess", "urllib", "requests", "logging", "io", "shutil"]
)


def of_ocop(files: list[Source]) -> Iterator[Source]:
    return (source for source in files if source.path.startswith("ocop/"))


def check_unsafe(files: list[Source]) -> Iterator[Finding]:
    """No `mark_safe`, `RawSQL`, `.extra()`, and nothing a visitor named goes into a call as keywords (RELIABILITY P17)."""
    for source in of_ocop(files):
        for call in source.calls():
            name = called_name(call)
            is_method = isinstance(call.func, ast.Attribute)
            if name in UNSAFE and (name != "extra" or is_method) and source.path not in REVIEWED_UNSAFE:
                yield source.finding(call, f"{name}() {UNSAFE[name]}")
            for keyword in call.keywords:
                if keyword.arg is None and _is_from_visitor(keyword.value):
                    yield source.finding(call, "names chosen by a visitor become keywords; take them from a closed list")


def _is_from_visitor(value: ast.expr) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in {"GET", "POST", "COOKIES", "META", "headers"} for node in ast.walk(value))


def check_web_writes(files: list[Source]) -> Iterator[Finding]:
    """Nothing in `ocop/web` writes a row: it calls an action."""
    for source in files:
        if not source.path.startswith("ocop/web/"):
            continue
        for call in source.calls():
            if isinstance(call.func, ast.Attribute) and _writes_a_row(call):
                yield source.finding(call, f".{call.func.attr}() writes; `web` calls an action of the room")


def _writes_a_row(call: ast.Call) -> bool:
    """By shape: `save()` and `delete()` without arguments and `update(a=1)` are the ORM's; dictionaries and images look otherwise."""
    name = called_name(call)
    if name in ALWAYS_WRITES:
        return True
    if name == "save":
        return not call.args
    if name == "delete":
        return not call.args and not call.keywords
    return name == "update" and bool(call.keywords) and not call.args


def check_clock(files: list[Source]) -> Iterator[Finding]:
    """Only `timezone.now()` and `localdate()`, and not even those where time is passed in as `at` or `on`."""
    for source in of_ocop(files):
        is_clock_free = source.kind in CLOCK_FREE_KINDS or source.parts[1] == "core"
        for call in source.calls():
            owner, name = _owner(call), called_name(call)
            if (owner, name) in NAIVE_CLOCK:
                yield source.finding(call, f"{owner}.{name}() has no time zone; use django.utils.timezone")
            elif is_clock_free and name in DJANGO_CLOCK and owner in {"timezone", ""} and not call.args:
                yield source.finding(call, f"reads the clock; {source.kind or 'core'} is told the time as `at` or `on`")


def _owner(call: ast.Call) -> str:
    value = call.func.value if isinstance(call.func, ast.Attribute) else None
    return value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else "" if value is None else "?"


def check_pure(files: list[Source]) -> Iterator[Finding]:
    """`rules` import neither Django nor anything that reads the machine; `core` may use `django.utils`, which holds no state."""
    for source in of_ocop(files):
        is_core = source.parts[1] == "core"
        if source.kind != "rules" and not is_core:
            continue
        for node in ast.walk(source.tree):
            for module in _imported(node):
                is_text_tool = module.startswith("django.utils") and (is_core or module == "django.utils.translation")
                if module.split(".")[0] in IMPURE and not is_text_tool:
                    yield source.finding(node, f"imports {module}; rules and core are arithmetic over values")


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def check_signals(files: list[Source]) -> Iterator[Finding]:
    """No signals: a write that happens by itself cannot be read where it happens."""
    for source in of_ocop(files):
        for node in ast.walk(source.tree):
            for module in _imported(node):
                if module.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals")):
                    yield source.finding(node, f"imports {module}; the higher room's action calls down instead")


def check_actions(files: list[Source]) -> Iterator[Finding]:
    """Public actions take keywords only, and say who acts; `records`, which others call inside their action, need not.

    In a package the public ones are those its `__init__` offers.
    """
    for source in of_ocop(files):
        if source.kind != "actions":
            continue
        offered = _offered(files, source)
        for node in source.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or (offered is not None and node.name not in offered):
                continue
            if node.args.args or node.args.posonlyargs:
                yield source.finding(node, f"{node.name}() takes positional arguments; an action is called with keywords only")
            elif source.parts[1] != "records" and "actor" not in {argument.arg for argument in node.args.kwonlyargs}:
                yield source.finding(node, f"{node.name}() has no `actor`: nothing is written without one")


def _offered(files: list[Source], source: Source) -> set[str] | None:
    """What the package of an `actions/…` file offers to others; None when the file is no part of a package."""
    front = f"{source.path.rsplit('/', 1)[0]}/__init__.py"
    if "/actions/" not in source.path or source.path == front:
        return None
    imports = (node for init in files if init.path == front for node in ast.walk(init.tree) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in imports for alias in node.names}

"""Which files a room may hold (ARCHITECTURE, "Inside a room"). An odd name fails until somebody places it here."""

from collections.abc import Iterator
from pathlib import Path

from tools.house.findings import ROOMS, Finding

SHAPELESS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "tools", "lib", "stuff", "base_views"}
ROOM_KINDS = {"enums", "rules", "models", "queries", "policies", "actions", "jobs", "readers", "admin", "demo", "apps"}
ROOM_FOLDERS = {"migrations", "management"}
CORE = {"actor", "dates", "digital_link", "gtin", "money", "person", "phones", "text", "verdict", "working_days"}
PAPERS = {"calendars", "fonts", "grids", "labels", "labels.typ", "letters", "letters.docx", "letters.typ", "qr", "sheets", "tables"}
# Kinds that one room alone has, each by an ADR.
EXTRA_KINDS: dict[str, set[str]] = {"records": {"backup", "messengers"}, "people": {"validators"}}
DESK_EXTRA: dict[str, set[str]] = {"people": {"adapters", "lockout"}}
API_EXTRA = {"schemas", "calls"}  # what goes in and out, and the way of every call
SCREEN_KINDS = {"urls", "views", "forms", "pages", "apps"}
SCREEN_FOLDERS = {"templates", "static"}
KIT_KINDS = SCREEN_KINDS | {"middleware", "context", "gates", "errors", "problems", "bundles", "fields", "frozen", "gallery", "health"}
KIT_KINDS |= {"limits", "peer", "words"}
KIT_FOLDERS = SCREEN_FOLDERS | {"templatetags", "locale"}
WING = {"apps", "checks", "management", "kit", "portal", "desk", "api", "locale"}


def members(folder: Path) -> Iterator[tuple[Path, str]]:
    """What stands in a folder, by name without `.py`; dunder files and compiled Python do not count."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "__")):
            continue
        if path.is_dir() and not any(path.rglob("*.*")):
            continue  # git does not keep empty folders either
        yield path, path.name.removesuffix(".py")


def odd(root: Path, folder: Path, allowed: set[str]) -> Iterator[Finding]:
    for path, name in members(folder):
        if name not in allowed:
            where = folder.relative_to(root).as_posix()
            yield Finding(path.relative_to(root).as_posix(), 1, f"is no kind of file {where}/ may hold: {', '.join(sorted(allowed))}")


def check_names(root: Path) -> Iterator[Finding]:
    """Every file of `ocop` against the table, and no shapeless name anywhere."""
    house = root / "ocop"
    yield from odd(root, house, {*ROOMS, "web"})
    for room in ROOMS:
        if (house / room).is_dir():
            kinds = {"core": CORE, "papers": PAPERS}.get(room, ROOM_KINDS | ROOM_FOLDERS | EXTRA_KINDS.get(room, set()))
            yield from odd(root, house / room, kinds)
    web = house / "web"
    if web.is_dir():
        yield from odd(root, web, WING)
        if (web / "kit").is_dir():
            yield from odd(root, web / "kit", KIT_KINDS | KIT_FOLDERS)
        for audience, extra in (("portal", set()), ("api", API_EXTRA)):
            if (web / audience).is_dir():
                yield from odd(root, web / audience, SCREEN_KINDS | SCREEN_FOLDERS | extra)
        yield from check_desk(root, web / "desk")
    for path in sorted(house.rglob("*")):
        if path.stem in SHAPELESS and (path.is_dir() or path.suffix == ".py"):
            yield Finding(path.relative_to(root).as_posix(), 1, "says nothing about what it holds; name it by its content")


def check_desk(root: Path, desk: Path) -> Iterator[Finding]:
    """The desk has one package per room, and `home`."""
    if not desk.is_dir():
        return
    yield from odd(root, desk, {*ROOMS, "home", "urls", "apps"})
    for package in sorted(path for path in desk.iterdir() if path.is_dir() and not path.name.startswith("__")):
        yield from odd(root, package, SCREEN_KINDS | SCREEN_FOLDERS | DESK_EXTRA.get(package.name, set()))

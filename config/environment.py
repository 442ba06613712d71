"""What the machine tells the project: every environment variable it reads, checked once at start.

`VARIABLES` is the one table; `docs/operations/settings.md` is generated from it and a test compares the two.
A value that is unknown or malformed stops the start with a sentence that names the variable and the mend.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO_SECRET = "demo-secret-known-to-everyone-never-use-it-in-production"  # noqa: S105 (it is meant to be public)
MODES = ("demo", "test", "production")
Check = Callable[[str], str | None]  # a sentence on what is wrong, or None


class BadEnvironment(SystemExit):
    """A variable is missing, unknown or malformed; the message says which and how to mend it."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: what it is for, what stands in for it, and how a value is checked."""

    name: str
    meaning: str
    default: str
    check: Check
    needed_in_production: bool = False


def _split(value: str, schemes: tuple[str, ...]) -> SplitResult | str:
    """The parts of an address, or the sentence on why it is none of ours."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # read here because a port that is no number is found only on reading
    except ValueError as error:
        return f"it is no address ({error})"
    if parts.scheme not in schemes:
        return f"it must begin with one of {', '.join(f'{scheme}://' for scheme in schemes)}"
    return parts


def _database(value: str) -> str | None:
    parts = _split(value, ("sqlite", "postgres", "postgresql"))
    if isinstance(parts, str):
        return parts
    if parts.scheme == "sqlite":
        is_file = parts.path.startswith("/") and len(parts.path) > 1 and not parts.netloc and ":memory:" not in value
        return None if is_file else "it must be sqlite:////path/of/the/file"
    return None if parts.hostname and len(parts.path) > 1 else "it must be postgres://user:password@host/name"


def _cache(value: str) -> str | None:
    parts = _split(value, ("locmem", "redis", "rediss"))
    if isinstance(parts, str):
        return parts
    return None if parts.scheme == "locmem" or parts.hostname else "it must be redis://host:6379/0"


def _storage(value: str) -> str | None:
    parts = _split(value, ("file", "s3"))
    if isinstance(parts, str):
        return parts
    if parts.scheme == "file":
        return None if len(parts.path) > 1 and not parts.netloc else "it must be file:///folder with three slashes"
    whole = parts.username and parts.password and parts.hostname and parts.path.strip("/")
    return None if whole else "it must be s3://key:secret@host:port/bucket"


def _email(value: str) -> str | None:
    parts = _split(value, ("smtp", "smtp+tls", "smtp+ssl", "console", "memory"))
    if isinstance(parts, str):
        return parts
    return None if parts.hostname or not parts.scheme.startswith("smtp") else "it must be smtp://user:password@host:587"


def _site(value: str) -> str | None:
    parts = _split(value, ("http", "https"))
    if isinstance(parts, str):
        return parts
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        return "it must be https://host without a path"
    return None


def _mode(value: str) -> str | None:
    return None if value in MODES else f"it must be one of {', '.join(MODES)}"


def _secret(value: str) -> str | None:
    if len(value) >= 50 and len(set(value)) >= 5:
        return None
    return "it must have at least 50 random characters (python -c 'import secrets; print(secrets.token_urlsafe(64))' makes one)"


def _hosts(value: str) -> str | None:
    hosts = [host.strip() for host in value.split(",")]
    if not all(hosts) or any(letter in host for host in hosts for letter in "*/ @"):
        return "it must be host names separated by commas, without * or /"
    return None


def _between(low: int, high: int) -> Check:
    def check(value: str) -> str | None:
        inside = value.isascii() and value.isdigit() and low <= int(value) <= high
        return None if inside else f"it must be a whole number from {low} to {high}"

    return check


def _witnesses(value: str) -> str | None:
    addresses = [address.strip() for address in value.split(",")]
    if any(address.count("@") != 1 or " " in address or address.startswith("@") or address.endswith("@") for address in addresses):
        return "it must be e-mail addresses separated by commas"
    return None


def _tiles(value: str) -> str | None:
    parts = _split(value, ("http", "https"))
    if isinstance(parts, str):
        return parts
    return None if parts.hostname and all(mark in value for mark in ("{z}", "{x}", "{y}")) else "it must hold {z}, {x} and {y}"


VARIABLES = (
    Variable("OCOP_MODE", "`demo` (plain HTTP, demo accounts), `production`, or `test` (the test suite alone)", "demo", _mode),
    Variable(
        "DATABASE_URL",
        "where the data is kept: `sqlite:////path/of/the/file` or `postgres://user:password@host/name`",
        f"sqlite:///{BASE_DIR}/var/ocop.sqlite3",
        _database,
        needed_in_production=True,
    ),
    Variable(
        "MIGRATE_DATABASE_URL",
        "the connection of the database's owner, used by `migrate`, `backup` and `restore` alone; left out, it is `DATABASE_URL`",
        "",
        _database,
    ),
    Variable("CACHE_URL", "`locmem://`, or `redis://host:6379/0` (Valkey speaks it too) when several processes serve", "locmem://", _cache),
    Variable(
        "STORAGE_URL",
        "where uploaded files are kept: `file:///folder`, or `s3://key:secret@host:port/bucket` for any S3-compatible store",
        f"file://{BASE_DIR}/var/files",
        _storage,
    ),
    Variable(
        "EMAIL_URL",
        "`smtp+tls://user:password@host:587`, `smtp+ssl://…:465`, `smtp://…`, or `console://`, which prints instead of sending",
        "console://",
        _email,
        needed_in_production=True,
    ),
    Variable("SECRET_KEY", "signs sessions and links; at least 50 random characters", DEMO_SECRET, _secret, needed_in_production=True),
    Variable(
        "ALLOWED_HOSTS",
        "the host names this site answers to, separated by commas; any other is answered 400",
        "localhost,127.0.0.1,[::1],testserver",
        _hosts,
        needed_in_production=True,
    ),
    Variable(
        "SITE_URL",
        "the public address, as printed in QR codes and e-mails; `https://` in production; by default `http://localhost` with `PORT`",
        "",
        _site,
        needed_in_production=True,
    ),
    Variable(
        "TRUSTED_PROXIES",
        "how many proxies of yours stand in front and set `X-Forwarded-For` and `X-Forwarded-Proto`; 0 believes no such header",
        "0",
        _between(0, 5),
    ),
    Variable(
        "MAP_TILES_URL", "a tile address such as `https://tiles.example/{z}/{x}/{y}.png`; empty draws our own outlines only", "", _tiles
    ),
    Variable(
        "WITNESSES",
        "who keeps the daily head of the audit chain outside this machine: e-mail addresses in different bodies, separated by commas",
        "",
        _witnesses,
    ),
    Variable("PORT", "the port `make run` and the container listen on", "8000", _between(1, 65535)),
)


def read_environment(source: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Every variable's value, checked; raises `BadEnvironment` with one sentence for the first that is wrong."""
    known = {variable.name for variable in VARIABLES}
    for name in source:
        if name.startswith("OCOP_") and name not in known:
            raise BadEnvironment(f"{name} is not a setting of this project; docs/operations/settings.md lists them all.")
    values = {variable.name: source.get(variable.name) or variable.default for variable in VARIABLES}
    for variable in VARIABLES:
        value = values[variable.name]
        if value and (wrong := variable.check(value)):
            raise BadEnvironment(f"{variable.name} is malformed: {wrong}.")
    if values["OCOP_MODE"] == "production":
        _refuse_demo_values(source, values)
    values["MIGRATE_DATABASE_URL"] = values["MIGRATE_DATABASE_URL"] or values["DATABASE_URL"]
    values["SITE_URL"] = values["SITE_URL"] or f"http://localhost:{values['PORT']}"
    return values


def refuse_missing_packages(values: Mapping[str, str]) -> None:
    """An address may need a package that only `locks/production.txt` installs."""
    for name, scheme, package in (("CACHE_URL", "redis", "redis"), ("STORAGE_URL", "s3", "storages")):
        if values[name].startswith(scheme) and find_spec(package) is None:
            raise BadEnvironment(
                f"{name} is {scheme}://… and its package is missing: pip install --require-hashes -r locks/production.txt."
            )


def _refuse_demo_values(source: Mapping[str, str], values: Mapping[str, str]) -> None:
    """What is convenient on a laptop must not reach the public."""
    for variable in VARIABLES:
        if variable.needed_in_production and not source.get(variable.name):
            raise BadEnvironment(f"{variable.name} must be set when OCOP_MODE=production: {variable.meaning}.")
    if values["SECRET_KEY"] == DEMO_SECRET:
        raise BadEnvironment("SECRET_KEY is the demo secret; set one of your own when OCOP_MODE=production.")
    if not values["SITE_URL"].startswith("https://"):
        raise BadEnvironment("SITE_URL is malformed: it must begin with https:// when OCOP_MODE=production.")

"""What the desk's header shows. Asked only by templates that use it, and only for somebody who is signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from ocop.core.actor import VISITOR, Actor
from ocop.people import queries as people
from ocop.records import queries as records
from ocop.web.kit.gates import Gate
from ocop.web.kit.words import role_name


@dataclass(frozen=True, slots=True)
class MenuItem:
    url: str
    label: str
    icon: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    place: int
    url_name: str
    label: str | Promise
    roles: frozenset[str]


class Desk:
    """`desk` in every template: name, hat, menu and what waits, each looked up when it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", VISITOR)
        self.is_demo = not settings.IS_PRODUCTION

    @property
    def is_signed_in(self) -> bool:
        return self.actor.is_signed_in

    @property
    def name(self) -> str:
        return str(self.request.user)

    @property
    def initial(self) -> str:
        return (self.name.split() or ["?"])[-1][:1].upper()

    @cached_property
    def hats(self) -> list[Any]:
        """The mandates this person may choose from today."""
        return list(people.mandates_of(self.request.user, timezone.localdate())) if self.is_signed_in else []

    @cached_property
    def hat(self) -> str:
        """The present one in words: "Cán bộ xã, phường, UBND xã Côn Minh"."""
        chosen = next((hat for hat in self.hats if hat.pk == self.actor.mandate_id), None)
        return f"{role_name(chosen.role)}, {chosen.office or chosen.subject_name}" if chosen else ""

    @property
    def hat_url(self) -> str:
        return _url("desk:hats") if len(self.hats) > 1 else ""

    @cached_property
    def notices(self) -> int:
        return records.notices_waiting_count(self.actor.user_id) if self.actor.user_id else 0

    @cached_property
    def menu(self) -> list[MenuItem]:
        """Every desk page that names itself for the menu and lets this hat in; so the menu never offers a closed door."""
        here = self.request.resolver_match.view_name if self.request.resolver_match else ""
        found = [entry for entry in _menu() if not entry.roles or self.actor.role in entry.roles]
        return [MenuItem(_url(entry.url_name), str(entry.label), is_here=entry.url_name == here) for entry in found]

    @property
    def own(self) -> list[MenuItem]:
        """Pages about one's own account."""
        pages = (
            ("desk:profile", _("Tài khoản của tôi"), "user"),
            ("account_change_password", _("Đổi mật khẩu"), "key"),
            ("mfa_index", _("Bảo mật hai lớp"), "fingerprint"),
            ("usersessions_list", _("Phiên đăng nhập"), "phone-device"),
        )
        return [MenuItem(url, label, icon) for name, label, icon in pages if (url := _url(name))]


def desk(request: HttpRequest) -> dict[str, Desk]:
    return {"desk": Desk(request)}


@cache
def _menu() -> tuple[_Entry, ...]:
    entries = list(_entries(get_resolver().url_patterns, ()))
    return tuple(sorted(entries, key=lambda entry: (entry.place, entry.url_name)))


def _entries(patterns: Iterable[URLPattern | URLResolver], spaces: tuple[str, ...]) -> Iterable[_Entry]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _entries(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
            continue
        gate: Gate | None = getattr(pattern.callback, "gate", None)
        if gate and gate.menu:
            yield _Entry(gate.menu_place, ":".join((*spaces, pattern.name or "")), gate.menu, gate.roles)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

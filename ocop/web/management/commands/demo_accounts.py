"""What a person or a program needs to walk through the demo: accounts, planted values, and an example of every address."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from ocop.core.text import slug
from ocop.people.demo import ACCOUNTS, DEMO_TOKEN
from ocop.people.models import Invitation, User
from ocop.places.models import Unit
from ocop.places.rules import split_kind
from ocop.privacy import demo as privacy
from ocop.privacy.models import DataRequest
from ocop.programme.queries import figure_years
from ocop.records.enums import DeliveryState, FileKind
from ocop.records.models import AuditEntry, Delivery, Notice, Rendition, StoredFile
from ocop.register.demo import CANARIES, PRODUCERS, PRODUCTS
from ocop.register.demo.renewals import ANSWERED, DEMO_FEED_TOKEN, FILED, LATE, UNVERIFIED
from ocop.register.enums import PriceKind
from ocop.register.models import IntakeBatch, IntakeRow, Producer, ProducerClaim, Product, Recognition, Report, TourismSite

_NOBODY = "khong-co"  # an example for what the demo holds none of, such as somebody's open invitation
_SIMPLE = ("GET", "HEAD")


class Address(NamedTuple):
    """One URL pattern of one language."""

    name: str
    route: str
    pattern: URLPattern


class Command(BaseCommand):
    help = "Print the demo's accounts, planted values and addresses as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the only format there is; named so that callers say what they expect")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("OCOP_MODE=production: there are no demo accounts.")
        answer = {"accounts": accounts(), "canaries": [*CANARIES, *privacy.CANARIES], "urls": addresses()}
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def accounts() -> list[dict[str, str]]:
    """Two of each role in different organisations, and the throw-away one."""
    keys = ("role", "organisation", "username", "password", "purpose")
    return [{key: str(getattr(row, key)) for key in keys} for row in ACCOUNTS]


def addresses() -> list[dict[str, Any]]:
    """Every URL pattern, in each language it exists in, with one working example and what its gate says."""
    rows = []
    for language, _words in settings.LANGUAGES:
        with translation.override(language):
            for address in _walk(get_resolver(), "", ()):
                if language == settings.LANGUAGE_CODE or address.route.startswith(f"{language}/"):
                    rows.append(_row(address))
    return sorted(rows, key=lambda row: (row["pattern"], row["name"]))


def _row(address: Address) -> dict[str, Any]:
    gate = getattr(address.pattern.callback, "gate", None)
    return {
        "name": address.name,
        "pattern": f"/{address.route}",
        "example": _example(address),
        "public": gate is not None and gate.kind in ("public", "open", "api"),
        "methods": list(gate.methods if gate else _SIMPLE),
    }


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern).removeprefix("^")
        if isinstance(each, URLResolver):
            yield from _walk(each, route, (*spaces, each.namespace) if each.namespace else spaces)
        else:
            name = ":".join((*spaces, each.name or "")) if each.name else ""
            yield Address(name, route, each)


def _example(address: Address) -> str:
    """The pattern's own address with real or demo objects for its values."""
    values = {name: _value(address, name) for name in _parameters(address.route)}
    try:
        return reverse(address.name, kwargs=values or None) + _QUERIES.get(address.name, "")
    except NoReverseMatch:
        return f"/{_filled(address.route, values)}"


def _filled(route: str, values: dict[str, Any]) -> str:
    """The route as text with the values in place: for patterns that cannot be asked by name."""
    shown = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), route)
    return re.sub(r"\(\?P<\w+>[^)]*\)|\\Z|\$$|\\", "", shown)


def _parameters(route: str) -> list[str]:
    """Names of the values in a route, written `<slug:code>` or as a named group."""
    return re.findall(r"<(?:\w+:)?(\w+)>", route)


def _value(address: Address, parameter: str) -> str:
    """The first row of the table whose view and value fit."""
    for names, wanted, find in _EXAMPLES:
        if wanted == parameter and re.fullmatch(names, address.name) and (found := find()):
            return str(found)
    return "1" if f"<int:{parameter}>" in address.route else _LAST_RESORT.get(parameter, _NOBODY)


def _of(model: type[Model], field: str, **conditions: Any) -> Callable[[], Any]:
    """A value of the first row that fits."""
    return lambda: model._default_manager.filter(**conditions).order_by("pk").values_list(field, flat=True).first()


def _commune(kind: str) -> Callable[[], str]:
    def find() -> str:
        product = Product.objects.select_related("commune_now").filter(public_id="BK001").first()
        unit = product.commune_now if product else None
        if unit is None:
            return _NOBODY
        return unit.code if kind == "code" else slug(split_kind(unit.name)[1])

    return find


def _latest_year() -> int | None:
    return next(iter(figure_years()), None)


_NO_PRODUCT = "09521234543213"  # GS1's own example; nobody's, so the register never has it: the demo invents no barcode
_DEMO_PRODUCT, _DEMO_PRODUCER = PRODUCTS[0].public_id, PRODUCERS[0].code
_PHOTO = {"kind": FileKind.PHOTO, "removed_at__isnull": True}
_CLAIM = {"user__is_demo": True}
_PRIVATE = {"kind": FileKind.MISUSE_PHOTO, "removed_at__isnull": True}
_PARKED = {"state": DeliveryState.PARKED}

# (view, value, where an example comes from); the first that fits counts. Real things for the public, demo things for the desk.
_EXAMPLES: tuple[tuple[str, str, Callable[[], Any]], ...] = (
    (r"portal:producer", "code", _of(Producer, "code", is_demo=False, code="htx-tai-hoan")),
    (r"portal:(commune|locator)", "code", _commune("code")),
    (r"portal:commune", "name", _commune("name")),
    (r"portal:open_data_\w+", "name", lambda: "places"),  # the one that comes in every format
    (r"portal:figures_of", "year", _latest_year),
    (r"resolver:gtin", "rest", lambda: _NO_PRODUCT),
    (r"portal:tourism_site", "key", _of(TourismSite, "key")),
    (r"portal:report_\w+", "code", _of(Report, "code", is_demo=True)),
    (r"portal:\w+", "code", _of(Product, "public_id", public_id="BK001")),
    (r"(\w+:)?photo", "key", _of(StoredFile, "key", **_PHOTO)),
    (r"(\w+:)?photo", "width", _of(Rendition, "width")),
    (r"(\w+:)?photo", "image_format", lambda: "webp"),
    (r"(\w+:)?file", "key", _of(StoredFile, "key", **_PRIVATE)),
    (r"api:producer", "code", _of(Producer, "code", is_demo=False, code="htx-tai-hoan")),
    (r"api:(recognition|confirm)", "code", _of(Recognition, "code", is_demo=False)),
    (r"api:\w+", "code", _of(Product, "public_id", public_id="BK001")),
    (r"api:place", "key", _of(Unit, "key", is_home=True, valid_to__isnull=True)),
    (r"api:site", "key", _of(TourismSite, "key")),
    (r"desk:\w*report\w*", "code", _of(Report, "code", is_demo=True)),
    (r"desk:(withdraw|extend|confirm|end_recognition)", "code", _of(Recognition, "code", is_demo=True)),
    (r"desk:renewal_decide", "code", lambda: LATE),
    (r"desk:renewal_refused", "code", lambda: FILED),
    (r"desk:answer", "code", lambda: UNVERIFIED),
    (r"desk:answer", "kind", lambda: "con-gia-tri"),
    (r"desk:answer_\w+", "code", lambda: ANSWERED),
    (r"desk:calendar_feed", "token", lambda: DEMO_FEED_TOKEN),
    (r"desk:(person|grant|end_mandate|assisted_reset|deactivate|reactivate|factor_reset\w*)", "code", _of(User, "code", is_demo=True)),
    (r"desk:invitation_revoke", "code", _of(Invitation, "code")),
    (r"desk:invitation_accept", "token", lambda: DEMO_TOKEN),
    (r"desk:data_request\w*", "code", _of(DataRequest, "code", is_demo=True)),
    (r"desk:claim", "code", _of(ProducerClaim, "producer__code", **_CLAIM)),
    (r"desk:intake\w*", "code", _of(IntakeBatch, "code", is_demo=True)),
    (r"desk:intake_row", "n", _of(IntakeRow, "n", batch__is_demo=True)),
    (r"desk:\w*(producer|contact|legal|link)\w*", "code", lambda: _DEMO_PRODUCER),
    (r"desk:(merge|judge_distinct|reconsider|unmerge)", "kind", lambda: "chu-the"),
    (r"desk:\w+", "first", lambda: _DEMO_PRODUCER),
    (r"desk:\w+", "second", lambda: PRODUCERS[1].code),
    (r"desk:unmerge", "code", lambda: _NOBODY),
    (r"desk:\w+", "code", lambda: _DEMO_PRODUCT),
    (r"desk:price\w*", "kind", lambda: PriceKind.RETAIL.value),
    (r"desk:\w+", "notice_id", _of(Notice, "pk")),
    (r"desk:\w+", "delivery_id", _of(Delivery, "pk", **_PARKED)),
    (r"desk:audit\w*", "n", _of(AuditEntry, "n")),
)
# What answers nothing without a question.
_QUERIES = {"portal:verify_json": "?ma=BK001", "api:verify": "?code=BK001", "portal:on_label": "?10=L1&15=261231"}
_LAST_RESORT = {"number": "1", "width": "640", "uidb36": "1", "key": "0" * 32}

"""Products for the portal's tests, made straight in the tables: a maker, a place, a star that stands as asked."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ocop.core.text import search_key, slug, sort_key
from ocop.places.models import Succession, Unit
from ocop.register.models import LegalFormSpan, Producer, Product, Recognition, StandingSpan
from ocop.register.rules import search_text

AT = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = AT.date()
MERGED_ON = date(2025, 7, 1)
SOURCE = {"source_url": "https://example.vn/bai-bao", "confidence": "medium", "as_of": date(2026, 11, 1)}


def make_places() -> dict[str, Unit]:
    """Chợ Đồn with Bằng Phúc and Đồng Phúc, which went into today's xã Đồng Phúc; Na Rì with Côn Minh, which stayed."""
    old = Unit.objects.create(key="06", code="06", name="Tỉnh Bắc Kạn", folded="bac kan", kind="province", valid_to=MERGED_ON, is_home=True)
    new = Unit.objects.create(key="19", code="19", name="Tỉnh Thái Nguyên", folded="thai nguyen", kind="province", valid_from=MERGED_ON)
    units = {}
    for key, name, kind, parent, ended in (
        ("cho-don", "Huyện Chợ Đồn", "district", old, True),
        ("na-ri", "Huyện Na Rì", "district", old, True),
        ("bang-phuc", "Xã Bằng Phúc", "commune", "cho-don", True),
        ("con-minh-cu", "Xã Côn Minh", "commune", "na-ri", True),
        ("dong-phuc", "Xã Đồng Phúc", "commune", new, False),
        ("con-minh", "Xã Côn Minh", "commune", new, False),
        ("ba-be", "Xã Ba Bể", "commune", new, False),
    ):
        span = {"valid_to": MERGED_ON} if ended else {"valid_from": MERGED_ON}
        units[key] = Unit.objects.create(
            key=key,
            code=f"{len(units):05d}",
            name=name,
            folded=search_key(name.split(" ", 1)[1]),
            kind=kind,
            parent=units.get(parent, parent),
            is_home=True,
            **span,
        )
    for was, now in (("bang-phuc", "dong-phuc"), ("con-minh-cu", "con-minh")):
        Succession.objects.create(predecessor=units[was], successor=units[now], effective_on=MERGED_ON, relation="whole_merge")
    return units


def make_producer(name: str = "HTX Tài Hoan", form: str = "hop_tac_xa", **more: Any) -> Producer:
    producer = Producer.objects.create(
        **{
            **SOURCE,
            "code": slug(name) or "chu-the",
            "name": name,
            "folded": search_key(name)[:220],
            "sort_key": sort_key(name),
            "updated_at": AT,
            **more,
        }
    )
    LegalFormSpan.objects.create(producer=producer, form=form, **SOURCE)
    return producer


def make_product(name: str, *, code: str = "", star: tuple[str, int | None, date | None] | None = None, **more: Any) -> Product:
    """A published product; `star` is (kind, stars, until) for all time, from a recognition of 2021 unless it is "none"."""
    code = code or f"BK{Product.objects.count() + 1:03d}"
    unit = more.get("unit")
    places = [unit.name, unit.parent.name if unit and unit.parent else ""] if unit else []
    product = Product.objects.create(
        **{
            **SOURCE,
            "public_id": code,
            "slug": slug(name)[:120] or "san-pham",
            "name": name,
            "sort_key": sort_key(name),
            "search_text": search_text([name, *places]),
            "art": "mien",
            "created_at": AT,
            "updated_at": AT,
            **more,
        }
    )
    if star:
        give_star(product, *star)
    return product


def give_star(product: Product, kind: str, stars: int | None = None, until: date | None = None, **more: Any) -> Recognition | None:
    recognition = None
    if kind != "none":
        recognition = Recognition.objects.create(
            **{
                **SOURCE,
                "code": f"{product.public_id}-R{product.recognitions.count() + 1}",
                "product": product,
                "stars": stars,
                "recognised_on": date(2021, 6, 30),
                "recognised_precision": "day",
                "end_basis": "stated",
                "decision_no": f"{product.public_id}/QĐ-UBND",
                "recorded_at": AT,
                "is_demo": product.is_demo,
                **more,
            }
        )
    reasons = {"valid": "holds_to_stated_end", "extended": "extended_by_receipt", "expired": "stated_end_passed", "none": "no_recognition"}
    reason = {**reasons, "withdrawn": "withdrawn_by_decision", "unverified": "end_unknown"}[kind]
    StandingSpan.objects.create(product=product, kind=kind, stars=stars, until=until, recognition=recognition, reason=reason)
    return recognition


def far() -> date:
    return TODAY + timedelta(days=400)


def soon() -> date:
    return TODAY + timedelta(days=100)


def past() -> date:
    return TODAY - timedelta(days=100)

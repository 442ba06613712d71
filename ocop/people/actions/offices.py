"""The offices of the province, out of its units: real bodies, not demo."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.core.text import slug
from ocop.people.enums import OfficeKind
from ocop.people.models import Office
from ocop.people.queries import in_force
from ocop.places.enums import COMMUNE_KINDS, UnitKind
from ocop.places.models import Unit
from ocop.records.actions import record


class NoProvince(Exception):
    """The units are not loaded: there is no home commune in force, so no province above it."""


@dataclass(frozen=True, slots=True)
class _Body:
    key: str
    name: str
    name_en: str
    kind: str


# `{tinh}` is the province's name with its kind, "tỉnh Thái Nguyên".
_PROVINCE_BODIES = (
    _Body("ubnd", "UBND {tinh}", "People's Committee of {tinh_en}", OfficeKind.PROVINCE_COMMITTEE),
    _Body("co-quan-ocop", "Cơ quan tham mưu quản lý OCOP {tinh}", "OCOP office of {tinh_en}", OfficeKind.OCOP_OFFICE),
    _Body("so-cong-thuong", "Sở Công Thương {tinh}", "Department of Industry and Trade of {tinh_en}", OfficeKind.DEPARTMENT),
    _Body("xuc-tien", "Trung tâm Xúc tiến thương mại {tinh}", "Trade Promotion Centre of {tinh_en}", OfficeKind.PROMOTION_CENTRE),
    _Body("hoi-dong", "Hội đồng đánh giá, phân hạng sản phẩm OCOP {tinh}", "OCOP Council of {tinh_en}", OfficeKind.COUNCIL),
    _Body("to-tu-van", "Tổ tư vấn giúp việc Hội đồng OCOP {tinh}", "OCOP advisory team of {tinh_en}", OfficeKind.ADVISORY_TEAM),
    _Body("thanh-tra", "Thanh tra {tinh}", "Inspectorate of {tinh_en}", OfficeKind.INSPECTORATE),
)


@transaction.atomic
def load_offices(*, actor: Actor, at: datetime) -> int:
    """Write down the province's bodies and the committee of each home commune in force; returns how many were new. Idempotent.

    Raises `NoProvince`.
    """
    today = Unit.objects.filter(in_force(localdate(at)))
    communes = list(today.filter(is_home=True, kind__in=COMMUNE_KINDS).select_related("parent").order_by("code"))
    province = communes[0].parent if communes else None
    if province is None or province.kind != UnitKind.PROVINCE:
        raise NoProvince("Load the administrative units first: manage.py seed places.")
    wanted = [_of_province(body, province) for body in _PROVINCE_BODIES] + [_of_commune(commune) for commune in communes]
    known = set(Office.objects.filter(key__in=[office.key for office in wanted]).values_list("key", flat=True))
    new = [office for office in wanted if office.key not in known]
    Office.objects.bulk_create(new)
    if new:
        keys = sorted(office.key for office in new)
        record(actor=actor, event="offices.loaded", subject=f"unit:{province.key}", data={"offices": keys}, at=at, public=False)
    return len(new)


def _of_province(body: _Body, province: Unit) -> Office:
    bare = province.name.removeprefix("Tỉnh ")
    names = {"tinh": f"tỉnh {bare}", "tinh_en": f"{bare} province"}
    return Office(
        key=f"{body.key}-{slug(bare)}",
        name=body.name.format(**names),
        name_en=body.name_en.format(**names),
        kind=body.kind,
        unit=province,
        valid_from=province.valid_from,
    )


def _of_commune(commune: Unit) -> Office:
    kind, _space, bare = commune.name.partition(" ")
    return Office(
        key=f"ubnd-{slug(commune.name)}-{commune.code}",
        name=f"UBND {kind.lower()} {bare}",
        name_en=f"People's Committee of {bare} {'ward' if commune.kind == UnitKind.WARD else 'commune'}",
        kind=OfficeKind.COMMUNE_COMMITTEE,
        unit=commune,
        valid_from=commune.valid_from,
    )

"""The cast of the house: people with mandates, two producers in neighbouring communes, and the places they live in.

`stage()` builds the places and offices, `cast_on(stage)` everybody. Everything is made by the rooms' own actions.
"""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from ocop.core.actor import Actor, system_actor
from ocop.core.text import fold
from ocop.people import queries as people_queries
from ocop.people.actions import create_user, grant_mandate, load_offices
from ocop.people.enums import Role
from ocop.people.models import Office, User
from ocop.people.queries import actor_for
from ocop.places.models import Succession, Unit
from ocop.places.rules import split_kind
from ocop.register.actions import create_producer, create_product, record_recognition
from ocop.register.models import Producer, Product, Recognition

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOW.date()
MERGED_ON = date(2025, 7, 1)
SEED = system_actor("test")
PASSWORD = "suong-som-ven-nuong-thu"
_numbers = count(1)


@dataclass(frozen=True)
class Stage:
    """Na Rì and Chợ Đồn as they were, xã Côn Minh and xã Đồng Phúc as they are."""

    province: Unit
    con_minh: Unit
    dong_phuc: Unit
    bang_phuc: Unit
    cho_don: Unit


@dataclass(frozen=True)
class Cast:
    """Everybody as the actor of their one mandate, and what two of them make."""

    stage: Stage
    producer: Actor  # she keeps `maker`
    rival: Actor  # he keeps `rival_maker`, in the next commune
    clerk: Actor  # of the producer's commune
    rival_clerk: Actor
    officer: Actor  # of the OCOP office
    second_officer: Actor
    advisor: Actor
    member: Actor  # of the council; the producer's cousin, so she has a conflict of interest
    chair: Actor
    secretary: Actor
    leader: Actor
    promoter: Actor
    keeper: Actor
    buyer: Actor
    inspector: Actor
    administrator: Actor
    newcomer: Actor  # has an account and no mandate
    maker: Producer
    rival_maker: Producer
    product: Product
    rival_product: Product


def stage() -> Stage:
    """Two districts that ended and the communes that came of them, with their offices."""
    people_queries.password_words.cache_clear()
    old = _unit("06@1997-01-01", "06", "Tỉnh Bắc Kạn", "province", None, date(1997, 1, 1), MERGED_ON)
    new = _unit("19@2025-07-01", "19", "Tỉnh Thái Nguyên", "province", None, MERGED_ON, None)
    na_ri = _unit("066@to-2025-06-30", "066", "Huyện Na Rì", "district", old, None, MERGED_ON)
    cho_don = _unit("064@to-2025-06-30", "064", "Huyện Chợ Đồn", "district", old, None, MERGED_ON)
    old_con_minh = _unit("02173@to-2025-06-30", "02173", "Xã Côn Minh", "commune", na_ri, None, MERGED_ON)
    bang_phuc = _unit("02023@to-2025-06-30", "02023", "Xã Bằng Phúc", "commune", cho_don, None, MERGED_ON)
    con_minh = _unit("02185@2025-07-01", "02185", "Xã Côn Minh", "commune", new, MERGED_ON, None)
    dong_phuc = _unit("01933@2025-07-01", "01933", "Xã Đồng Phúc", "commune", new, MERGED_ON, None)
    for before, after in ((old_con_minh, con_minh), (bang_phuc, dong_phuc)):
        Succession.objects.create(predecessor=before, successor=after, effective_on=MERGED_ON, relation="whole_merge")
    load_offices(actor=SEED, at=NOW)
    return Stage(new, con_minh, dong_phuc, bang_phuc, cho_don)


def _unit(key: str, code: str, name: str, kind: str, parent: Unit | None, valid_from: date | None, valid_to: date | None) -> Unit:
    return Unit.objects.create(
        key=key,
        code=code,
        name=name,
        folded=fold(split_kind(name)[1]),
        kind=kind,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        is_home=kind != "province" or code == "06",
    )


def person(name: str, role: str = "", place: str = "") -> Actor:
    """Somebody with an account and one mandate since July: `place` is the beginning of an office's key, or a subject."""
    user = create_user(
        actor=SEED, full_name=name, password=PASSWORD, at=NOW, email=f"dien-vien-{next(_numbers)}@thu.vn", is_email_verified=True
    )
    if role:
        office = Office.objects.filter(key__startswith=place).first() if ":" not in place else None
        subject = "" if office else place
        grant_mandate(
            actor=SEED, user=user, role=role, valid_from=date(2026, 7, 1), at=NOW, office=office, subject=subject, subject_name=subject
        )
        User.objects.filter(pk=user.pk).update(needs_new_password=False)
    return actor_for(User.objects.get(pk=user.pk), None, TODAY)


def cast_on(on: Stage) -> Cast:
    """Everybody."""
    maker = make_producer("HTX Mai", on.con_minh)
    rival_maker = make_producer("HTX Lan", on.bang_phuc)
    return Cast(
        stage=on,
        producer=person("Nông Thị Mai", Role.PRODUCER, f"producer:{maker.code}"),
        rival=person("Triệu Văn Lan", Role.PRODUCER, f"producer:{rival_maker.code}"),
        clerk=person("Hoàng Thị Xã", Role.COMMUNE_OFFICER, "ubnd-xa-con-minh"),
        rival_clerk=person("Ma Văn Xã", Role.COMMUNE_OFFICER, "ubnd-xa-dong-phuc"),
        officer=person("Lý Thị Tỉnh", Role.OCOP_OFFICER, "co-quan-ocop"),
        second_officer=person("Đàm Văn Tỉnh", Role.OCOP_OFFICER, "co-quan-ocop"),
        advisor=person("Bàn Thị Tư", Role.ADVISORY_MEMBER, "to-tu-van"),
        member=person("Nông Thị Họ", Role.COUNCIL_MEMBER, "hoi-dong"),
        chair=person("Phùng Văn Chủ", Role.CHAIR, "hoi-dong"),
        secretary=person("Vi Thị Thư", Role.SECRETARY, "hoi-dong"),
        leader=person("Dương Văn Lãnh", Role.LEADER, "ubnd-thai-nguyen"),
        promoter=person("Trần Thị Xúc", Role.PROMOTION_OFFICER, "xuc-tien"),
        keeper=person("Phạm Văn Quầy", Role.KEEPER, "sales_point:quay-thu"),
        buyer=person("Đỗ Thị Mua", Role.BUYER, "buyer:sieu-thi-thu"),
        inspector=person("Ngô Văn Tra", Role.INSPECTOR, "thanh-tra"),
        administrator=person("Chu Thị Quản", Role.ADMINISTRATOR, "co-quan-ocop"),
        newcomer=person("Quách Văn Mới"),
        maker=maker,
        rival_maker=rival_maker,
        product=make_product("Miến dong Mai", maker),
        rival_product=make_product("Rượu men lá Lan", rival_maker, set_no=14),
    )


def make_producer(name: str, unit: Unit | None = None, **more: Any) -> Producer:
    return create_producer(actor=SEED, name=name, form="hop_tac_xa", at=NOW, unit=unit, **more)


def make_product(name: str, producer: Producer | None = None, **more: Any) -> Product:
    return create_product(actor=SEED, name=name, at=NOW, producer=producer, **{"set_no": 7, **more})


def recognise(product: Product, **more: Any) -> Recognition:
    """A four-star recognition of last year, with its decision."""
    facts: dict[str, Any] = {
        "kind": "lan_dau",
        "stars": 4,
        "signed_on": date(2025, 9, 1),
        "signatory": "Chủ tịch UBND tỉnh",
        "decision_no": "1/QĐ-UBND",
    }
    return record_recognition(**{"actor": SEED, "product": product, "at": NOW, **facts, **more})


def picture(name: str = "anh.png") -> ContentFile:
    """A small real PNG, as an upload."""
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "#26346b").save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name=name)


@pytest.fixture
def cast(db: None) -> Cast:
    return cast_on(stage())

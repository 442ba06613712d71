"""Demo rows of renewals: a star in every stage, stars that wait for their commune's answer, and an answer to check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.core.dates import add_months
from ocop.people.enums import Role
from ocop.people.models import Office, User
from ocop.people.queries import actor_for
from ocop.people.rules import digest_of_token
from ocop.register import actions
from ocop.register.enums import LateChoice, RecognitionKind
from ocop.register.models import CalendarFeed, Producer, Product, Recognition

SOURCE = "Dữ liệu demo, không có thật"
CHAIRMAN = "Chủ tịch UBND tỉnh (demo)"
# The address of a calendar of the first commune, public like the demo's passwords.
DEMO_FEED_TOKEN = "lich-demo-ai-cung-biet"  # noqa: S105
ANSWERED, FILED, LATE, UNVERIFIED = "BKD017", "BKD013", "BKD012", "BKD016"


@dataclass(frozen=True, slots=True)
class DemoRenewal:
    """A product whose certificate ends in so many days; `fate` names what was done about it."""

    public_id: str
    name: str
    name_en: str
    producer: str
    days_left: int
    fate: str = ""


RENEWALS = (
    DemoRenewal("BKD008", "Bí xanh thơm mẫu (demo)", "Sample fragrant gourd (demo)", "demo-htx-con-minh", 215),
    DemoRenewal("BKD009", "Khoai môn mẫu (demo)", "Sample taro (demo)", "demo-htx-con-minh", 172),
    DemoRenewal("BKD010", "Chè Shan tuyết mẫu (demo)", "Sample Shan tea (demo)", "demo-htx-dong-phuc", 141),
    DemoRenewal("BKD011", "Lạp sườn mẫu (demo)", "Sample sausage (demo)", "demo-htx-con-minh", 124),
    DemoRenewal(LATE, "Tinh bột nghệ mẫu (demo)", "Sample turmeric starch (demo)", "demo-htx-con-minh", 95),
    DemoRenewal(FILED, "Miến dong sợi nhỏ mẫu (demo)", "Sample thin noodles (demo)", "demo-htx-con-minh", 110, "filed"),
    DemoRenewal("BKD014", "Giảo cổ lam mẫu (demo)", "Sample jiaogulan (demo)", "demo-htx-dong-phuc", 70, "letting"),
    DemoRenewal("BKD015", "Cơm cháy mẫu (demo)", "Sample rice crackers (demo)", "demo-co-so-xuan-duong", -20),
)
# Recognised so long ago that the computed end has passed; nobody has shown a later paper.
WAITING = (
    DemoRenewal(UNVERIFIED, "Bún khô mẫu (demo)", "Sample dried vermicelli (demo)", "demo-htx-con-minh", -200),
    DemoRenewal(ANSWERED, "Dưa kiệu mẫu (demo)", "Sample pickled leeks (demo)", "demo-htx-con-minh", -300, "answered"),
    DemoRenewal("BKD018", "Bánh gio mẫu (demo)", "Sample lye cake (demo)", "demo-htx-con-minh", -400),
)


def seed_renewals(actor: Actor, people: Mapping[str, User], at: datetime) -> int:
    """Add what is missing; returns how many things were made."""
    made = sum(_seed(actor, people, demo, at, is_end_printed=True) for demo in RENEWALS)
    made += sum(_seed(actor, people, demo, at, is_end_printed=False) for demo in WAITING)
    return made + _seed_feed(people, at)


def _seed(actor: Actor, people: Mapping[str, User], demo: DemoRenewal, at: datetime, *, is_end_printed: bool) -> int:
    if Product.objects.filter(public_id=demo.public_id).exists():
        return 0
    product = actions.create_product(
        actor=actor,
        name=demo.name,
        at=at,
        producer=Producer.objects.get(code=demo.producer),
        set_no=7,
        source_name=SOURCE,
        is_demo=True,
        public_id=demo.public_id,
    )
    text = {"description_vi": "Sản phẩm này được đặt ra để trình diễn phần mềm, không có ngoài đời.", "name_en": demo.name_en}
    actions.edit_product(actor=actor, product=product, changes=text, version=product.version, at=at)
    last_day = localdate(at) + timedelta(days=demo.days_left)
    row = actions.record_recognition(
        actor=actor,
        product=product,
        kind=RecognitionKind.FIRST,
        stars=3,
        signed_on=add_months(last_day + timedelta(days=1), -36),
        signatory=CHAIRMAN,
        at=at,
        decision_no=f"{demo.public_id[-2:]}/QĐ-DEMO",
        last_day=last_day if is_end_printed else None,
        source_name=SOURCE,
    )
    if demo.fate:
        _FATES[demo.fate](actor, people, row, at)
    return 1


def _filed(actor: Actor, people: Mapping[str, User], row: Recognition, at: datetime) -> None:
    on = localdate(at) - timedelta(days=25)
    actions.record_filing(actor=actor, recognition=row, filed_on=on, receipt="Giấy tiếp nhận 13/DEMO", at=at)


def _letting(actor: Actor, people: Mapping[str, User], row: Recognition, at: datetime) -> None:
    reason = "Chủ thể không làm sản phẩm này nữa (lý do đặt ra để trình diễn)"
    actions.decide_late(actor=actor, recognition=row, choice=LateChoice.LET_LAPSE, reason=reason, at=at)


def _answered(actor: Actor, people: Mapping[str, User], row: Recognition, at: datetime) -> None:
    clerk = _clerk(people, row, at) or actor
    on = localdate(at) - timedelta(days=100)
    reason = "Biên bản làm việc với chủ thể, không đánh giá lại (demo)"
    actions.record_end(actor=clerk, recognition=row, ended_on=on, reason=reason, at=at)


_FATES = {"filed": _filed, "letting": _letting, "answered": _answered}


def _clerk(people: Mapping[str, User], row: Recognition, at: datetime) -> Actor | None:
    commune = row.product.commune_now
    actors = (actor_for(user, None, localdate(at)) for user in people.values())
    return next((each for each in actors if each.role == Role.COMMUNE_OFFICER and commune and each.unit_key == commune.key), None)


def _seed_feed(people: Mapping[str, User], at: datetime) -> int:
    product = Product.objects.select_related("commune_now").get(public_id=UNVERIFIED)
    clerk = _clerk(people, product.recognitions.earliest("pk"), at)
    office = Office.objects.filter(key=clerk.office_key).first() if clerk else None
    if clerk is None or office is None or CalendarFeed.objects.filter(token_hash=digest_of_token(DEMO_FEED_TOKEN)).exists():
        return 0
    CalendarFeed.objects.create(token_hash=digest_of_token(DEMO_FEED_TOKEN), office=office, user_id=clerk.user_id or 0, made_at=at)
    return 1

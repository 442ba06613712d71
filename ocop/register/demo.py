"""Demo rows of the register: invented producers and products, one for each standing, plainly marked and in no real figure.

The personal values of their people are canaries: strings that must never be met on a public page, in a feed, a log or an index.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate
from PIL import Image, ImageDraw

from ocop.core.actor import VISITOR, Actor, system_actor
from ocop.core.dates import add_months
from ocop.papers.sheets import xlsx
from ocop.people.demo import CLAIMANT, DemoRefused
from ocop.people.enums import Role
from ocop.people.models import User
from ocop.people.queries import actor_for
from ocop.places.queries import unit_on
from ocop.records.actions import make_renditions
from ocop.register import actions
from ocop.register.enums import LegalForm, LinkKind, PriceKind, RecognitionKind, ReportKind, WithdrawalAuthority
from ocop.register.models import (
    IntakeBatch,
    Photo,
    Price,
    Producer,
    ProducerClaim,
    ProducerPerson,
    Product,
    ProductCode,
    Recognition,
    Report,
    Variant,
)
from ocop.register.queries.register_sheet import register_rows, register_sheet

_CHAIRMAN = "Chủ tịch UBND tỉnh (demo)"
_SOURCE = "Dữ liệu demo, không có thật"
_ONE_DAY = timedelta(days=1)
_SHEET_ROWS, _COMMUNE_CELL, _STARS_CELL = 6, 5, 11  # of the demo sheet; cells count from 0


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """The invented representative of a demo producer."""

    representative: str
    phone: str
    email: str
    identity_number: str
    ethnicity: str
    home_address: str


@dataclass(frozen=True, slots=True)
class DemoProducer:
    code: str
    name: str
    form: str
    commune_code: str
    person: DemoPerson


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """`stars` None: never recognised. `months_ago`: when it was recognised; what came of it is `_FATES`."""

    public_id: str
    name: str
    name_en: str
    producer: str
    set_no: int
    key_group: str
    stars: int | None
    months_ago: int


def _person(n: int) -> DemoPerson:
    return DemoPerson(
        representative=f"Canary-Dai-Dien-{n}",
        phone=f"+84900000{910 + n}",
        email=f"canary-{n}@nguoi-demo.vn",
        identity_number=f"Canary-CCCD-00{n}",
        ethnicity=f"Canary-Dan-Toc-{n}",
        home_address=f"Canary-Nha-Rieng-{n}, thôn demo",
    )


PRODUCERS = (
    DemoProducer("demo-htx-con-minh", "HTX mẫu Côn Minh (demo)", LegalForm.COOPERATIVE, "02185", _person(1)),
    DemoProducer("demo-htx-dong-phuc", "HTX mẫu Đồng Phúc (demo)", LegalForm.COOPERATIVE, "01933", _person(2)),
    DemoProducer("demo-co-so-xuan-duong", "Cơ sở mẫu Xuân Dương (demo)", LegalForm.REGISTERED_FAMILY_HOUSEHOLD, "02191", _person(3)),
)
PRODUCTS = (
    DemoProduct("BKD001", "Miến dong mẫu (demo)", "Sample canna noodles (demo)", "demo-htx-con-minh", 7, "rau_cu_qua", 4, 6),
    DemoProduct("BKD002", "Bột nghệ mẫu (demo)", "Sample turmeric powder (demo)", "demo-htx-con-minh", 7, "duoc_lieu", 3, 31),
    DemoProduct("BKD003", "Gạo nếp mẫu (demo)", "Sample sticky rice (demo)", "demo-htx-con-minh", 3, "gao", 3, 48),
    DemoProduct("BKD004", "Rượu men lá mẫu (demo)", "Sample leaf-yeast liquor (demo)", "demo-htx-dong-phuc", 14, "", 3, 20),
    DemoProduct("BKD005", "Trà hoa vàng mẫu (demo)", "Sample golden camellia tea (demo)", "demo-htx-dong-phuc", 12, "", 4, 37),
    DemoProduct("BKD006", "Mật ong mẫu (demo)", "Sample honey (demo)", "demo-htx-dong-phuc", 4, "", 3, 40),
    DemoProduct("BKD007", "Măng khô mẫu (demo)", "Sample dried bamboo shoots (demo)", "demo-co-so-xuan-duong", 7, "rau_cu_qua", None, 0),
)
_REPORTER = {"name": "Canary-Nguoi-Bao-1", "phone": "+84900000921", "email": "canary-bao-1@nguoi-demo.vn"}


def _shown_forms(person: DemoPerson) -> tuple[str, ...]:
    """The values of a person in the forms a page might show them in."""
    phone, home = person.phone, person.home_address.split(",")[0]
    return (person.representative, phone, phone.replace("+84", "0"), person.email, person.identity_number, person.ethnicity, home)


# The planted values.
CANARIES: tuple[str, ...] = (
    *(value for producer in PRODUCERS for value in _shown_forms(producer.person)),
    *_REPORTER.values(),
    _REPORTER["phone"].replace("+84", "0"),
)


@transaction.atomic
def seed_register_demo(*, actor: Actor, people: Mapping[str, User], at: datetime) -> int:
    """Add the demo rows that are missing; returns how many things were made. `people` are the demo accounts by username.

    Idempotent. Raises `people.demo.DemoRefused` in production.
    """
    if settings.IS_PRODUCTION:
        raise DemoRefused("OCOP_MODE=production: demo rows are not loaded.")
    made = sum(_seed_producer(actor, each, at) for each in PRODUCERS)
    made += sum(_seed_product(actor, each, at) for each in PRODUCTS)
    made += _seed_contact(people, at) + _seed_pictures(actor, at) + _seed_matters(people, at) + _seed_sheet(people, at)
    return made


def _seed_producer(actor: Actor, demo: DemoProducer, at: datetime) -> int:
    producer = Producer.objects.filter(code=demo.code).first()
    if producer is not None:
        return 0
    producer = actions.create_producer(
        actor=actor,
        name=demo.name,
        form=demo.form,
        at=at,
        unit=unit_on(demo.commune_code, localdate(at)),
        form_basis=_SOURCE,
        source_name=_SOURCE,
        code=demo.code,
        is_demo=True,
    )
    story = "Chủ thể này được đặt ra để trình diễn phần mềm. Tên, giá, sao và quyết định ở đây đều không có thật."
    changes = {"story_vi": story, "story_en": "This producer was invented to show the software.", "opening_hours": "7:30–17:00 hằng ngày"}
    actions.edit_producer(actor=actor, producer=producer, changes=changes, version=producer.version, at=at)
    values = {field: getattr(demo.person, field) for field in DemoPerson.__dataclass_fields__}
    actions.set_person(actor=actor, producer=producer, values=values, at=at, has_disability=False)
    ProducerPerson.objects.filter(producer=producer).update(is_demo=True)
    return 1


def _seed_product(actor: Actor, demo: DemoProduct, at: datetime) -> int:
    if Product.objects.filter(public_id=demo.public_id).exists():
        return 0
    product = actions.create_product(
        actor=actor,
        name=demo.name,
        at=at,
        producer=Producer.objects.get(code=demo.producer),
        set_no=demo.set_no,
        key_group=demo.key_group,
        source_name=_SOURCE,
        is_demo=True,
        public_id=demo.public_id,
    )
    text = "Sản phẩm này được đặt ra để trình diễn phần mềm, không có ngoài đời."
    changes = {"name_en": demo.name_en, "description_vi": text, "description_en": "This product was invented to show the software."}
    actions.edit_product(
        actor=actor, product=product, changes={**changes, "storage": "Nơi khô, mát", "shelf_life": "12 tháng"}, version=1, at=at
    )
    _seed_packs(actor, product, at)
    if demo.stars is not None:
        _FATES[demo.public_id](actor, product, demo, at)
    return 1


def _seed_packs(actor: Actor, product: Product, at: datetime) -> None:
    """Two packs with prices; no barcode, since a number without an owner may not be invented."""
    for name, grams, retail, wholesale in (("Gói nhỏ (demo)", 500, 60_000, 50_000), ("Gói lớn (demo)", 1000, 115_000, 95_000)):
        pack = actions.set_variant(actor=actor, product=product, name=name, quantity=Decimal(grams), unit="g", at=at)
        for kind, amount in ((PriceKind.RETAIL, retail), (PriceKind.WHOLESALE, wholesale)):
            actions.set_price(actor=actor, variant=pack, kind=kind, amount=amount, valid_from=localdate(at), at=at)


def _recognise(actor: Actor, product: Product, demo: DemoProduct, at: datetime, *, is_end_printed: bool = True) -> Recognition:
    signed_on = add_months(localdate(at), -demo.months_ago)
    return actions.record_recognition(
        actor=actor,
        product=product,
        kind=RecognitionKind.FIRST,
        stars=demo.stars or 3,
        signed_on=signed_on,
        signatory=_CHAIRMAN,
        at=at,
        decision_no=f"{product.public_id[-2:]}/QĐ-DEMO",
        last_day=add_months(signed_on, 36) - _ONE_DAY if is_end_printed else None,
        source_name=_SOURCE,
    )


def _valid(actor: Actor, product: Product, demo: DemoProduct, at: datetime) -> None:
    _recognise(actor, product, demo, at)
    actions.issue_product_code(actor=actor, product=product, year=localdate(at).year, at=at)


def _expired(actor: Actor, product: Product, demo: DemoProduct, at: datetime) -> None:
    _recognise(actor, product, demo, at)
    actions.keep_old_code(actor=actor, product=product, code="06-066-DEMO-03", source_name=_SOURCE, at=at)


def _due(actor: Actor, product: Product, demo: DemoProduct, at: datetime) -> None:
    _recognise(actor, product, demo, at)


def _withdrawn(actor: Actor, product: Product, demo: DemoProduct, at: datetime) -> None:
    row = _recognise(actor, product, demo, at)
    actions.record_withdrawal(
        actor=actor,
        recognition=row,
        decision_no="99/QĐ-DEMO",
        withdrawn_on=add_months(localdate(at), -2),
        authority=WithdrawalAuthority.PROVINCE_CHAIRMAN,
        signatory=_CHAIRMAN,
        reason="Không còn sản xuất sản phẩm (lý do đặt ra để trình diễn).",
        at=at,
        scan=ContentFile(_drawing("DEMO 99"), name="quyet-dinh-demo.png"),
    )


def _extended(actor: Actor, product: Product, demo: DemoProduct, at: datetime) -> None:
    row = _recognise(actor, product, demo, at)
    end: date = row.valid_to or localdate(at)
    actions.record_extension(
        actor=actor,
        recognition=row,
        extended_until=end + timedelta(days=180),
        ground="Điều 12 khoản 3 Quyết định 26/2026/QĐ-TTg",
        receipt="Giấy tiếp nhận 05/DEMO",
        at=at,
    )


def _unverified(actor: Actor, product: Product, demo: DemoProduct, at: datetime) -> None:
    _recognise(actor, product, demo, at, is_end_printed=False)


_FATES: dict[str, Callable[[Actor, Product, DemoProduct, datetime], None]] = {
    "BKD001": _valid,
    "BKD002": _due,
    "BKD003": _expired,
    "BKD004": _withdrawn,
    "BKD005": _extended,
    "BKD006": _unverified,
}


def _seed_contact(people: Mapping[str, User], at: datetime) -> int:
    """The first demo producer's own person agrees to have the shop's numbers shown; numbers nobody has."""
    producer = Producer.objects.get(code=PRODUCERS[0].code)
    speaker = _speaker_for(producer, people, localdate(at))
    if producer.contact_consent_at is not None or speaker is None:
        return 0
    actions.publish_contact(actor=speaker, producer=producer, phone="0900 000 801", zalo="0900 000 801", at=at)
    link = (LinkKind.WEBSITE, "https://example.org/htx-mau-con-minh")
    actions.set_links(actor=speaker, producer=producer, links=[link], at=at)
    return 1


def _seed_pictures(actor: Actor, at: datetime) -> int:
    """One picture, drawn here and marked DEMO."""
    product = Product.objects.get(public_id=PRODUCTS[0].public_id)
    if Photo.objects.filter(product=product).exists():
        return 0
    upload = ContentFile(_drawing("DEMO"), name="hinh-demo.png")
    photo = actions.add_photo(actor=actor, of=product, upload=upload, at=at, caption_vi="Hình vẽ để trình diễn", caption_en="Demo drawing")
    make_renditions(actor=system_actor("seed"), file_id=photo.file_id, at=at)
    return 1


def _seed_matters(people: Mapping[str, User], at: datetime) -> int:
    """A claim and two reports, so that the officers' queues are not empty."""
    made = 0
    claimant = people.get(CLAIMANT.username)
    producer = Producer.objects.get(code=PRODUCERS[2].code)
    if claimant and not ProducerClaim.objects.filter(user=claimant).exists():
        asks = actor_for(claimant, None, localdate(at))
        actions.request_claim(actor=asks, producer=producer, relation="kế toán (demo)", at=at)
        made += 1
    if not Report.objects.filter(is_demo=True).exists():
        withdrawn, valid = (Product.objects.get(public_id=code) for code in ("BKD004", "BKD001"))
        actions.file_report(
            actor=VISITOR,
            kind=ReportKind.MISUSE,
            product=withdrawn,
            text="Bao bì vẫn in sao sau khi bị thu hồi (demo).",
            place_seen="Chợ demo",
            at=at,
            name=_REPORTER["name"],
            phone=_REPORTER["phone"],
            email=_REPORTER["email"],
        )
        actions.file_report(
            actor=VISITOR,
            kind=ReportKind.ERROR,
            product=valid,
            text="Giá trên trang khác giá tại quầy (demo).",
            place_seen="Chợ demo",
            at=at,
            photo=ContentFile(_drawing("DEMO"), name="hinh-demo.png"),
        )
        made += 2
    return made


def _seed_sheet(people: Mapping[str, User], at: datetime) -> int:
    """A small sheet to be taken in: rows the register has, two of them spoilt, so that confirming it invents nothing."""
    actors = (actor_for(user, None, localdate(at)) for user in people.values())
    officer = next((each for each in actors if each.role == Role.OCOP_OFFICER), None)
    rows = [list(row) for row in islice(register_rows(today=localdate(at), with_persons=False), _SHEET_ROWS)]
    if officer is None or len(rows) < _SHEET_ROWS or IntakeBatch.objects.filter(is_demo=True).exists():
        return 0
    rows[1][_COMMUNE_CELL] = "Xã Không Có (demo)"
    rows[3][_STARS_CELL] = "6 sao"
    content = xlsx(register_sheet(today=localdate(at), source=_SOURCE), rows)
    batch = actions.start_intake(actor=officer, upload=ContentFile(content, name="so-mau-demo.xlsx"), at=at, is_demo=True)
    actions.read_intake(actor=system_actor("import"), batch_id=batch.pk, at=at)
    return 1


def _speaker_for(producer: Producer, people: Mapping[str, User], on: date) -> Actor | None:
    actors = (actor_for(user, None, on) for user in people.values())
    subject = f"producer:{producer.code}"
    return next((each for each in actors if each.role == Role.PRODUCER and each.subject == subject), None)


def _drawing(word: str) -> bytes:
    """Indigo with woven diamonds and a word: a picture nobody takes for a photo."""
    picture = Image.new("RGB", (1280, 960), "#26346b")
    pen = ImageDraw.Draw(picture)
    for x in range(0, 1280, 80):
        for y in (80, 840):
            pen.polygon([(x + 40, y - 32), (x + 72, y), (x + 40, y + 32), (x + 8, y)], fill="#dd9200")
    pen.rectangle((440, 400, 840, 560), fill="#fbf8f1")
    pen.text((640, 480), word, fill="#1c1e2a", anchor="mm", font_size=64)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def demo_rows() -> dict[str, int]:
    """How many demo rows of each kind the register holds."""
    marked = (Producer, Product, Recognition, ProductCode, Report, Price, IntakeBatch)
    counts = {str(kind._meta.verbose_name_plural): kind._default_manager.filter(is_demo=True).count() for kind in marked}
    return counts | {"variants": Variant.objects.filter(product__is_demo=True).count()}

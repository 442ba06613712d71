"""The cast before the register's desk, files in a folder of their own, and everything there is an address for."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ocop.core.actor import Actor, system_actor
from ocop.people.models import User
from ocop.register.actions import (
    add_photo,
    create_producer,
    file_report,
    merge_producers,
    read_intake,
    record_end,
    record_filing,
    request_claim,
    set_person,
    set_price,
    set_variant,
    start_intake,
)
from ocop.register.models import IntakeBatch, Price, ProducerClaim, Recognition, Report, Variant
from tests.cast import NOW, TODAY, Cast, cast, make_product, picture, recognise  # noqa: F401
from tests.records.pictures import PDF
from tests.sheets import register_xlsx

SignIn = Callable[[Actor], Client]
PERSONAL = {"representative": "Nông Thị Riêng", "phone": "0912 345 678", "identity_number": "006190001234", "home_address": "Thôn Riêng"}
TEA = {
    "name": "Trà hoa vàng",
    "producer": "HTX Hoa Vàng",
    "commune": "Xã Đồng Phúc",
    "first_stars": 3,
    "first_date": "01/09/2025",
    "first_decision": "77/QĐ-UBND",
}
KNOWN = {"name": "Miến dong Mai", "producer": "HTX Mai", "commune": "Xã Côn Minh"}
ROWS = (TEA, {**TEA, "name": "Trà túi lọc", "first_stars": 6, "first_decision": "78/QĐ-UBND"}, KNOWN)
SECRETS = ("Nông Thị Riêng", "912345678", "912 345 678", "006190001234", "Thôn Riêng", "Người Báo Tin", "bao.tin@thu.vn")


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def sign_in() -> SignIn:
    """`sign_in(cast.officer)`: a browser of that person; refusals come as pages."""

    def make(actor: Actor) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(pk=actor.user_id), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def star(cast: Cast) -> Recognition:  # noqa: F811
    """Four stars of the producer's product, valid."""
    return recognise(cast.product, actor=cast.officer)


@pytest.fixture
def pack(cast: Cast) -> Variant:  # noqa: F811
    return set_variant(actor=cast.producer, product=cast.product, name="Túi 500 g", quantity=Decimal(500), unit="g", at=NOW)


@pytest.fixture
def price(cast: Cast, pack: Variant) -> Price:  # noqa: F811
    return set_price(actor=cast.producer, variant=pack, kind="retail", amount=60_000, valid_from=TODAY, at=NOW)


@pytest.fixture
def report(cast: Cast) -> Report:  # noqa: F811
    """Somebody saw the product's star where it should not be."""
    said = {"kind": "misuse", "text": "In sao sau khi bị thu hồi.", "place_seen": "Chợ Bắc Kạn", "name": "Người Báo Tin"}
    return file_report(actor=cast.newcomer, product=cast.product, photo=picture(), email="bao.tin@thu.vn", at=NOW, **said)


@pytest.fixture
def claim(cast: Cast) -> ProducerClaim:  # noqa: F811
    return request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)


@pytest.fixture
def sheet(cast: Cast) -> IntakeBatch:  # noqa: F811
    """A register of three rows that was read and waits to be confirmed: one new, one refused, one the register has."""
    upload = ContentFile(register_xlsx(ROWS), name="so.xlsx")
    batch = start_intake(actor=cast.officer, upload=upload, at=NOW)
    read_intake(actor=system_actor("import"), batch_id=batch.pk, at=NOW)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def whole(cast: Cast, star: Recognition, price: Price, report: Report, claim: ProducerClaim, sheet: IntakeBatch) -> Cast:  # noqa: F811
    """The cast with one of everything: a star, a pack with its price, photos, a representative, a report, a claim, a merge, a sheet."""
    for thing in (cast.product, cast.maker):
        add_photo(actor=cast.producer, of=thing, upload=picture(), at=NOW)
    set_person(actor=cast.producer, producer=cast.maker, values=PERSONAL, has_disability=True, at=NOW)
    renewing(cast)
    old = create_producer(actor=cast.officer, name="HTX Cũ", form="hop_tac_xa", code="htx-cu", at=NOW)
    merge_producers(actor=cast.officer, kept=cast.rival_maker, merged=old, choices={}, versions=(1, 1), reason="một", at=NOW)
    return cast


def renewing(cast: Cast) -> None:  # noqa: F811
    """BK003 past its window with a dossier, BK004 waiting to be verified, BK005 answered by the commune."""
    today = timezone.localdate()
    late, waiting, answered = (make_product(f"Trà {n}", cast.maker) for n in range(3))
    row = recognise(late, decision_no="3", signed_on=today - timedelta(days=1035), last_day=today + timedelta(days=60))
    record_filing(actor=cast.clerk, recognition=row, filed_on=today, receipt="TN 3", at=timezone.now())
    recognise(waiting, decision_no="4", signed_on=date(2021, 9, 1))
    ended = recognise(answered, decision_no="5", signed_on=date(2021, 9, 1))
    record_end(actor=cast.clerk, recognition=ended, ended_on=date(2024, 9, 1), reason="Biên bản", at=NOW)


def scan(name: str = "quyet-dinh.pdf") -> SimpleUploadedFile:
    """A signed paper."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def hidden_version(html: str) -> str:
    """The version number a form carries."""
    return html.split('name="version" value="')[1].split('"')[0]

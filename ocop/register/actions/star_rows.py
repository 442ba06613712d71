"""What every write about a star shares: the product held, the row moved once, its scan kept, its people told."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.records.actions import finish_notices, store_file
from ocop.records.enums import FileKind
from ocop.records.models import StoredFile
from ocop.register.actions.refusals import Moved
from ocop.register.actions.told import tell_officers, tell_producer
from ocop.register.models import Product, Recognition

RENEWAL_CALLED = "renewal.called"


class RecognitionMoved(Moved):
    """Somebody withdrew, extended or ended this recognition a moment ago."""


def lock_product(recognition: Recognition) -> Product:
    """The product, held until the transaction ends: its standing is rebuilt from all of its rows."""
    return Product.objects.select_for_update(of=("self",)).select_related("producer", "commune_now").get(pk=recognition.product_id)


def move_row(recognition: Recognition, facts: dict[str, Any]) -> None:
    """Write the facts if the row still is what the policy saw; exactly one of two officers wins."""
    same = Recognition.objects.filter(
        pk=recognition.pk,
        withdrawn_on=recognition.withdrawn_on,
        ended_on=recognition.ended_on,
        extended_until=recognition.extended_until,
        confirmed_on=recognition.confirmed_on,
        valid_to=recognition.valid_to,
    )
    if same.update(**facts) != 1:
        raise RecognitionMoved(_("Vừa có cán bộ khác ghi thêm vào lần công nhận này. Hãy xem lại rồi ghi."))


def next_code(product: Product) -> str:
    prefix = f"{product.public_id}-R"
    codes = product.recognitions.values_list("code", flat=True)
    numbers = [int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def keep_scan(actor: Actor, code: str, scan: File[Any] | None, at: datetime, kind: FileKind = FileKind.DECISION_SCAN) -> StoredFile | None:
    if scan is None:
        return None
    return store_file(actor=actor, kind=kind, subject=f"recognition:{code}", upload=scan, at=at)


def end_calls(product: Product, at: datetime) -> None:
    """What the calls for a renewal asked for is done or has no object any more."""
    finish_notices(subject=renewal_subject(product), event=RENEWAL_CALLED, at=at)


def renewal_subject(product: Product) -> str:
    """How the notices of a renewal are found again."""
    return f"renewal:{product.public_id}"


def tell_all(actor: Actor, product: Product, event: str, title: str, at: datetime) -> None:
    path = f"/sp/{product.public_id}"
    tell_producer(actor=actor, producer=product.producer, event=event, subject=subject_of_star(product), title=title, at=at, path=path)
    tell_officers(actor=actor, commune=product.commune_now, event=event, subject=subject_of_star(product), title=title, at=at, path=path)


def named(product: Product, stars: int | None = None) -> dict[str, Any]:
    return {"name": product.name, "stars": stars}


def subject_of_star(product: Product) -> str:
    return f"product:{product.public_id}"

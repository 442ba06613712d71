"""Stars that wait to be verified, with the three answers; and the answers as the OCOP office looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.places.models import Unit
from ocop.register import policies
from ocop.register.enums import AnswerKind
from ocop.register.models import Product, StandingAnswer, StandingSpan
from ocop.register.queries import answer_progress, answers_visible_to, matching_ids, reason_sentence, standings_on, unverified_stars
from ocop.web.desk.register.forms.renewals import EndedForm, HoldsForm, RenewedForm

ANSWERS_PER_PAGE = 100  # a province's whole list fits on one page
_FORMS: dict[str, type[BaseForm]] = {AnswerKind.HOLDS: HoldsForm, AnswerKind.RENEWED: RenewedForm, AnswerKind.ENDED: EndedForm}


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """How one of the three answers is called, its piece of the address and its icon."""

    label: Promise
    slug: str
    icon: str
    hint: Promise


ANSWERS: dict[str, AnswerWords] = {
    AnswerKind.HOLDS: AnswerWords(
        _("Còn giá trị"), "con-gia-tri", "badge-check", _("Đã xem giấy chứng nhận và ngày hết hạn in trên đó chưa qua.")
    ),
    AnswerKind.RENEWED: AnswerWords(
        _("Đã công nhận lại"), "cong-nhan-lai", "award", _("Có quyết định mới hơn. Quyết định được ghi vào sổ ngay.")
    ),
    AnswerKind.ENDED: AnswerWords(_("Đã hết giá trị"), "het-gia-tri", "history", _("Không còn giấy chứng nhận nào có giá trị.")),
}
KIND_OF = {words.slug: kind for kind, words in ANSWERS.items()}


def answer_form(kind: str, on: date, data: Any = None, files: Any = None) -> BaseForm:
    """The form of one answer. Three of them stand on one page, so each has names of its own for its fields."""
    initial = {"ended_on": on} if kind == AnswerKind.ENDED else {}
    return _FORMS[kind](data, files, initial=initial, auto_id=f"{ANSWERS[kind].slug}-%s")


def unverified_page(actor: Actor, text: str, commune: str, opened: str, *, on: date) -> dict[str, Any]:
    """The list, how far it is, and the answers of the one star that is open."""
    everything = unverified_stars(actor, on)
    communes = {span.product.commune_now.code: span.product.commune_now for span in everything if span.product.commune_now}
    spans = everything.filter(product__in=matching_ids(text)) if text.strip() else everything
    if commune:
        spans = spans.filter(product__commune_now__code=commune)
    return {
        "spans": spans,
        "progress": answer_progress(actor, on),
        "communes": _sorted(communes.values()),
        "text": text,
        "commune": commune,
        "opened": opened,
        "forms": [(words, answer_form(kind, on)) for kind, words in ANSWERS.items()] if opened else [],
    }


def unverified_rows(spans: Sequence[StandingSpan], *, on: date) -> list[dict[str, Any]]:
    """Each star with what is known of it, in one question for the page."""
    listed = list(spans)
    standings = standings_on([span.product_id for span in listed], on)
    return [
        {
            "product": span.product,
            "recognition": span.recognition,
            "standing": standings[span.product_id],
            "reason": reason_sentence(standings[span.product_id], on),
        }
        for span in listed
    ]


def next_unanswered(actor: Actor, product: Product, *, on: date) -> str:
    """The code of the star after this one in the list, so that answering goes on; empty at the end."""
    codes = list(unverified_stars(actor, on).values_list("product__public_id", flat=True))
    if product.public_id not in codes:
        return ""
    place = codes.index(product.public_id)
    return codes[place + 1] if place + 1 < len(codes) else ""


def answer_rows(actor: Actor, answers: Sequence[StandingAnswer]) -> list[dict[str, Any]]:
    """Each answer with its place among those about its product, and what may be done about it."""
    listed = list(answers)
    numbers = _numbers({answer.product_id for answer in listed})
    return [
        {
            "answer": answer,
            "n": numbers[answer.pk],
            "words": ANSWERS[answer.kind],
            "may_check": bool(policies.can_check_answer(actor, answer)),
            "may_take_back": bool(policies.can_take_back(actor, answer)),
        }
        for answer in listed
    ]


def answer_numbered(actor: Actor, code: str, n: int) -> StandingAnswer | None:
    """The n-th answer about a product, in the order they came."""
    rows = answers_visible_to(actor).filter(product__public_id=code).order_by("given_at", "pk")
    return rows[n - 1 : n].first() if n > 0 else None


def _numbers(product_ids: set[int]) -> dict[int, int]:
    numbers: dict[int, int] = {}
    counted: dict[int, int] = {}
    rows: QuerySet[StandingAnswer, tuple[int, int]] = (
        StandingAnswer.objects.filter(product__in=product_ids).order_by("given_at", "pk").values_list("pk", "product")
    )
    for pk, product in rows:
        counted[product] = counted.get(product, 0) + 1
        numbers[pk] = counted[product]
    return numbers


def _sorted(communes: Any) -> list[Unit]:
    return sorted(communes, key=lambda unit: unit.folded)

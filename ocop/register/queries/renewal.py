"""The queue of renewals: every star that ends, where its renewal stands on a day, and who was called and written to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from ocop.core.actor import Actor
from ocop.places.models import Unit
from ocop.register import rules
from ocop.register.enums import STATED_ENDS, LateChoice, LetterKind, RenewalStage, StandingKind
from ocop.register.models import LateDecision, Producer, Product, Recognition, RenewalCall, RenewalFiling, RenewalLetter, StandingSpan
from ocop.register.queries.products import products_kept_by
from ocop.register.queries.standing import span_covers
from ocop.register.rules import RenewalFacts
from ocop.register.rules.law import RenewalWindow

_HAVE_AN_END = (StandingKind.VALID, StandingKind.EXTENDED, StandingKind.EXPIRED)
# Where the maker still has something to hand in.
UNFILED_STAGES = (RenewalStage.PREPARE, RenewalStage.OPEN, RenewalStage.REMIND, RenewalStage.LAST_CALL, RenewalStage.LATE)


@dataclass(frozen=True, slots=True)
class Renewal:
    """One star with an end, as it stands on a day. `ends` is exclusive, the certificate's own; `days_left` counts to the last valid day."""

    product: Product
    recognition: Recognition
    stage: RenewalStage
    stars: int | None
    ends: date
    filing: RenewalFiling | None
    decision: LateDecision | None
    days_left: int

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)

    @property
    def window(self) -> RenewalWindow:
        """The days on which a dossier may be handed in."""
        return rules.renewal_window(self.ends)

    @property
    def is_stated(self) -> bool:
        """Is the end printed on a paper, not computed?"""
        return self.recognition.end_basis in STATED_ENDS

    @property
    def is_filed_late(self) -> bool:
        return self.filing is not None and rules.is_late(self.filing.filed_on, self.ends)

    @property
    def waits_for_decision(self) -> bool:
        """Has the OCOP office to say what becomes of it?"""
        return self.stage in (RenewalStage.LATE, RenewalStage.PAST) and self.decision is None


@dataclass(frozen=True, slots=True)
class Contact:
    """The last time somebody was called or written to about a star."""

    stage: str  # of a call; empty for a letter
    at: datetime
    people: int
    channels: tuple[str, ...]
    letter_no: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom one letter goes, and about which stars: a producer, or the committee of a commune."""

    kind: str  # enums.LetterKind
    producer: Producer | None
    commune: Unit | None
    renewals: tuple[Renewal, ...]


def renewals_kept_by(viewer: Actor, on: date) -> list[Renewal]:
    """The stars this actor looks after that end within 240 days, have ended or run on; the nearest end first. Two questions."""
    found = _renewals(products_kept_by(viewer), on)
    return sorted((row for row in found if row.stage != RenewalStage.EARLY), key=lambda row: (row.ends, row.product.sort_key))


def renewals_by_product(products: QuerySet[Product], on: date) -> dict[int, Renewal]:
    """The renewals of these products, the early ones too."""
    return {row.product.pk: row for row in _renewals(products, on)}


def renewal_of(product: Product, on: date) -> Renewal | None:
    """Where the renewal of this product's star stands; None where nothing is to be renewed."""
    return renewals_by_product(Product.objects.filter(pk=product.pk), on).get(product.pk)


def products_to_call(on: date) -> list[int]:
    """Products whose present stage asks for a call that has not gone out."""
    rows = [row for row in _renewals(Product.objects.filter(is_published=True), on) if rules.call_due(row.stage)]
    sent = set(RenewalCall.objects.filter(recognition__in=[row.recognition.pk for row in rows]).values_list(*_CALL_KEY))
    return [row.product.pk for row in rows if (row.recognition.pk, row.stage, row.ends) not in sent]


def last_contacts(recognition_ids: Iterable[int]) -> Mapping[int, Contact]:
    """The latest call or letter about each of these recognitions; two questions."""
    ids = list(recognition_ids)
    found: dict[int, Contact] = {}
    for call in RenewalCall.objects.filter(recognition__in=ids).order_by("called_at", "pk"):
        found[call.recognition_id] = _contact(call)
    written = RenewalLetter.objects.filter(kind=LetterKind.PRODUCER, recognitions__in=ids).order_by("made_at", "pk")
    for pk, at, number in written.values_list("recognitions", "made_at", "number"):
        if pk in ids and (pk not in found or found[pk].at < at):
            found[pk] = Contact("", at, 1, (), number)
    return found


def contacts_of(recognition: Recognition) -> list[Contact]:
    """Every call and letter about one recognition, the latest first."""
    contacts = [_contact(call) for call in recognition.renewal_calls.all()]
    contacts += [
        Contact("", at, 1, (), number)
        for at, number in recognition.renewal_letters.filter(kind=LetterKind.PRODUCER).values_list("made_at", "number")
    ]
    return sorted(contacts, key=lambda contact: contact.at, reverse=True)


def recipients_of(renewals: Iterable[Renewal], kind: str) -> list[Recipient]:
    """One letter a producer with its stars, or one a commune with those of its makers who have not filed; by the alphabet."""
    groups: dict[int, list[Renewal]] = {}
    for row in renewals:
        of = row.product.producer if kind == LetterKind.PRODUCER else row.product.commune_now
        if of is not None:
            groups.setdefault(of.pk, []).append(row)
    found = [_recipient(kind, rows) for rows in groups.values()]
    return sorted(found, key=lambda each: (each.commune.name if each.commune else "", each.producer.sort_key if each.producer else ""))


_CALL_KEY = ("recognition", "stage", "ends_on")


def _recipient(kind: str, rows: list[Renewal]) -> Recipient:
    product = rows[0].product
    if kind == LetterKind.PRODUCER:
        return Recipient(kind, product.producer, None, tuple(rows))
    return Recipient(kind, None, product.commune_now, tuple(rows))


def _contact(call: RenewalCall) -> Contact:
    return Contact(call.stage, call.called_at, call.people, tuple(filter(None, call.channels.split(","))))


def _renewals(products: QuerySet[Product], on: date) -> list[Renewal]:
    decisions = Prefetch("recognition__late_decisions", queryset=LateDecision.objects.order_by("decided_at", "pk"))
    spans = StandingSpan.objects.filter(span_covers(on), kind__in=_HAVE_AN_END, product__in=products.order_by().values("pk"))
    spans = spans.select_related("product__producer", "product__commune_now", "recognition__filing").prefetch_related(decisions)
    return [row for span in spans if (row := _renewal(span, on))]


def _renewal(span: StandingSpan, on: date) -> Renewal | None:
    recognition = span.recognition
    if recognition is None:
        return None
    filing: RenewalFiling | None = getattr(recognition, "filing", None)
    decisions = list(recognition.late_decisions.all())
    decision = decisions[-1] if decisions else None
    ends = span.until if span.kind == StandingKind.VALID else recognition.valid_to
    facts = RenewalFacts(
        kind=span.kind,
        ends=ends,
        extended_until=recognition.extended_until,
        filed_on=filing.filed_on if filing and not filing.result else None,
        has_ended=recognition.ended_on is not None,
        is_let_lapse=decision is not None and decision.choice == LateChoice.LET_LAPSE,
    )
    stage = rules.renewal_stage(facts, on)
    if stage is None or ends is None:
        return None
    return Renewal(span.product, recognition, stage, span.stars, ends, filing, decision, rules.days_left(ends, on))

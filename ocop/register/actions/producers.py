"""Writes to what is public of a producer: name, page, legal form, links, the business contact with consent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.phones import normalise_phone
from ocop.core.text import clean_line, clean_text, search_key, slug, sort_key
from ocop.places.models import Unit
from ocop.places.queries import commune_now
from ocop.records.actions import record
from ocop.register import policies
from ocop.register.actions.derived import refresh_search_of
from ocop.register.actions.refusals import Difference, Moved, NotFitting, demand, last_change
from ocop.register.enums import Confidence, LegalForm, LinkKind
from ocop.register.models import LegalFormSpan, Producer, ProducerLink

_TEXTS = frozenset({"facts", "story_vi", "story_en"})
_LIMITS = {"name": 200, "name_en": 200, "address": 300, "members_text": 200, "opening_hours": 200, "tax_code": 14}
_LONGEST_TEXT, _LONGEST_FOLDED, _LONGEST_CODE, _LONGEST_LINK = 20_000, 220, 80, 300
_MOST_LINKS = 8


class ProducerMoved(Moved):
    """Somebody saved the producer's page after this form was opened. `differences` holds both values; nothing typed is lost."""

    def __init__(self, producer: Producer, differences: list[Difference]) -> None:
        self.producer = producer
        self.differences = differences
        self.who, self.when = last_change(f"producer:{producer.code}")
        super().__init__(_("%(who)s vừa sửa trang này. Hãy so hai bản rồi lưu lại.") % {"who": self.who or _("Người khác")})


class ProducerExists(Moved):
    """Another officer has just written down a producer under the same code."""


@transaction.atomic
def create_producer(
    *,
    actor: Actor,
    name: str,
    form: str,
    at: datetime,
    unit: Unit | None = None,
    subtype: str = "",
    form_basis: str = "",
    source_name: str = "",
    address: str = "",
    code: str = "",
    is_demo: bool = False,
) -> Producer:
    """A producer new to the register. Raises `Refused`, `NotFitting`, `ProducerExists`."""
    today = localdate(at)
    now = commune_now(unit, today) if unit else None
    demand(policies.can_create_producer(actor, now))
    named = _cleaned({"name": name, "address": address})
    if form not in LegalForm.values:
        raise NotFitting(_("Hãy chọn loại hình tổ chức."))
    said: dict[str, Any] = {"confidence": Confidence.HIGH, "as_of": today, "is_demo": is_demo}
    producer = Producer(
        code=code or _free_code(named["name"]),
        **named,
        folded=search_key(named["name"])[:_LONGEST_FOLDED],
        sort_key=sort_key(named["name"]),
        unit=unit,
        commune_now=now,
        source_name=clean_line(source_name)[:200] or _("Cán bộ ghi vào sổ"),
        updated_at=at,
        **said,
    )
    try:
        with transaction.atomic():
            producer.save(force_insert=True)
    except IntegrityError as error:
        raise ProducerExists(_("Chủ thể này vừa được ghi vào sổ.")) from error
    LegalFormSpan.objects.create(producer=producer, form=form, subtype=clean_line(subtype)[:60], basis=clean_line(form_basis)[:200], **said)
    data = {"name": producer.name, "form": form, "unit": unit.key if unit else None}
    record(actor=actor, event="producer.created", subject=f"producer:{producer.code}", data=data, at=at)
    return producer


@transaction.atomic
def edit_producer(*, actor: Actor, producer: Producer, changes: Mapping[str, str], version: int, at: datetime) -> Producer:
    """Change the producer's page; `version` is the one the form was opened with. Raises `Refused`, `NotFitting`, `ProducerMoved`."""
    demand(policies.can_edit_producer(actor, producer))
    demand(policies.can_edit_page_fields(actor, frozenset(changes)))
    cleaned = _cleaned(changes)
    stored = Producer.objects.get(pk=producer.pk)
    if stored.version != version:
        raise ProducerMoved(stored, _differences(stored, cleaned))
    changed = {field: value for field, value in cleaned.items() if _as_text(getattr(stored, field)) != _as_text(value)}
    if not changed:
        return stored
    derived = {"folded": search_key(changed["name"])[:_LONGEST_FOLDED], "sort_key": sort_key(changed["name"])} if "name" in changed else {}
    moved = Producer.objects.filter(pk=stored.pk, version=stored.version)
    if moved.update(**changed, **derived, version=stored.version + 1, updated_at=at) != 1:
        fresh = Producer.objects.get(pk=stored.pk)
        raise ProducerMoved(fresh, _differences(fresh, cleaned))
    if {"name", "name_en"} & set(changed):
        refresh_search_of(stored)
    data = {field: {"from": _as_text(getattr(stored, field)), "to": _as_text(value)} for field, value in changed.items()}
    record(actor=actor, event="producer.edited", subject=f"producer:{stored.code}", data=data, at=at)
    producer.refresh_from_db()
    return producer


@transaction.atomic
def change_legal_form(
    *, actor: Actor, producer: Producer, form: str, valid_from: date, basis: str, at: datetime, subtype: str = ""
) -> LegalFormSpan:
    """The producer works under another form from a day on; the old form ends that day. Raises `Refused`, `NotFitting`, `ProducerMoved`."""
    demand(policies.can_change_legal_form(actor, producer))
    if form not in LegalForm.values:
        raise NotFitting(_("Hãy chọn loại hình tổ chức."))
    if valid_from > localdate(at):
        raise NotFitting(_("Ngày đổi loại hình ở tương lai. Hãy ghi khi đã đổi."))
    if not clean_line(basis):
        raise NotFitting(_("Hãy ghi căn cứ, ví dụ số giấy đăng ký."))
    Producer.objects.select_for_update().get(pk=producer.pk)
    old = producer.legal_forms.filter(valid_to__isnull=True).first()
    if old and old.valid_from and valid_from <= old.valid_from:
        raise NotFitting(_("Ngày đổi phải sau ngày bắt đầu của loại hình trước."))
    if old:
        LegalFormSpan.objects.filter(pk=old.pk).update(valid_to=valid_from)
    span = LegalFormSpan.objects.create(
        producer=producer,
        form=form,
        subtype=clean_line(subtype)[:60],
        valid_from=valid_from,
        basis=clean_line(basis)[:200],
        confidence=Confidence.HIGH,
        as_of=localdate(at),
        source_name=_("Cán bộ ghi vào sổ"),
        is_demo=producer.is_demo,
    )
    data = {"from": old.form if old else None, "to": form, "on": valid_from, "basis": span.basis}
    record(actor=actor, event="producer.legal_form_changed", subject=f"producer:{producer.code}", data=data, at=at)
    return span


@transaction.atomic
def set_links(*, actor: Actor, producer: Producer, links: Sequence[tuple[str, str]], at: datetime) -> None:
    """The producer's links, (kind, address) each, in place of those it had. Raises `Refused`, `NotFitting`."""
    demand(policies.can_edit_producer(actor, producer))
    wanted = dict.fromkeys((kind, clean_line(url)) for kind, url in links if clean_line(url))
    if len(wanted) > _MOST_LINKS:
        raise NotFitting(_("Ghi nhiều nhất %(n)s liên kết.") % {"n": _MOST_LINKS})
    for kind, url in wanted:
        if kind not in LinkKind.values or not url.startswith(("https://", "http://")) or len(url) > _LONGEST_LINK:
            raise NotFitting(_("Liên kết phải bắt đầu bằng https://, ví dụ https://facebook.com/ten-trang."))
    Producer.objects.select_for_update().get(pk=producer.pk)
    had = set(producer.links.values_list("kind", "url"))
    if had == set(wanted):
        return
    producer.links.all().delete()
    ProducerLink.objects.bulk_create(ProducerLink(producer=producer, kind=kind, url=url) for kind, url in wanted)
    data = {"links": sorted(url for _kind, url in wanted)}
    record(actor=actor, event="producer.links_set", subject=f"producer:{producer.code}", data=data, at=at)


@transaction.atomic
def publish_contact(*, actor: Actor, producer: Producer, phone: str, zalo: str, at: datetime) -> Producer:
    """The producer agrees to have its business phone and Zalo shown (Law 91/2025/QH15). Raises `Refused`, `NotFitting`."""
    demand(policies.can_publish_contact(actor, producer))
    numbers = {"business_phone": _phone(phone), "business_zalo": _phone(zalo)}
    if not any(numbers.values()):
        raise NotFitting(_("Hãy ghi số điện thoại hoặc số Zalo muốn công khai."))
    Producer.objects.filter(pk=producer.pk).update(**numbers, contact_consent_at=at, contact_consent_by_id=actor.user_id, updated_at=at)
    data = {"fields": sorted(field for field, number in numbers.items() if number)}
    record(actor=actor, event="producer.contact_published", subject=f"producer:{producer.code}", data=data, at=at)
    producer.refresh_from_db()
    return producer


@transaction.atomic
def withdraw_contact(*, actor: Actor, producer: Producer, at: datetime) -> Producer:
    """The consent ends and the numbers go: they are shown nowhere from this moment. Raises `Refused`."""
    demand(policies.can_withdraw_contact(actor, producer))
    gone = {"business_phone": "", "business_zalo": "", "contact_consent_at": None, "contact_consent_by": None, "updated_at": at}
    if Producer.objects.filter(pk=producer.pk, contact_consent_at__isnull=False).update(**gone) == 1:
        record(actor=actor, event="producer.contact_withdrawn", subject=f"producer:{producer.code}", data={}, at=at)
    producer.refresh_from_db()
    return producer


def _phone(text: str) -> str:
    try:
        return normalise_phone(text) if text.strip() else ""
    except ValueError as error:
        raise NotFitting(str(error)) from error


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _differences(stored: Producer, typed: Mapping[str, Any]) -> list[Difference]:
    pairs = ((field, _as_text(getattr(stored, field)), _as_text(value)) for field, value in typed.items())
    return [Difference(field, theirs, yours) for field, theirs, yours in pairs if theirs != yours]


def _cleaned(values: Mapping[str, str]) -> dict[str, Any]:
    """NFC, no control or direction marks; too long, or empty where it may not be, raises `NotFitting`."""
    cleaned: dict[str, Any] = {field: clean_text(text) if field in _TEXTS else clean_line(text) for field, text in values.items()}
    for field, text in cleaned.items():
        limit = _LIMITS.get(field, _LONGEST_TEXT)
        if len(text) > limit:
            raise NotFitting(_("Phần này dài %(n)s ký tự, chỉ ghi được %(limit)s.") % {"n": len(text), "limit": limit})
    if "name" in cleaned and not cleaned["name"]:
        raise NotFitting(_("Hãy ghi tên chủ thể."))
    if "founded_year" in cleaned:
        cleaned["founded_year"] = _year(cleaned["founded_year"])
    return cleaned


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise NotFitting(_("Năm thành lập gồm bốn chữ số."))
    return int(text)


def _free_code(name: str) -> str:
    stem = _stem(name)
    return free_code(name, set(Producer.objects.filter(code__startswith=stem).values_list("code", flat=True)))


def free_code(name: str, taken: Collection[str]) -> str:
    """The name as an address; where it is taken, with a number behind."""
    stem = _stem(name)
    if stem not in taken:
        return stem
    return next(code for n in range(2, len(taken) + 3) if (code := f"{stem}-{n}") not in taken)


def _stem(name: str) -> str:
    return slug(name, _LONGEST_CODE - 5) or "chu-the"

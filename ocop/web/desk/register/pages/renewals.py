"""The queue of renewals and the renewal of one star, as those who keep them see them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actor import Actor
from ocop.core.text import search_key
from ocop.market.queries import channels_of
from ocop.papers.calendars import Day
from ocop.papers.sheets import Cell, Column, Sheet
from ocop.people.enums import Role
from ocop.places.models import Unit
from ocop.records.enums import Channel
from ocop.register import policies, rules
from ocop.register.enums import RenewalStage
from ocop.register.models import Product, Recognition
from ocop.register.queries import (
    Contact,
    Renewal,
    contacts_of,
    history_of,
    last_contacts,
    renewal_of,
    renewals_kept_by,
)
from ocop.web.desk.register.pages.products import Act, product_head
from ocop.web.desk.register.pages.stages import STAGES, StageWords
from ocop.web.kit.templatetags.kit_text import day, day_words

_OVER = (RenewalStage.LAPSED,)
_CHANNELS = {Channel.EMAIL: gettext_lazy("thư điện tử"), Channel.SMS: gettext_lazy("tin nhắn"), Channel.ZALO: "Zalo"}


@dataclass(frozen=True, slots=True)
class RenewalChoice:
    """What the queue was asked for; a value nobody knows is no choice."""

    stage: str
    commune: str
    stars: str
    filed: str
    text: str

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "RenewalChoice":
        stage, filed, stars = asked.get("gd", ""), asked.get("hs", ""), asked.get("sao", "")
        return cls(
            stage=stage if stage in STAGES else "",
            commune=asked.get("xa", "")[:20],
            stars=stars if stars in ("3", "4", "5") else "",
            filed=filed if filed in ("co", "chua") else "",
            text=asked.get("q", "")[:100],
        )

    def fits(self, row: Renewal) -> bool:
        """Everything but the stage, which the tabs choose."""
        commune, wanted = row.product.commune_now, search_key(self.text).split()
        named = search_key(" ".join([row.product.name, row.product.public_id, row.product.producer.name if row.product.producer else ""]))
        return (
            (not self.commune or (commune is not None and commune.code == self.commune))
            and (not self.stars or str(row.stars) == self.stars)
            and (not self.filed or (row.filing is not None) == (self.filed == "co"))
            and all(word in named for word in wanted)
        )

    def shows(self, row: Renewal) -> bool:
        return row.stage == self.stage if self.stage else row.stage not in _OVER


@dataclass(frozen=True, slots=True)
class Tab:
    stage: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The renewals that fit, the tabs with their counts, and the communes to choose from."""

    rows: Sequence[Renewal]
    tabs: Sequence[Tab]
    communes: Sequence[Unit]
    unfiled: int


def renewal_queue(actor: Actor, choice: RenewalChoice, *, on: date) -> Queue:
    kept = renewals_kept_by(actor, on)
    fitting = [row for row in kept if choice.fits(row)]
    counts = Counter(row.stage for row in fitting)
    tabs = [Tab("", _("Cần theo dõi"), sum(n for stage, n in counts.items() if stage not in _OVER))]
    tabs += [Tab(stage.value, str(STAGES[stage].label), counts[stage]) for stage in RenewalStage if counts[stage] or choice.stage == stage]
    communes = {row.product.commune_now.pk: row.product.commune_now for row in kept if row.product.commune_now}
    rows = [row for row in fitting if choice.shows(row)]
    unfiled = sum(row.filing is None and row.stage in _UNFILED for row in rows)
    return Queue(rows, tabs, sorted(communes.values(), key=lambda unit: unit.folded), unfiled)


_UNFILED = (RenewalStage.OPEN, RenewalStage.REMIND, RenewalStage.LAST_CALL, RenewalStage.LATE)


def renewal_rows(renewals: Iterable[Renewal]) -> list[dict[str, Any]]:
    """Each renewal with the words of its stage and the last contact, in two questions for the page."""
    listed = list(renewals)
    contacts = last_contacts(row.recognition.pk for row in listed)
    return [
        {"row": row, "words": STAGES[row.stage], "contact": contact_words(contacts.get(row.recognition.pk)), "next": next_act(row)}
        for row in listed
    ]


def next_act(row: Renewal) -> str:
    """Who does what next, in a few words."""
    if row.stage == RenewalStage.LATE and row.filing is not None:
        return _("Cơ quan OCOP xét kéo dài: hồ sơ nộp muộn")
    if row.stage == RenewalStage.EXTENDED and row.recognition.extended_until:
        return _("Ghi kết quả trước %(day)s") % {"day": day_words(row.recognition.extended_until)}
    return str(STAGES[row.stage].next_act)


def contact_words(contact: Contact | None) -> str:
    """The last call or letter in words: when, about what, by which way, whether anybody got it."""
    if contact is None:
        return ""
    when = day_words(localdate(contact.at))
    if not contact.stage:
        number = f" {contact.letter_no}" if contact.letter_no else ""
        return _("Thư%(number)s, lập ngày %(day)s") % {"number": number, "day": when}
    if not contact.people:
        return _("Ngày %(day)s: chủ thể chưa có tài khoản, chưa ai nhận được") % {"day": when}
    ways = ", ".join(str(_CHANNELS[Channel(way)]) for way in contact.channels) or _("báo trong phần mềm")
    return _("Ngày %(day)s, %(ways)s") % {"day": when, "ways": ways}


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on the way of a renewal."""

    label: str
    on: date
    state: str  # "done", "now" or nothing


def renewal_desk(actor: Actor, product: Product, *, on: date) -> dict[str, Any]:
    """Where one renewal stands, what was done about it, what this hat may do, and what the star is used for."""
    row = renewal_of(product, on)
    recognition = row.recognition if row else history_of(product).last()
    contacts = contacts_of(recognition) if recognition else []
    return {
        **product_head(product, on=on),
        "row": row,
        "words": STAGES[row.stage] if row else None,
        "next": _next_for(actor, row) if row else "",
        "marks": _marks(row, on) if row else [],
        "contacts": [(contact_words(contact), STAGES[contact.stage].label if contact.stage else "") for contact in contacts],
        "decisions": recognition.late_decisions.select_related("decided_by").order_by("decided_at") if recognition else [],
        "acts": [act for act in _acts(actor, product, row) if act.verdict],
        "channels": channels_of(product.public_id),
        "is_officer": actor.role in (Role.COMMUNE_OFFICER, Role.OCOP_OFFICER),
    }


def _next_for(actor: Actor, row: Renewal) -> str:
    """To the maker what the last call says, to officers whose move it is."""
    if actor.role == Role.PRODUCER and rules.call_due(row.stage):
        return rules.call_words(row.stage, row.ends, _)[1].removesuffix(".")
    return next_act(row)


def _marks(row: Renewal, on: date) -> list[Mark]:
    stages = (
        (_("Đặt kiểm nghiệm"), RenewalStage.PREPARE),
        (_("Mở nhận hồ sơ"), RenewalStage.OPEN),
        (_("Nhắc lại"), RenewalStage.REMIND),
        (_("Nhắc lần cuối"), RenewalStage.LAST_CALL),
    )
    days = [(label, rules.stage_begins(stage, row.ends)) for label, stage in stages]
    days += [(_("Ngày cuối nhận hồ sơ"), row.window.last), (_("Ngày cuối giấy chứng nhận có giá trị"), row.last_day)]
    if row.recognition.extended_until:
        days.append((_("Ngày cuối được kéo dài"), row.recognition.extended_until - timedelta(days=1)))
    nearest = next((at for _label, at in days if at >= on), None)
    return [Mark(label, at, "now" if at == nearest else "done" if at < on else "") for label, at in days]


def _acts(actor: Actor, product: Product, row: Renewal | None) -> list[Act]:
    if row is None:
        return []
    code, star = product.public_id, row.recognition
    label = _("Sửa hồ sơ đã ghi") if row.filing else _("Ghi hồ sơ đã nộp")
    return [
        Act(label, reverse("desk:renewal_file", args=[code]), "clipboard-check", policies.can_record_filing(actor, star)),
        Act(_("Quyết định lỡ hạn"), reverse("desk:renewal_decide", args=[code]), "scale", policies.can_decide_late(actor, star, row.stage)),
        Act(_("Kết quả: không đạt"), reverse("desk:renewal_refused", args=[code]), "circle-x", policies.can_record_refusal(actor, star)),
        Act(_("Kết quả: công nhận"), reverse("desk:recognise", args=[code]), "award", policies.can_record_recognition(actor, product)),
        Act(_("Kéo dài"), reverse("desk:extend", args=[star.code]), "calendar-clock", policies.can_extend(actor, star)),
    ]


def extension_known(recognition: Recognition) -> dict[str, str]:
    """What the dossier that was handed in says already of the extension (Art. 12.3)."""
    filing = getattr(recognition, "filing", None)
    return {"receipt": filing.receipt, "ground": _("Điều 12 khoản 3 Quyết định 26/2026/QĐ-TTg")} if filing else {}


def renewals_sheet(on: date) -> Sheet:
    """What the spreadsheet says of itself."""
    return Sheet(
        name=_("Đánh giá lại"),
        title=_("Sao OCOP đến kỳ đánh giá lại"),
        as_of=_("Tính vào ngày %(day)s.") % {"day": day_words(on)},
        source=_("Sổ OCOP Bắc Kạn. Hạn nộp hồ sơ theo Điều 7 khoản 6 Quyết định 26/2026/QĐ-TTg."),
        columns=(
            Column(_("Mã"), 9),
            Column(_("Sản phẩm"), 34),
            Column(_("Chủ thể"), 34),
            Column(_("Xã, phường"), 20),
            Column(_("Hạng sao"), 9),
            Column(_("Có giá trị đến hết"), 14),
            Column(_("Ngày hết hạn lấy từ"), 18),
            Column(_("Giai đoạn"), 24),
            Column(_("Nhận hồ sơ từ"), 14),
            Column(_("Nhận hồ sơ đến"), 14),
            Column(_("Đã nộp ngày"), 14),
            Column(_("Giấy tiếp nhận"), 20),
            Column(_("Lần gọi gần nhất"), 36),
            Column(_("Việc tiếp theo"), 36),
        ),
    )


def renewals_cells(renewals: Iterable[Renewal]) -> list[list[Cell]]:
    """One line a star, in the columns of `renewals_sheet`."""
    return [_cells(each["row"], each["words"], each["contact"], each["next"]) for each in renewal_rows(renewals)]


def _cells(row: Renewal, stage: StageWords, contact: str, act: str) -> list[Cell]:
    product = row.product
    return [
        product.public_id,
        product.name,
        product.producer.name if product.producer else "",
        product.commune_now.name if product.commune_now else "",
        row.stars,
        row.last_day,
        _("giấy chứng nhận") if row.is_stated else _("tính 36 tháng"),
        str(stage.label),
        row.window.first,
        row.window.last,
        row.filing.filed_on if row.filing else None,
        row.filing.receipt if row.filing else "",
        contact,
        act,
    ]


def calendar_days(actor: Actor, *, on: date, site: str) -> list[Day]:
    """The days of every renewal an office keeps. Names of products and makers are public; nothing else is among them."""
    days: list[Day] = []
    for row in renewals_kept_by(actor, on):
        if row.stage != RenewalStage.LAPSED:
            days += _days(row, f"{site}{reverse('desk:renewal', args=[row.product.public_id])}")
    return days


def _days(row: Renewal, url: str) -> list[Day]:
    name = f"{row.product.name} ({row.product.public_id})"
    maker = row.product.producer.name if row.product.producer else _("chưa rõ chủ thể")
    text = _("%(maker)s. Nhận hồ sơ từ %(first)s đến %(last)s.") % {
        "maker": maker,
        "first": day(row.window.first),
        "last": day(row.window.last),
    }
    marks = [
        ("open", row.window.first, _("Mở nhận hồ sơ đánh giá lại")),
        ("close", row.window.last, _("Ngày cuối nhận hồ sơ")),
        ("end", row.last_day, _("Sao hết hạn")),
    ]
    if row.recognition.extended_until:
        marks.append(("extension", row.recognition.extended_until - timedelta(days=1), _("Hết thời gian kéo dài")))
    return [Day(f"{row.recognition.code}-{key}", at, f"{words}: {name}", text, url) for key, at, words in marks]

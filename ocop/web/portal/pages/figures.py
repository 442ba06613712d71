"""Figures as their template shows them: the value as printed, its time, area, source and confidence; contradictions side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.programme.enums import FigureKind, Operator, PeriodPrecision, Qualifier, TargetKind
from ocop.programme.models import Figure, PlanTarget, Policy
from ocop.programme.queries import contradictions, figure_years, figures, policies, targets
from ocop.web.kit.templatetags.kit_text import number, partial
from ocop.web.portal.pages.star import Source, source

_QUALIFIERS: dict[str, Promise] = {
    Qualifier.ABOUT: gettext_lazy("khoảng %(value)s"),
    Qualifier.OVER: gettext_lazy("hơn %(value)s"),
    Qualifier.AT_LEAST: gettext_lazy("từ %(value)s trở lên"),
}
_OPERATORS: dict[str, Promise] = {
    Operator.AT_LEAST: gettext_lazy("ít nhất %(value)s"),
    Operator.ABOUT: gettext_lazy("khoảng %(value)s"),
}
TARGET_KINDS: dict[str, Promise] = {
    TargetKind.TARGET: gettext_lazy("Mục tiêu"),
    TargetKind.SURVEY_FACT: gettext_lazy("Kết quả khảo sát đã công bố"),
    TargetKind.KEY_GROUP: gettext_lazy("Năm nhóm hàng chủ lực"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One reported number. `is_disputed` marks rows that another row contradicts."""

    code: str
    indicator: str
    value: str
    unit: str
    when: str
    area: str
    is_target: bool
    is_disputed: bool
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class YearGroup:
    year: int
    lines: Sequence[FigureLine]


@dataclass(frozen=True, slots=True)
class TargetLine:
    name: str
    value: str
    unit: str
    period: str
    document: str
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class TargetGroup:
    kind: str
    lines: Sequence[TargetLine]


@dataclass(frozen=True, slots=True)
class PolicyLine:
    name: str
    when: str
    issued_by: str
    details: Sequence[str]
    source: Source


@dataclass(frozen=True, slots=True)
class FiguresLink:
    """One page of figures in the row of links above them."""

    label: str
    address: str
    anchor: str  # where the page stood when all figures were on one
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class FiguresView:
    """One page of figures: `years` are the tables it shows; all of it may be empty."""

    links: Sequence[FiguresLink]
    disputes: Sequence[Sequence[FigureLine]] = ()
    years: Sequence[YearGroup] = ()
    targets: Sequence[TargetGroup] = ()
    policies: Sequence[PolicyLine] = ()


LATEST_YEARS = 2  # shown on the first page


def figure_links(here: str = "") -> list[FiguresLink]:
    """Where the figures are: those that disagree and the latest, each year, the targets. One question."""
    years = [FiguresLink(str(year), reverse("portal:figures_of", args=[year]), f"nam-{year}", str(year) == here) for year in figure_years()]
    first = FiguresLink(_("Mới nhất, lệch nhau"), reverse("portal:figures"), "lech-nhau", here == "")
    last = FiguresLink(_("Mục tiêu, chính sách"), reverse("portal:targets"), "muc-tieu", here == "targets")
    return [first, *years, last]


def figures_view() -> FiguresView:
    """The figures that contradict each other, and the latest years."""
    rows, groups = _figures()
    latest = sorted({row.stated_last.year for row in rows}, reverse=True)[:LATEST_YEARS]
    return FiguresView(
        links=figure_links(),
        disputes=[[_figure(row, True) for row in group] for group in groups],
        years=[_year(rows, groups, year) for year in latest],
    )


def year_view(year: int) -> FiguresView | None:
    """Everything reported for one year; None when nothing was."""
    rows, groups = _figures()
    found = _year(rows, groups, year)
    return FiguresView(links=figure_links(str(year)), years=[found]) if found.lines else None


def targets_view() -> FiguresView:
    """What was planned, and the province's decisions about selling."""
    planned = list(targets())
    kinds = [(str(word), _targets(planned, kind)) for kind, word in TARGET_KINDS.items()]
    return FiguresView(
        links=figure_links("targets"),
        targets=[TargetGroup(word, lines) for word, lines in kinds if lines],
        policies=[_policy(row) for row in policies()],
    )


def _figures() -> tuple[list[Figure], list[Sequence[Figure]]]:
    rows = list(figures())
    return rows, contradictions(rows)


def _year(rows: Iterable[Figure], groups: Iterable[Sequence[Figure]], year: int) -> YearGroup:
    disputed = {row.pk for group in groups for row in group}
    return YearGroup(year, [_figure(row, row.pk in disputed) for row in rows if row.stated_last.year == year])


def _figure(row: Figure, is_disputed: bool) -> FigureLine:
    return FigureLine(
        code=row.code,
        indicator=row.indicator,
        value=_qualified(row.value_text, _QUALIFIERS.get(row.qualifier)),
        unit=row.unit_text,
        when=period_words(row),
        area=row.area,
        is_target=row.kind == FigureKind.TARGET,
        is_disputed=is_disputed,
        note=row.note,
        source=source(row),
    )


def period_words(row: Figure) -> str:
    """The time a figure speaks of: "12/2019", "năm 2021", "2018–2020"."""
    if row.stated_precision == PeriodPrecision.YEARS:
        return f"{row.stated_from.year}–{row.stated_last.year}"
    return partial(row.stated_from, row.stated_precision)


def _targets(rows: Iterable[PlanTarget], kind: str) -> list[TargetLine]:
    return [_target(row) for row in rows if row.kind == kind]


def _target(row: PlanTarget) -> TargetLine:
    return TargetLine(
        name=row.name,
        value=_qualified(_range(row.value_low, row.value_high), _OPERATORS.get(row.operator)),
        unit=row.unit_text,
        period=row.period,
        document=row.legal_document,
        note=row.note,
        source=source(row),
    )


def _policy(row: Policy) -> PolicyLine:
    details = [detail for detail in (row.result_text, row.note) if detail]
    return PolicyLine(row.name, partial(row.starts_on, row.start_precision), row.issued_by, details, source(row))


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None:
        return ""
    return number(low) if high in (None, low) else f"{number(low)}–{number(high)}"


def _qualified(value: str, words: Promise | None) -> str:
    return str(words) % {"value": value} if words and value else value

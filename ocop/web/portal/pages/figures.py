"""Figures as their template shows them: the value as printed, its time, area, source and confidence; contradictions side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ocop.programme.enums import FigureKind, Operator, PeriodPrecision, Qualifier, TargetKind
from ocop.programme.models import Figure, PlanTarget, Policy
from ocop.programme.queries import contradictions, figures, policies, targets
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
class FiguresView:
    total: int
    disputes: Sequence[Sequence[FigureLine]]
    years: Sequence[YearGroup]
    targets: Sequence[TargetGroup]
    policies: Sequence[PolicyLine]


def figures_view() -> FiguresView:
    """Everything that was reported, planned and decided. Three questions."""
    rows = list(figures())
    groups = contradictions(rows)
    disputed = {row.pk for group in groups for row in group}
    lines = [(row.stated_last.year, _figure(row, row.pk in disputed)) for row in rows]
    planned = list(targets())
    return FiguresView(
        total=len(rows),
        disputes=[[_figure(row, True) for row in group] for group in groups],
        years=[YearGroup(year, [line for of, line in lines if of == year]) for year in sorted({of for of, _line in lines}, reverse=True)],
        targets=[TargetGroup(str(word), _targets(planned, kind)) for kind, word in TARGET_KINDS.items() if _targets(planned, kind)],
        policies=[_policy(row) for row in policies()],
    )


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

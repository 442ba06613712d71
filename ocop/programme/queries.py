"""Figures, targets and policies as they were reported: every value with its time, area, source and confidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Min, QuerySet

from ocop.programme.enums import AreaLevel
from ocop.programme.models import Figure, PlanTarget, Policy


def figures() -> QuerySet[Figure]:
    """Every figure with its unit, the latest time first, the larger area first within it."""
    return Figure.objects.select_related("area_unit").order_by("-stated_last", "area_level", "area", "indicator", "code")


def figures_behind(code: str, *, limit: int, indicator: str = "", area_level: str = "", kind: str = "") -> QuerySet[Figure]:
    """Figures that are no demo in the order of their codes, from behind one; narrowed as asked."""
    found = Figure.objects.filter(is_demo=False, code__gt=code).select_related("area_unit").defer("area_unit__boundary")
    wanted = {"indicator_code": indicator, "area_level": area_level, "kind": kind}
    return found.filter(**{name: value for name, value in wanted.items() if value}).order_by("code")[:limit]


def indicators() -> list[tuple[str, str, int]]:
    """Every indicator that has a figure: its code, its name, how many figures; by code."""
    rows = Figure.objects.filter(is_demo=False).values("indicator_code").annotate(name=Min("indicator"), count=Count("pk"))
    return list(rows.order_by("indicator_code").values_list("indicator_code", "name", "count"))


def figure_years() -> list[int]:
    """The years figures speak of, the latest first; one question."""
    years = Figure.objects.order_by().values_list("stated_last__year", flat=True).distinct()
    return sorted(years, reverse=True)


def contradictions(rows: Iterable[Figure]) -> list[Sequence[Figure]]:
    """Figures that contradict each other, side by side: each group in the order of its values."""
    groups: Mapping[str, list[Figure]] = defaultdict(list)
    for row in rows:
        if row.disagreement_group:
            groups[row.disagreement_group].append(row)
    return [sorted(group, key=lambda row: (row.value_low, row.code)) for _name, group in sorted(groups.items()) if len(group) > 1]


def latest_figure(indicator_code: str, area_level: str = AreaLevel.PROVINCE) -> Figure | None:
    """The newest fact reported under an indicator for an area level; None when nobody reported one."""
    found = Figure.objects.filter(indicator_code=indicator_code, area_level=area_level, kind="fact")
    return found.order_by("-stated_last", "-code").first()


def targets() -> QuerySet[PlanTarget]:
    """Every target and survey finding, by kind and period."""
    return PlanTarget.objects.order_by("kind", "-period", "key")


def policies() -> QuerySet[Policy]:
    """Decisions about selling and showing, the latest first."""
    return Policy.objects.order_by("-starts_on", "key")

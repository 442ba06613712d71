"""Open to every program: administrative units through time, and the programme's figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from ocop.places.queries import unit_with_key, units_behind
from ocop.programme.queries import figures_behind
from ocop.programme.queries import indicators as known_indicators
from ocop.web.api.pages import places as pages
from ocop.web.api.pages.answers import answer, begins_behind, listed, page_of
from ocop.web.api.schemas import rows
from ocop.web.api.schemas.asked import FiguresAsked, PlacesAsked, UnitKey

router = Router()


@router.get("/places", response=rows.ListOn[rows.Unit], summary="Places on a day", tags=["Places"])
def places(request: HttpRequest, asked: Query[PlacesAsked]) -> HttpResponse:
    """The administrative units of a day, by key. Districts end with 2025-06-30; the communes of today begin on 2025-07-01."""
    on, kind = asked.on or timezone.localdate(), asked.kind.value if asked.kind else ""
    found = list(units_behind(begins_behind(asked.cursor), limit=asked.limit + 1, on=on, kind=kind, parent=asked.parent or ""))
    shown, following = page_of(found, asked.limit, "place", lambda unit: unit.key)
    return listed(request, shown, following=following, item=pages.unit_item, on=on.isoformat())


@router.get("/places/{key}", response=rows.UnitWhole, summary="One place", tags=["Places"])
def place(request: HttpRequest, key: UnitKey) -> HttpResponse:
    """One unit with what it came of, what became of it, and which units of today hold it."""
    unit = unit_with_key(key)
    if unit is None:
        raise Http404
    return answer(pages.unit_whole(unit, timezone.localdate()))


@router.get("/indicators", response=rows.List[rows.Indicator], summary="Indicators", tags=["Figures"])
def indicators(request: HttpRequest) -> HttpResponse:
    """What there are figures of."""
    return listed(request, known_indicators(), following="", item=lambda row: {"code": row[0], "name": row[1], "figures": row[2]})


@router.get("/figures", response=rows.List[rows.Figure], summary="Figures", tags=["Figures"])
def figures(request: HttpRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """What was reported: every number with its time, area and source; those that contradict each other stay side by side."""
    level, kind = asked.area_level.value if asked.area_level else "", asked.kind.value if asked.kind else ""
    behind = begins_behind(asked.cursor)
    found = list(figures_behind(behind, limit=asked.limit + 1, indicator=asked.indicator or "", area_level=level, kind=kind))
    shown, following = page_of(found, asked.limit, "figure", lambda figure: figure.code)
    return listed(request, shown, following=following, item=pages.figure_item)

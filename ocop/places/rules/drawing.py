"""Outlines of units as drawings: pure geometry, no database, no clock.

Outlines are GeoJSON geometries in degrees (x east, y north); drawings are SVG paths on a canvas of fixed width, y downwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

CANVAS = 760  # units wide, as the design's map is drawn
MARGIN = 10
SMALL_TOLERANCE = 0.0035  # degrees, about 350 m: a map a few hundred pixels wide
LARGE_TOLERANCE = 0.0007  # degrees, about 70 m

Point = tuple[float, float]
Ring = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to canvas: longitude is shortened by the cosine of the middle latitude, so that shapes keep their look."""

    west: float
    north: float
    scale_x: float
    scale_y: float
    height: float

    def place(self, lon: float, lat: float) -> Point:
        return (lon - self.west) * self.scale_x, (self.north - lat) * self.scale_y

    @property
    def viewbox(self) -> str:
        return f"{-MARGIN} {-MARGIN} {CANVAS + 2 * MARGIN} {round(self.height) + 2 * MARGIN}"


@dataclass(frozen=True, slots=True)
class Outline:
    """One unit as it is drawn: an SVG path, and the middle of its widest part, where its name fits."""

    path: str
    label_x: int
    label_y: int


def outer_and_inner_rings(geometry: dict[str, Any]) -> list[Ring]:
    """Every ring of a GeoJSON Polygon or MultiPolygon, holes included. Raises ValueError for any other geometry."""
    if geometry.get("type") == "Polygon":
        polygons = [geometry["coordinates"]]
    elif geometry.get("type") == "MultiPolygon":
        polygons = geometry["coordinates"]
    else:
        raise ValueError(f"only polygons have an outline, not {geometry.get('type')!r}")
    return [[(float(lon), float(lat)) for lon, lat, *_height in ring] for polygon in polygons for ring in polygon]


def projection_for(rings: Iterable[Ring]) -> Projection:
    """The projection that fits all rings into the canvas' width. Raises ValueError when there is nothing to fit."""
    points = [point for ring in rings for point in ring]
    if not points:
        raise ValueError("no outline to draw")
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    scale_x = CANVAS / (max(lons) - min(lons))
    scale_y = scale_x / cos(radians((max(lats) + min(lats)) / 2))
    return Projection(min(lons), max(lats), scale_x, scale_y, (max(lats) - min(lats)) * scale_y)


def outline(geometry: dict[str, Any], projection: Projection, tolerance: float, decimals: int = 0) -> Outline:
    """One unit's drawing, simplified to `tolerance` degrees, with coordinates of so many decimals."""
    rings = outer_and_inner_rings(geometry)
    drawn = [[projection.place(*point) for point in simplified(ring, tolerance)] for ring in rings]
    largest = max(([projection.place(*point) for point in ring] for ring in rings), key=lambda ring: abs(_area(ring)))
    label_x, label_y = label_point(largest)
    return Outline("".join(path_data(ring, decimals) for ring in drawn), round(label_x), round(label_y))


def simplified(ring: Ring, tolerance: float) -> list[Point]:
    """A closed ring of fewer points, at least a triangle, within `tolerance` of the points left out (Douglas and Peucker 1973)."""
    points = list(ring)
    if len(points) <= 4:
        return points
    keep = {0, len(points) - 1, max(range(len(points)), key=lambda index: _distance(points[index], points[0], points[0]))}
    pieces = list(pairwise(sorted(keep)))
    while pieces:
        start, end = pieces.pop()
        if end - start < 2:
            continue
        far = max(range(start + 1, end), key=lambda index: _distance(points[index], points[start], points[end]))
        if _distance(points[far], points[start], points[end]) > tolerance:
            keep.add(far)
            pieces += [(start, far), (far, end)]
    kept = [points[index] for index in sorted(keep)]
    return kept if len(kept) >= 4 else [points[index] for index in sorted({*keep, len(points) // 3, 2 * len(points) // 3})]


def simplified_geometry(geometry: dict[str, Any], tolerance: float, decimals: int) -> dict[str, Any]:
    """The same GeoJSON Polygon or MultiPolygon with fewer points and shorter numbers, for sending. Raises ValueError for any other."""
    outer_and_inner_rings(geometry)
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    short = [
        [[[round(lon, decimals), round(lat, decimals)] for lon, lat in simplified(ring, tolerance)] for ring in polygon]
        for polygon in polygons
    ]
    return {"type": geometry["type"], "coordinates": short[0] if geometry["type"] == "Polygon" else short}


def path_data(ring: Ring, decimals: int = 0) -> str:
    """The shortest SVG path we know for a closed ring: one absolute point, then steps, signs standing in for spaces."""
    factor = 10**decimals
    grid = [(round(x * factor), round(y * factor)) for x, y in ring]
    x, y = grid[0]
    steps: list[int] = []
    for next_x, next_y in grid[1:-1]:
        if (next_x, next_y) != (x, y):
            steps += [next_x - x, next_y - y]
            x, y = next_x, next_y
    return f"M{_numbers(grid[0], factor)}l{_numbers(steps, factor)}z"


def label_point(ring: Ring) -> Point:
    """The middle of the widest stretch inside the ring, among eleven level lines, those near the middle preferred."""
    ys = [y for _x, y in ring]
    low, high = min(ys), max(ys)
    best: tuple[float, Point] | None = None
    for step in range(1, 12):
        y = low + (high - low) * step / 12
        worth = 1 - abs(step - 6) / 12
        for left, right in _stretches(ring, y):
            if best is None or (right - left) * worth > best[0]:
                best = (right - left) * worth, ((left + right) / 2, y)
    return best[1] if best else ring[0]


def shade(count: int) -> int:
    """Which of the map's five shades: 0 none, 1 one, 2 two or three, 3 four or five, 4 six and more (product decision)."""
    return next(shade for shade, least in ((4, 6), (3, 4), (2, 2), (1, 1), (0, 0)) if count >= least)


def _stretches(ring: Ring, y: float) -> list[tuple[float, float]]:
    """Where a level line lies inside the ring."""
    crossings = sorted(x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in pairwise(ring) if (y1 > y) != (y2 > y))
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the stretch between two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length))
    return float(((px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2) ** 0.5)


def _numbers(values: Iterable[int], factor: int) -> str:
    """Numbers as SVG needs them: a sign or a second decimal point already parts two of them, and no nought stands before a point."""
    written = ""
    for value in values:
        text = f"{value / factor:.{len(str(factor)) - 1}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
        is_parted = text.startswith("-") or not written or (text.startswith(".") and "." in written.rpartition(" ")[2].rpartition("-")[2])
        written += text if is_parted else f" {text}"
    return written

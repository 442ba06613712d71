"""A list of a hundred products from the API beside the same list made by Django REST framework, in one process, in turn.

Both are called as views, without the middleware they would share; ours with its token, limits and validators, made anew each time. That
both say the same is checked before anything is timed. `python -m tests.bench.api` prints JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PRODUCTS, ROWS, ROUNDS, WARM = 1_000, 100, 60, 5
GOAL = 0.6


def api_figures() -> dict[str, Any]:
    """Times in milliseconds and their ratio, on SQLite with 1,000 products."""
    with tempfile.TemporaryDirectory() as folder:
        place = {**os.environ, "OCOP_MODE": "demo", "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        for command in (["manage.py", "migrate", "-v0"], ["manage.py", "seed", "all"]):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=place, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "tests.bench.grow", str(PRODUCTS)], cwd=ROOT, env=place, check=True)
        done = subprocess.run([sys.executable, "-m", "tests.bench.api", "--one"], cwd=ROOT, env=place, check=True, capture_output=True)
        return dict(json.loads(done.stdout))


def measure() -> dict[str, Any]:
    """Ours and theirs in turn; the ratio is taken pair by pair."""
    ours, theirs = _ours(), _theirs()
    if (told := json.loads(ours())["items"]) != (same := json.loads(theirs())) or len(told) != ROWS:
        raise AssertionError(f"the two lists differ: {told[:1]} and {same[:1]}")
    pairs = [(_timed(ours), _timed(theirs)) for _round in range(WARM + ROUNDS)][WARM:]
    return {
        "ours_ms": round(median(a for a, _b in pairs), 2),
        "drf_ms": round(median(b for _a, b in pairs), 2),
        "ratio": round(median(a / b for a, b in pairs), 3),
        "goal": GOAL,
    }


def _timed(ask: Callable[[], bytes]) -> float:
    from django.core.cache import cache  # noqa: PLC0415 (settings first)

    cache.clear()  # calls are counted; that they are is timed, that they are refused is not
    start = perf_counter()
    ask()
    return (perf_counter() - start) * 1000


def _ours() -> Callable[[], bytes]:
    from django.test import RequestFactory  # noqa: PLC0415
    from django.urls import resolve  # noqa: PLC0415

    from ocop.web.kit.middleware.public_pages import SHELF  # noqa: PLC0415

    SHELF.limit = 0
    view, factory = resolve("/api/v1/products").func, RequestFactory()
    return lambda: bytes(view(factory.get("/api/v1/products", {"limit": ROWS})).content)


def _theirs() -> Callable[[], bytes]:
    from django.test import RequestFactory  # noqa: PLC0415

    from tests.bench.drf import Products  # noqa: PLC0415

    view, factory = Products.as_view(), RequestFactory()
    return lambda: bytes(view(factory.get("/products")).render().content)


if __name__ == "__main__":
    if "--one" in sys.argv:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        sys.stdout.write(json.dumps(measure()))
    else:
        sys.stdout.write(json.dumps(api_figures(), indent=1) + "\n")

"""Search over 100,000 names, ranked, beside a LIKE scan of the same texts in the same database; SQLite and PostgreSQL.

`python -m tests.bench.search` prints JSON: for each database the 90th percentiles in milliseconds, their ratio, and how the time
grows from 1,000 to 100,000 names. The scan reads a table of the bare texts and stops at twenty hits, unranked: the best it can do.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from tools.postgres import NoPostgres, cluster

ROOT = Path(__file__).resolve().parents[2]
SMALL, LARGE = 1_000, 100_000
SHOWN, PASSES, WARM = 20, 5, 2
SEED = 20261124
FOUND = (
    *("miến dong", "rượu men lá", "trà hoa vàng", "nghệ", "bằng phúc chợ đồn", "gạo nếp tài", "htx sỹ bình", "mật ong rừng"),
    *("thịt trâu gác bếp", "bi xanh thom", "khau nua", "HTX Côn Minh miến", "tinh bột nghệ na rì", "lạp sườn", "mang kho xuan lac"),
)
MISSED = ("pizza", "xoài cát hòa lộc", "sầu riêng", "rượi men la", "miến đong zz")
GOAL = 0.6


def search_figures() -> dict[str, Any]:
    """Both databases, each in a process of its own since Django knows one database a process."""
    answer: dict[str, Any] = {"goal": GOAL}
    with tempfile.TemporaryDirectory() as folder:
        answer["sqlite"] = _ask(f"sqlite:///{folder}/bench.sqlite3")
    try:
        with cluster() as server:
            answer["postgresql"] = _ask(server.url)
    except NoPostgres as missing:
        answer["postgresql"] = {"skipped": str(missing)}
    return answer


def _ask(url: str) -> dict[str, Any]:
    environment = {**os.environ, "OCOP_MODE": "test", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("MIGRATE_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.search", "--one"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


def measure() -> dict[str, Any]:
    """One database: fill, ask, fill further, ask again."""
    import django  # noqa: PLC0415 (settings come from the environment this process was given)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from ocop.register.queries import matching_ids  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_names (id integer PRIMARY KEY, text text NOT NULL)")
    texts = _texts()
    sizes: dict[int, dict[str, Any]] = {}
    at = 0
    for size in (SMALL, LARGE):
        _fill([next(texts) for _ in range(size - at)], at)
        at = size
        sizes[size] = _timed(lambda text: matching_ids(text, SHOWN), _scan)
    large, small = sizes[LARGE], sizes[SMALL]
    return {
        "search_p90_ms": large["search_p90_ms"],
        "like_p90_ms": large["like_p90_ms"],
        "ratio": round(large["search_p90_ms"] / large["like_p90_ms"], 3),
        "growth": round(large["search_p90_ms"] / small["search_p90_ms"], 2),
        "sizes": sizes,
    }


def _timed(search: Callable[[str], list[int]], scan: Callable[[str], list[int]]) -> dict[str, Any]:
    """Search and scan in turn, so that whatever else the machine does slows both."""
    times: dict[str, list[float]] = {"search": [], "like": [], "missed": []}
    for number in range(WARM + PASSES):
        for text in FOUND:
            for name, ask in (("search", search), ("like", scan)):
                taken, found = _time(ask, text)
                if name == "search" and not found:
                    raise AssertionError(f"{text!r} finds nothing: the bench asks what is there")
                if number >= WARM:
                    times[name].append(taken)
        times["missed"] += [_time(search, text)[0] for text in MISSED] if number >= WARM else []
    told = {f"{name}_p90_ms": round(quantiles(taken, n=10)[-1], 2) for name, taken in times.items()}
    return told | {f"{name}_median_ms": round(median(taken), 2) for name, taken in times.items()}


def _time(ask: Callable[[str], list[int]], text: str) -> tuple[float, list[int]]:
    start = perf_counter()
    found = ask(text)
    return (perf_counter() - start) * 1000, found


def _scan(text: str) -> list[int]:
    """What a search without an index does: every word somewhere in the text, the first twenty rows met."""
    from django.db import connection  # noqa: PLC0415

    from ocop.core.text import search_key  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM bench_names WHERE text LIKE %s LIMIT {SHOWN}", [f"%{search_key(text)}%"])
        return [row[0] for row in cursor.fetchall()]


def _texts() -> Iterator[tuple[str, str]]:
    """Names as the register has them, (name, searched text): real kinds, places and makers in new combinations."""
    from django.conf import settings  # noqa: PLC0415

    from ocop.places.readers import read_units  # noqa: PLC0415
    from ocop.places.rules import split_kind  # noqa: PLC0415
    from ocop.register.readers import read_producers, read_products  # noqa: PLC0415
    from ocop.register.rules import search_text  # noqa: PLC0415

    folder = settings.DATA_DIR
    products = read_products((folder / "bac-kan" / "products.csv").read_bytes())
    makers = [row.name for row in read_producers((folder / "bac-kan" / "producers.csv").read_bytes())]
    units = read_units((folder / "places" / "units.csv").read_bytes())
    above = {row.code: split_kind(row.name)[1] for row in units if row.kind in ("district", "city")}
    places = [(split_kind(row.name)[1], above[row.parent_code]) for row in units if row.parent_code in above]
    yield from ((text, search_text([text])) for text in FOUND)  # so that the small register has them too
    chance = random.Random(SEED)
    while True:
        product, (place, district) = chance.choice(products), chance.choice(places)
        name = f"{product.name} {place} {chance.randrange(10_000)}"
        yield name, search_text([name, chance.choice(makers), product.source_group, place, district, "Bắc Kạn"])


def _fill(rows: list[tuple[str, str]], first: int) -> None:
    from django.db import connection  # noqa: PLC0415

    from ocop.core.text import sort_key  # noqa: PLC0415
    from ocop.register.models import Product  # noqa: PLC0415
    from tests.cast import NOW, TODAY  # noqa: PLC0415

    facts = {"slug": "x", "art": "qua", "confidence": "low", "as_of": TODAY, "created_at": NOW, "updated_at": NOW}
    Product.objects.bulk_create(
        (
            Product(public_id=f"B{first + n}", name=name, sort_key=sort_key(name), search_text=text, **facts)
            for n, (name, text) in enumerate(rows)
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_names (id, text) VALUES (%s, %s)", [(first + n, text) for n, (_, text) in enumerate(rows)])
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    if "--one" in sys.argv:
        sys.stdout.write(json.dumps(measure()))
    else:
        sys.stdout.write(json.dumps(search_figures(), indent=1) + "\n")

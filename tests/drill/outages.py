"""P13: it degrades and does not fall. A part goes away under a running site; the site says so, and recovers by itself."""

import time
from pathlib import Path

from tests.drill.site import Answer, DrillFailed, ask, environment_for, serving
from tools.postgres import Cluster, free_port

PUBLIC = ("/", "/san-pham/", "/sp/BK001", "/so-dang-ky/")
SLOW = 2.0  # seconds, RELIABILITY P13
RECOVERY = 15.0


def demand(answer: Answer, what: str, *, status: int, within: float = SLOW) -> None:
    if answer.status != status or answer.seconds > within:
        raise DrillFailed(f"{what}: {answer.status} after {answer.seconds:.1f} s, promised {status} within {within:.0f} s")


def cache_drill(folder: Path, server: Cluster) -> str:
    """No cache from the start: a port nobody listens on."""
    environment = environment_for(folder, server.url, CACHE_URL=f"redis://127.0.0.1:{free_port()}/0")
    with serving(environment) as url:
        ask(f"{url}/")  # the first page of a process loads its templates
        slowest = 0.0
        for path in PUBLIC:
            answer = ask(url + path)
            demand(answer, f"cache away, {path}", status=200)
            slowest = max(slowest, answer.seconds)
    return f"cache away: {len(PUBLIC)} public pages 200, slowest {slowest:.2f} s"


def database_drill(folder: Path, server: Cluster) -> str:
    """The database crashes and comes back while the site runs."""
    with serving(environment_for(folder, server.url)) as url:
        demand(ask(f"{url}/sp/BK001"), "before", status=200, within=10)
        server.stop()
        try:
            watch_the_outage(url)
        finally:
            server.start()
        back = time.monotonic()
        while ask(f"{url}/readyz").status != 200 or ask(f"{url}/sp/BK001").status != 200:
            if time.monotonic() - back > RECOVERY:
                raise DrillFailed(f"the site has not recovered {RECOVERY:.0f} s after the database did")
            time.sleep(0.2)
    return f"database away: 503 with Retry-After; back {time.monotonic() - back:.1f} s after the database, without a restart"


def watch_the_outage(url: str) -> None:
    """What a visitor and a balancer get while the database is away."""
    for path in ("/san-pham/?q=mien", "/so-dang-ky/?ngay=2020-01-01", "/readyz"):
        away = ask(url + path)
        demand(away, f"database away, {path}", status=503, within=SLOW + 0.5)
        if "Retry-After" not in away.headers or "Traceback" in away.body:
            raise DrillFailed(f"database away, {path}: no Retry-After, or a trace on the page")
    demand(ask(f"{url}/healthz"), "database away, /healthz", status=200)

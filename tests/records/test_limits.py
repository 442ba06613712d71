"""How often a thing may be tried."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.records import rules
from ocop.records.actions import limits, take_token
from tests.records.conftest import AT


class AwayCache:
    """A cache server that does not answer."""

    def __getattr__(self, name):
        raise ConnectionError("cache away")


def takes(limit, key, count, at=AT):
    return sum(take_token(limit=limit, key=key, at=at).allowed for _ in range(count))


@pytest.mark.parametrize("name", rules.LIMITS)
def test_a_bucket_gives_its_capacity_and_then_a_sentence(name):
    limit = rules.LIMITS[name]
    assert limit.key
    assert takes(name, "192.0.2.1", limit.capacity + 5) == limit.capacity
    verdict = take_token(limit=name, key="192.0.2.1", at=AT)
    assert "Hãy chờ" in verdict.reason
    assert take_token(limit=name, key="192.0.2.2", at=AT)


def test_a_bucket_fills_again_and_no_further_than_its_capacity():
    limit = rules.LIMITS["report"]
    takes("report", "a", 10)
    wait = 1 / limit.refill
    assert not take_token(limit="report", key="a", at=AT + timedelta(seconds=wait - 1))
    assert takes("report", "a", 3, AT + timedelta(seconds=wait)) == 1
    assert takes("report", "a", 50, AT + timedelta(days=30)) == limit.capacity


def test_the_wait_is_told_in_seconds_or_minutes():
    takes("search", "a", 60)
    assert "1 giây" in take_token(limit="search", key="a", at=AT).reason
    takes("report", "a", 6)
    assert "10 phút" in take_token(limit="report", key="a", at=AT).reason


@given(st.lists(st.floats(0, 600), min_size=1, max_size=80), st.integers(1, 20), st.floats(0.01, 2))
def test_never_more_than_capacity_and_what_time_brought(pauses, capacity, refill):
    limit, bucket, now, taken = rules.Limit("x", capacity, refill, "k"), None, 0.0, 0
    for pause in pauses:
        now += pause
        bucket, wait = rules.take(limit, bucket, now)
        taken += wait == 0
    assert taken <= capacity + refill * now + 1e-6


def test_a_clock_that_goes_back_gives_nothing():
    takes("report", "a", 6)
    assert not take_token(limit="report", key="a", at=AT - timedelta(hours=1))


def test_threads_together_get_no_more_than_one_alone():
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _n: take_token(limit="upload", key="a", at=AT).allowed, range(200)))
    assert sum(got) <= rules.LIMITS["upload"].capacity
    assert sum(got) > 0


def test_without_the_cache_each_process_counts_for_itself(monkeypatch):
    monkeypatch.setattr(limits, "cache", AwayCache())
    limits._own_cache.clear()
    assert takes("report", "a", 20) == rules.LIMITS["report"].capacity


def test_no_key_stands_in_the_cache_as_it_is():
    take_token(limit="claim", key="+84912345678\r\nđ", at=AT)
    assert "912345678" not in repr(list(cache._cache))


@pytest.mark.parametrize("name", rules.LIMITS)
def test_every_limit_is_asked_for_by_a_screen(name):
    """A row nobody takes from protects nothing."""
    screens = "".join(path.read_text() for path in Path(ocop.__file__).parent.joinpath("web").rglob("*.py"))
    assert re.search(rf"""(?:limit(?:: str =|=|ed\()|counts\(|FORM, DESK = .*)\s*\(?"{name}\"""", screens)

"""Taking a token from a bucket that the cache keeps."""

import hashlib
import logging
import time
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.utils.translation import ngettext

from ocop.core.verdict import YES, Verdict, no
from ocop.records import rules

logger = logging.getLogger(__name__)

# When the shared cache is away each process counts for itself: abuse stays bounded and nobody is locked out.
_own_cache = LocMemCache("limits-of-this-process", {"OPTIONS": {"MAX_ENTRIES": 10_000}})
_LOCK_SECONDS, _LOCK_TRIES, _LOCK_PAUSE = 2, 40, 0.005


@dataclass(frozen=True, slots=True)
class Turn:
    """One try that was counted: how many are left, and after how many seconds the next is free (0: at once)."""

    limit: rules.Limit
    left: int
    wait: float

    @property
    def verdict(self) -> Verdict:
        return no(_sentence(self.wait)) if self.wait else YES

    @property
    def seconds_to_full(self) -> float:
        """Until the whole capacity is there again."""
        return (self.limit.capacity - self.left) / self.limit.refill


class KeepsNothing(Exception):
    """The cache took a value and does not have it."""


def take_token(*, limit: str, key: str, at: datetime) -> Verdict:
    """Take one token of a row of `rules.LIMITS`; the refusal says how long to wait."""
    return count_turn(limit=limit, key=key, at=at).verdict


def count_turn(*, limit: str, key: str, at: datetime) -> Turn:
    """The same for callers who tell how much is left."""
    row = rules.LIMITS[limit]
    name = f"bucket:{row.name}:{hashlib.sha256(key.encode(errors='replace')).hexdigest()}"  # no address and no phone number in the cache
    try:
        return _take(cache, row, name, at.timestamp())
    except Exception as error:  # every cache engine has its own way of being away
        logger.warning("the cache is away, limits are counted in this process", extra={"code": type(error).__name__})
        return _take(_own_cache, row, name, at.timestamp())


def _take(store: BaseCache, row: rules.Limit, name: str, now: float) -> Turn:
    """The bucket is held while it is read and written."""
    for _attempt in range(_LOCK_TRIES):
        if store.add(f"{name}:held", 1, timeout=_LOCK_SECONDS):
            if store.get(f"{name}:held") is None:
                raise KeepsNothing  # a cache that is away may answer like an empty one; limits must not be empty with it
            break
        time.sleep(_LOCK_PAUSE)
    else:
        return Turn(row, 0, 1.0)  # so many at once under one key is what the limit is for
    try:
        kept = store.get(name)
        bucket, wait = rules.take(row, rules.Bucket(*kept) if kept else None, now)
        store.set(name, (bucket.tokens, bucket.at), timeout=int(row.seconds_to_fill) + 60)
    finally:
        store.delete(f"{name}:held")
    return Turn(row, int(bucket.tokens), wait)


def _sentence(wait: float) -> str:
    if wait < 90:
        seconds = max(1, round(wait))
        return ngettext(
            "Bạn thao tác quá nhanh. Hãy chờ %(n)s giây rồi thử lại.", "Bạn thao tác quá nhanh. Hãy chờ %(n)s giây rồi thử lại.", seconds
        ) % {"n": seconds}
    minutes = round(wait / 60)
    return ngettext(
        "Bạn đã thử quá nhiều lần. Hãy chờ %(n)s phút rồi thử lại.", "Bạn đã thử quá nhiều lần. Hãy chờ %(n)s phút rồi thử lại.", minutes
    ) % {"n": minutes}

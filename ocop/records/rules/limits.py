"""How often a thing may be tried: one token bucket per limit and key (RELIABILITY.md P16).

A bucket holds at most `capacity` tokens and gains `refill` of them each second, so in t seconds nobody gets more than
capacity + refill · t. The numbers are product decisions: generous for a village office behind one address, dull for a script.
"""

from dataclasses import dataclass

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0


@dataclass(frozen=True, slots=True)
class Limit:
    """`key` says in words whose bucket it is; the caller passes that value."""

    name: str
    capacity: int
    refill: float  # tokens a second
    key: str

    @property
    def seconds_to_fill(self) -> float:
        return self.capacity / self.refill


@dataclass(frozen=True, slots=True)
class Bucket:
    tokens: float
    at: float  # seconds since the epoch


def take(limit: Limit, bucket: Bucket | None, now: float) -> tuple[Bucket, float]:
    """Take one token. Returns the bucket as it is then, and how many seconds to wait (0: taken)."""
    if bucket is None:
        bucket = Bucket(limit.capacity, now)
    gained = max(0.0, now - bucket.at) * limit.refill  # a clock that went back gains nothing
    tokens = min(float(limit.capacity), bucket.tokens + gained)
    if tokens >= 1:
        return Bucket(tokens - 1, now), 0.0
    return Bucket(tokens, now), (1 - tokens) / limit.refill


_ROWS = (
    Limit("form", 120, 1 / 2, "account, or address of the peer"),
    Limit("desk", 1200, 2.0, "account"),
    Limit("search", 60, 1.0, "address of the peer"),
    Limit("export", 20, 1 / 30, "address of the peer, or account"),
    Limit("pdf", 20, 1 / 15, "address of the peer, or account"),
    Limit("report", 6, 6 / _HOUR, "address of the peer"),
    Limit("upload", 120, 1 / 5, "account, or address of the peer"),
    Limit("intake", 20, 20 / _HOUR, "account"),
    Limit("page_edit", 600, 1.0, "account"),
    Limit("claim", 5, 5 / _DAY, "account"),
    Limit("assisted_reset", 10, 10 / _HOUR, "account of the officer, or address of the peer when a code is used"),
    Limit("invitation", 30, 30 / _HOUR, "account, or address of the peer when one is accepted"),
    Limit("token", 10, 10 / _HOUR, "account"),
    Limit("api", 240, 2.0, "address of the peer"),
    Limit("api_token", 600, 5.0, "token"),
    Limit("verify_chain", 3, 1 / _MINUTE, "account"),
)
LIMITS = {limit.name: limit for limit in _ROWS}

"""A cache that may go away: a dead Redis or Valkey costs speed, never an answer."""

import functools
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
REST_SECONDS = 5.0  # how long a cache that failed is left alone: one slow try now and then, not one a request


def _or_nothing(name: str, nothing: Callable[..., Any]) -> Callable[..., Any]:
    """`RedisCache`'s method, or what an empty cache would have answered while the server is away."""
    real = getattr(RedisCache, name)

    @functools.wraps(real)
    def method(self: "FailsafeRedis", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.rests_until:
            return nothing(*args, **kwargs)
        try:
            return real(self, *args, **kwargs)
        except (OSError, RedisError):
            self.rests_until = time.monotonic() + REST_SECONDS
            log.warning("The cache does not answer; going on without it for %d seconds.", REST_SECONDS)
            return nothing(*args, **kwargs)

    return method


def _missing(*_args: Any, **_kwargs: Any) -> Any:
    raise ValueError("the key is not in the cache")  # what `incr` answers for a key that is not there


class FailsafeRedis(RedisCache):
    """Django's Redis cache, answering like an empty one while the server is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.rests_until = 0.0

    add = _or_nothing("add", lambda *a, **k: True)
    get = _or_nothing("get", lambda key, default=None, version=None: default)
    set = _or_nothing("set", lambda *a, **k: None)
    touch = _or_nothing("touch", lambda *a, **k: False)
    delete = _or_nothing("delete", lambda *a, **k: False)
    get_many = _or_nothing("get_many", lambda *a, **k: {})
    has_key = _or_nothing("has_key", lambda *a, **k: False)
    incr = _or_nothing("incr", _missing)
    set_many = _or_nothing("set_many", lambda *a, **k: [])
    delete_many = _or_nothing("delete_many", lambda *a, **k: None)
    clear = _or_nothing("clear", lambda *a, **k: False)

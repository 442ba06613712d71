"""What every page of the catalogue needs of the whole register, kept in the process while nothing in it has changed.

Kept under the number of the last public audit entry, as the finished pages are (`web.kit.middleware.public_pages`): an edit
raises it in its own transaction, so the next page reads anew. The last primary keys stand beside it for what tests and
loaders write without an entry. Inside a transaction nothing is taken or kept, as what it shows may never be committed.
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from datetime import date
from functools import cached_property
from threading import Lock

from django.db import connections, router

from ocop.register.models import Product
from ocop.register.queries.catalogue.choice import Choice, Selection, select
from ocop.register.queries.catalogue.rows import PlaceIndex, Row, catalogue_rows, place_index, product_codes
from ocop.register.rules.typed_code import code_order

_KEPT_AT_MOST = 3  # today's, the one before an edit, and the one before midnight
_kept: OrderedDict[Hashable, "Snapshot"] = OrderedDict()
_lock = Lock()

_VERSION_SQL = """
SELECT (SELECT public_n FROM audit_head WHERE id = 1), (SELECT MAX(id) FROM places_unit),
       (SELECT MAX(id) FROM register_product), (SELECT MAX(id) FROM register_standingspan)
"""


class Snapshot:
    """The register on one day: its places and its rows, each read once when first asked for."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._rows: dict[tuple[bool, bool], Sequence[Row]] = {}
        self._all: dict[tuple[bool, bool], Selection] = {}

    @cached_property
    def places(self) -> PlaceIndex:
        return place_index(self.on)

    @cached_property
    def in_code_order(self) -> Sequence[tuple[tuple[str, int], int]]:
        """Every product that is no demo by its code, which nothing changes: `rules.code_order` and primary key."""
        return sorted((code_order(code), pk) for code, pk in product_codes())

    def rows(self, *, with_demo: bool = False, with_dates: bool = False) -> Sequence[Row]:
        """As `catalogue_rows`; to be read, never changed."""
        found = self._rows.get((with_demo, with_dates))
        if found is None:
            found = self._rows[with_demo, with_dates] = tuple(catalogue_rows(self.on, with_demo=with_demo, with_dates=with_dates))
        return found

    def everything(self, *, with_demo: bool = False, with_dates: bool = False) -> Selection:
        """All rows with their counts: what a page without any condition shows."""
        found = self._all.get((with_demo, with_dates))
        if found is None:
            rows = self.rows(with_demo=with_demo, with_dates=with_dates)
            found = self._all[with_demo, with_dates] = select(rows, Choice(), self.places)
        return found


def snapshot(on: date) -> Snapshot:
    """The register on `on` as it is now; one small question tells whether what this process keeps still holds."""
    connection = connections[router.db_for_read(Product)]
    if connection.in_atomic_block:
        return Snapshot(on)
    with connection.cursor() as cursor:
        cursor.execute(_VERSION_SQL)
        key = (connection.alias, on, cursor.fetchone())
    with _lock:
        found = _kept.pop(key, None) or Snapshot(on)
        _kept[key] = found
        while len(_kept) > _KEPT_AT_MOST:
            _kept.popitem(last=False)
    return found

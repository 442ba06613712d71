"""Querysets compiled once per process: on the busiest pages Django takes ten times longer to write the SQL than the database to answer."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.models import Model, QuerySet

Row = tuple[Any, ...]


class _Compiled(NamedTuple):
    sql: str
    parameters: list[tuple[str | None, Any]]  # the name of an open value, or None and the value that never changes
    compiler: Any
    converters: Any  # from what the driver returns to Python's types, by column


class Prepared:
    """A `values_list` queryset whose named values stay open: `Prepared(build, code=str, on=date).rows(code="BK001", on=today)`.

    `build` is called once per database, with a stand-in for each value. It must filter by each of them as it is: a lookup
    that rewrites its value (`icontains`) is refused. The real values travel as bound parameters, never as text.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **types: type) -> None:
        self._build = build
        self._types = types
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[Row]:
        """The rows for these values."""
        using = router.db_for_read(self._model)
        compiled = self._compiled.get(using) or self._compile(using)
        adapted = {name: _adapted(using, value) for name, value in values.items()}
        with connections[using].cursor() as cursor:
            cursor.execute(compiled.sql, [value if name is None else adapted[name] for name, value in compiled.parameters])
            found: list[Row] = cursor.fetchall()
        if not compiled.converters:
            return found
        return list(map(tuple, compiled.compiler.apply_converters(found, compiled.converters)))

    def row(self, **values: Any) -> Row | None:
        """The first row, or None."""
        found = self.rows(**values)
        return found[0] if found else None

    @cached_property
    def _model(self) -> type[Model]:
        return self._build(**self._stand_ins).model

    @cached_property
    def _stand_ins(self) -> dict[str, Any]:
        """For each open value one that no row and no query has."""
        makers: dict[type, Callable[[int], Any]] = {
            date: lambda n: date(1, 1, 1) + timedelta(days=n),
            int: lambda n: -9_178_321 - n,
            str: lambda n: f"\x01{n}\x01",
        }
        return {name: makers[kind](n) for n, (name, kind) in enumerate(self._types.items())}

    def _compile(self, using: str) -> _Compiled:
        compiler = self._build(**self._stand_ins).using(using).query.get_compiler(using)
        sql, values = compiler.as_sql()
        names = {_adapted(using, stand_in): name for name, stand_in in self._stand_ins.items()}
        parameters = [(names.get(value), value) for value in values]
        missed = set(self._types) - {name for name, _ in parameters}
        if missed:
            raise TypeError(f"the query does not filter by {', '.join(sorted(missed))} as given")
        converters = compiler.get_converters([selected[0] for selected in compiler.select[: compiler.col_count]])
        self._compiled[using] = _Compiled(sql, parameters, compiler, converters)
        return self._compiled[using]


def _adapted(using: str, value: Any) -> Any:
    """The value as Django itself hands it to this database."""
    return connections[using].ops.adapt_datefield_value(value) if isinstance(value, date) else value

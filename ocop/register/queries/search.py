"""Finding products by the words people type: with and without accents, i for y, old place names, in any order.

The database keeps the index itself (migration 0003): FTS5 on SQLite, trigrams on PostgreSQL. Every word must begin a word of the
product's text. When nothing is found so, parts inside words count; when still nothing, PostgreSQL looks for near misses.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.models import Case, FloatField, Func, IntegerField, Lookup, QuerySet, Value, When
from django.db.models.functions import Length

from ocop.register.models import Product
from ocop.register.rules import fold_query

_LIKENESS = 0.6  # PostgreSQL's own default for `<%`, word similarity


class _Words(Lookup[Any]):
    """`search_text__words=[…]`: each of these folded words begins a word of the text."""

    lookup_name = "words"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        alias = connection.ops.quote_name(self.lhs.alias)
        # The words are letters and digits alone, and quoted besides: none of them can be an operator of FTS5.
        asked = " ".join(f'"{word}"*' for word in self.rhs)
        return f"{alias}.id IN (SELECT rowid FROM register_search WHERE register_search MATCH %s)", (asked,)  # noqa: S608 (alias: Django's)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        likes = " AND ".join([f"{column} LIKE %s"] * len(self.rhs))
        return f"({likes})", tuple(value for word in self.rhs for value in (*values, f"% {word}%"))


class _Resembles(Lookup[Any]):
    """`search_text__resembles="mien rong"`: some run of words is like this (PostgreSQL alone)."""

    lookup_name = "resembles"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"%s <%% {column}", (self.rhs, *values)


_column = Product._meta.get_field("search_text")
_column.register_lookup(_Words)
_column.register_lookup(_Resembles)


def matching_products(text: str) -> QuerySet[Product]:
    """Products that answer to `text`, best first; none for a text without letters or digits. Narrow it further like any queryset.

    Asks the database once or more whether a stricter reading finds anything before it falls back to a looser one.
    """
    found = Product.objects.none()
    for found in _readings(fold_query(text)):
        if found.exists():
            break
    return found


def matching_ids(text: str, limit: int | None = None) -> list[int]:
    """Primary keys of `matching_products`, best first; asks for no more readings than it needs, each once."""
    for found in _readings(fold_query(text)):
        if ids := list(found.values_list("pk", flat=True)[:limit]):
            return ids
    return []


def _readings(words: list[str]) -> Iterator[QuerySet[Product]]:
    """The words as beginnings of words, as parts of words, and on PostgreSQL as something like them."""
    if not words:
        return
    yield _ranked(Product.objects.filter(search_text__words=words), words)
    inside = Product.objects.all()
    for word in words:
        inside = inside.filter(search_text__contains=word)
    yield _ranked(inside, words)
    if connections[inside.db].vendor == "postgresql":
        asked = " ".join(words)
        likeness = Func(Value(asked), "search_text", function="word_similarity", output_field=FloatField())
        near = Product.objects.filter(search_text__resembles=asked)
        yield near.annotate(search_rank=likeness).order_by("-search_rank", "sort_key", "pk")


def _ranked(found: QuerySet[Product], words: list[str]) -> QuerySet[Product]:
    """A text that begins with the whole query, then one that holds it in this order, then the rest; short texts first.

    Names stand first in the text, so what the query begins is a name.
    """
    phrase = f" {' '.join(words)}"
    rank = Case(
        When(search_text__startswith=phrase, then=Value(0)),
        When(search_text__contains=phrase, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.annotate(search_rank=rank, search_length=Length("search_text")).order_by("search_rank", "search_length", "pk")

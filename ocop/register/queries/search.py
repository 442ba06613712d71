"""Finding products by the words people type: with and without accents, i for y, old place names, in any order.

The database keeps the index itself (migration 0003): FTS5 on SQLite, trigrams on PostgreSQL. Every word must begin a word of the
product's text. When nothing is found so, parts inside words count; when still nothing, PostgreSQL looks for near misses.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections, router
from django.db.models import Case, FloatField, Func, IntegerField, Lookup, QuerySet, Value, When
from django.db.models.functions import Length

from ocop.register.models import Product
from ocop.register.rules import fold_query

MOST_NEAR = 100  # near misses looked at; more would only be less near
MOST_COMPARED = 1000  # texts looked at for the first page of an answer, besides those that begin with the query


class _Words(Lookup[Any]):
    """`search_text__words=[…]`: each of these folded words begins a word of the text."""

    lookup_name = "words"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        alias = connection.ops.quote_name(self.lhs.alias)
        sql = f"{alias}.id IN (SELECT rowid FROM register_search WHERE register_search MATCH %s)"  # noqa: S608 (alias: Django's)
        return sql, (_all_begin(self.rhs),)

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
    words = fold_query(text)
    if words and limit and (first := _first_page(words, limit)):
        return first
    for found in _readings(words):
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
        near = Product.objects.filter(search_text__resembles=asked).values("pk")[:MOST_NEAR]
        yield Product.objects.filter(pk__in=near).annotate(search_rank=likeness).order_by("-search_rank", "sort_key", "pk")


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


_BEGIN_LENGTH = 64  # PostgreSQL keeps a tree of so many first characters (migration 0005)
_STEP = "SELECT p.id, p.search_text FROM {} AND p.merged_into_id IS NULL LIMIT %s"
_MATCH = _STEP.format("register_search JOIN register_product p ON p.id = register_search.rowid WHERE register_search MATCH %s")
_BEGIN = _STEP.format("register_product p WHERE left(p.search_text, 64) LIKE %s")


def _first_page(words: list[str], limit: int) -> list[int]:
    """The first `limit` in the order of `_ranked`, without a look at every text that holds a common word.

    Where more than `MOST_COMPARED` texts hold all the words, some of them are compared; a name that begins so is never among the missed.
    """
    using = router.db_for_read(Product)
    begins, has_all = _sqlite_steps(words) if connections[using].vendor == "sqlite" else _postgresql_steps(words)
    found = _step(using, begins)
    if len(found) < limit:
        found |= _step(using, has_all)
    phrase = f" {' '.join(words)}"
    rank = {pk: (not text.startswith(phrase), phrase not in text, len(text), pk) for pk, text in found.items()}
    return sorted(rank, key=rank.__getitem__)[:limit]


def _step(using: str, step: tuple[str, list[str]]) -> dict[int, str]:
    sql, asked = step
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [*asked, MOST_COMPARED])
        return dict(cursor.fetchall())


_Steps = tuple[tuple[str, list[str]], tuple[str, list[str]]]


def _sqlite_steps(words: list[str]) -> _Steps:
    """The text begins with the query; the text holds its words."""
    in_order = " + ".join(f'"{word}"' for word in words)
    return (_MATCH, [f"^ {in_order} *"]), (_MATCH, [_all_begin(words)])


def _postgresql_steps(words: list[str]) -> _Steps:
    """The same, of the tree and of the trigrams."""
    likes = " AND ".join(["p.search_text LIKE %s"] * len(words))
    begins = f" {' '.join(words)}"[:_BEGIN_LENGTH]
    return (_BEGIN, [f"{begins}%"]), (_STEP.format(f"register_product p WHERE {likes}"), [f"% {word}%" for word in words])


def _all_begin(words: list[str]) -> str:
    """The words for FTS5. They are letters and digits alone, and quoted besides: none of them can be an operator."""
    return " ".join(f'"{word}"*' for word in words)

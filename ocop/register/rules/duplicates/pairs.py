"""Pairs without comparing everybody with everybody: only rows that share a key are looked at together."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeVar

from ocop.register.enums import DuplicateGrade, DuplicateSign

MOST_ALIKE: Final = 40  # rows under one key; what more rows share tells nobody apart

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows by their keys, the smaller first, with what speaks for and against them being one."""

    first: int
    second: int
    grade: DuplicateGrade
    signs: tuple[DuplicateSign, ...]


def sharing(keys: Iterable[tuple[Hashable, int]]) -> Iterator[tuple[int, int]]:
    """Every two rows under the same key, the smaller first; a key under which more than `MOST_ALIKE` stand gives none."""
    blocks: dict[Hashable, set[int]] = defaultdict(set)
    for key, row in keys:
        blocks[key].add(row)
    for rows in blocks.values():
        if len(rows) <= MOST_ALIKE:
            yield from combinations(sorted(rows), 2)


def judged(
    candidates: Iterable[tuple[int, int]],
    rows: Mapping[int, T],
    signs_of: Callable[[T, T], tuple[DuplicateSign, ...]],
    grade_of: Callable[[frozenset[DuplicateSign]], DuplicateGrade | None],
) -> list[Pair]:
    """The candidates that have a grade, the strongest first."""
    pairs = []
    for first, second in sorted(set(candidates)):
        signs = signs_of(rows[first], rows[second])
        grade = grade_of(frozenset(signs))
        if grade is not None:
            pairs.append(Pair(first, second, grade, signs))
    return sorted(pairs, key=lambda pair: (pair.grade, pair.first, pair.second))

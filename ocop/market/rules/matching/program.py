"""An integer program in whole numbers: columns between bounds, under rows, and the arithmetic that makes them small and exact."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, gcd, lcm
from typing import Final

_FINEST: Final = 2**31  # a weight below this part of the largest is rounded: the solver counts in doubles


@dataclass(frozen=True, slots=True)
class Row:
    """Σ weight x column is at most `most`."""

    weights: tuple[tuple[int, int], ...]  # (column, weight)
    most: int

    def admits(self, values: Sequence[int]) -> bool:
        return sum(weight * values[column] for column, weight in self.weights) <= self.most


@dataclass(frozen=True, slots=True)
class Program:
    """Whole-numbered columns between two bounds, under rows."""

    least: tuple[int, ...]
    most: tuple[int, ...]
    rows: tuple[Row, ...]

    def admits(self, values: Sequence[int]) -> bool:
        """Is this an answer, to the last unit?"""
        bounds = zip(self.least, values, self.most, strict=True)
        return all(low <= value <= high for low, value, high in bounds) and all(row.admits(values) for row in self.rows)

    def under(self, *rows: Row) -> "Program":
        """With more rows."""
        return replace(self, rows=(*self.rows, *rows))

    def without(self, columns: Collection[int]) -> "Program":
        """With these columns at nothing."""
        return replace(self, most=tuple(0 if column in columns else most for column, most in enumerate(self.most)))


def whole_numbers(weights: Sequence[Fraction]) -> tuple[list[int], Fraction]:
    """The weights as whole numbers without a common divisor, and what one of these numbers is worth."""
    largest = max((abs(weight) for weight in weights), default=Fraction(0))
    if largest == 0:
        return [0 for _ in weights], Fraction(1)
    scale = Fraction(lcm(*(weight.denominator for weight in weights)))
    if largest * scale > _FINEST:
        divisor = gcd(*(int(weight * scale) for weight in weights))
        scale = scale / divisor if largest * scale / divisor <= _FINEST else _FINEST / largest
    numbers = [round(weight * scale) for weight in weights]
    divisor = gcd(*numbers)
    return [number // divisor for number in numbers], divisor / scale


def greatest_grain(quantities: Sequence[Fraction]) -> Fraction:
    """The greatest quantity of which all of these are multiples."""
    scale = lcm(*(quantity.denominator for quantity in quantities))
    return Fraction(gcd(*(int(quantity * scale) for quantity in quantities)), scale)


def row(weights: Mapping[int, Fraction], most: Fraction) -> Row:
    """Σ weight x column ≤ most, in the smallest whole numbers."""
    scale = lcm(*(weight.denominator for weight in weights.values()))
    numbers = {column: int(weight * scale) for column, weight in weights.items()}
    divisor = gcd(*numbers.values())
    return Row(tuple((column, number // divisor) for column, number in numbers.items()), floor(most * scale / divisor))

"""The GS1 Barcode Syntax Dictionary, read anew for the tests: what it says of each application identifier, and values that fit it."""

import re
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

FILE = Path(__file__).parent / "gs1-syntax-dictionary" / "gs1-syntax-dictionary.txt"
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {"N": "0123456789", "X": SET_82, "Z": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="}


@dataclass(frozen=True)
class Entry:
    """One application identifier. `components`: (kind, least, most, optional, checks)."""

    ai: str
    is_attribute: bool
    components: tuple[tuple[str, int, int, bool, tuple[str, ...]], ...]
    keys: dict[str, str]

    @property
    def goes_with_gtin(self) -> bool:
        """May stand beside a GTIN: nothing it needs leaves the GTIN out, and it is no key of its own."""
        needed = self.keys.get("req", "01")
        return "dlpkey" not in self.keys and any("01" in group.split("+") for group in needed.split(","))


def entries() -> dict[str, Entry]:
    """Every identifier, ranges spelt out."""
    found = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            for entry in _read(line):
                found[entry.ai] = entry
    return found


def _read(line: str) -> list[Entry]:
    names, *words = re.split(r"\s+# ", line)[0].split()
    flags = words.pop(0) if not re.match(r"\[?[NXYZ][0-9.]", words[0]) else ""
    specs = [word for word in words if re.match(r"\[?[NXYZ](\.\.)?[0-9]", word)]
    keys = dict((*word.split("=", 1), "")[:2] for word in words if word not in specs)
    first, _, last = names.partition("-")
    numbers = range(int(first), int(last or first) + 1)
    return [Entry(str(number).zfill(len(first)), "?" in flags, tuple(map(_component, specs)), keys) for number in numbers]


def _component(word: str) -> tuple[str, int, int, bool, tuple[str, ...]]:
    spec, *checks = word.split(",")
    kind, up_to, length = re.fullmatch(r"\[?([NXYZ])(\.\.)?([0-9]+)\]?", spec).groups()  # type: ignore[union-attr]
    return kind, 1 if up_to else int(length), int(length), word.startswith("["), tuple(check.strip("]") for check in checks)


def values_of(entry: Entry) -> st.SearchStrategy[str]:
    """Values the entry allows, with as many of its optional components as one likes."""
    must = [_piece(component) for component in entry.components if not component[3]]
    may = [_piece(component) for component in entry.components if component[3]]
    return st.integers(0, len(may)).flatmap(lambda count: st.tuples(*must, *may[:count]).map("".join))


def _piece(component: tuple[str, int, int, bool, tuple[str, ...]]) -> st.SearchStrategy[str]:
    kind, least, most, _optional, checks = component
    days = st.dates().map(lambda day: day.strftime("%y%m%d"))
    for check, strategy in {
        "yymmd0": days | days.map(lambda day: f"{day[:4]}00"),
        "yymmdd": days,
        "hhmi": st.times().map(lambda time: time.strftime("%H%M")),
        "hh": st.integers(0, 23).map("{:02d}".format),
        "mi": st.integers(0, 59).map("{:02d}".format),
        "ss": st.integers(0, 59).map("{:02d}".format),
        "csum": st.text("0123456789", min_size=least - 1, max_size=least - 1).map(with_check_digit),
        "nonzero": st.integers(1, 10**least - 1).map(lambda number: str(number).zfill(least)),
    }.items():
        if check in checks:
            return strategy
    return st.text(ALPHABETS[kind], min_size=least, max_size=most)


def with_check_digit(others: str) -> str:
    """GS1 General Specifications 7.9, as its worked example does it: from the right, 3 and 1 in turn."""
    total = 0
    weight = 3
    for digit in others[::-1]:
        total += weight * int(digit)
        weight = 4 - weight
    return others + str((10 - total % 10) % 10)

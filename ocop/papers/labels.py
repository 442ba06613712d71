"""A sheet of labels for packs: A4, three by eight, each with name, maker, star, code and QR."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typst

from ocop.core.text import clean_line
from ocop.papers.qr import QUIET_ZONE, qr_modules, qr_svg

FONTS = Path(__file__).parent / "fonts"
TEMPLATE = Path(__file__).parent / "labels.typ"
PER_SHEET = 24
NAME_LIMIT = 120  # characters of a name on a label; the page behind the QR has it whole
QR_SIDE_MM = 16.0  # of the code itself; TRUST.md asks for at least 15

# What Be Vietnam Pro has of the letters that names here are written with: Latin, all Vietnamese, common punctuation.
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x131),
    (0x134, 0x137),
    (0x139, 0x13E),
    (0x141, 0x148),
    (0x14C, 0x17E),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x1EA0, 0x1EF9),
    (0x2013, 0x2014),
    (0x2018, 0x201A),
    (0x201C, 0x201E),
    (0x2022, 0x2022),
    (0x2026, 0x2026),
)
LETTERS = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label. `stars`: how many are drawn, 0 when none is held today; `star_text` says it in words."""

    product: str
    maker: str
    star_text: str
    stars: int
    code: str
    address: str


def labels_pdf(labels: Sequence[Label], *, title: str, made_on: date) -> bytes:
    """The labels as PDF/A-2b, `PER_SHEET` on a page; the same labels and day give the same bytes.

    User text reaches typst as data only. PDF/A makes a letter that the font lacks an error instead of a blank.
    """
    data = {"title": title, "day": [made_on.year, made_on.month, made_on.day], "labels": [_facts(label) for label in labels]}
    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def _facts(label: Label) -> dict[str, str | int | float]:
    modules = qr_modules(label.address)
    return {
        "product": _cut(printable(label.product), NAME_LIMIT),
        "maker": _cut(printable(label.maker), NAME_LIMIT),
        "star_text": printable(label.star_text),
        "stars": label.stars,
        "code": printable(label.code),
        "qr": qr_svg(label.address).decode(),
        "qr_mm": round(QR_SIDE_MM * (modules + 2 * QUIET_ZONE) / modules, 2),
    }


def printable(text: str) -> str:
    """The text without what the font cannot print (emoji, other scripts): such a label is made all the same."""
    return clean_line("".join(character for character in clean_line(text) if character in LETTERS))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"

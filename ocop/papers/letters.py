"""Official letters, many in one file: PDF to print, Word to edit and sign. The form is that of Decree 30/2020/NĐ-CP, Annex I.

The decree asks for Times New Roman. The Word file names it, and the reader's machine has it; the PDF is set in the house's own font,
since that one may not be shipped. A letter is a draft until somebody signs it.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst
from docxtpl import DocxTemplate

from ocop.core.text import clean_line
from ocop.papers.labels import FONTS, printable

TEMPLATE = Path(__file__).parent / "letters.typ"
WORD_TEMPLATE = Path(__file__).parent / "letters.docx"  # made by `python -m tools.letter_template`


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One line of the letter's table."""

    product: str
    stars: str
    last_day: str
    window: str
    state: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. Empty `number` and `signer_name` leave room to write; `copies` is the list under "Nơi nhận"."""

    superior: str
    issuer: str
    number: str
    about: str
    place: str
    dated_on: date
    to: tuple[str, ...]
    opening: tuple[str, ...]
    rows: tuple[LetterRow, ...]
    closing: tuple[str, ...]
    copies: tuple[str, ...]
    signer_title: str
    signer_name: str = ""


def letters_pdf(letters: Sequence[Letter], *, title: str, made_on: date) -> bytes:
    """The letters as PDF/A-2b, each from a new page; the same letters and day give the same bytes. What people wrote is only data."""
    data = {"title": title, "day": [made_on.year, made_on.month, made_on.day], "letters": [_printed(_facts(each)) for each in letters]}
    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def letters_docx(letters: Sequence[Letter]) -> bytes:
    """The letters as one Word file, each from a new page."""
    template = DocxTemplate(WORD_TEMPLATE)
    template.render({"letters": [_cleaned(_facts(each)) for each in letters]}, autoescape=True)
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


def dated(place: str, day: date) -> str:
    """ "Thái Nguyên, ngày 05 tháng 01 năm 2027": a nought before days below 10 and the first two months (Decree 30/2020, Annex I)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"


def _facts(letter: Letter) -> dict[str, Any]:
    facts = asdict(letter)
    facts["dated"] = dated(facts.pop("place"), facts.pop("dated_on"))
    facts["superior"], facts["issuer"] = letter.superior.upper(), letter.issuer.upper()
    facts["signer_title"] = letter.signer_title.upper()
    facts["number"] = letter.number or "........./........."
    facts["rows"] = [{"n": str(n), **row} for n, row in enumerate(facts["rows"], 1)]
    return facts


def _printed(value: Any) -> Any:
    """Every text without what the font cannot print: such a letter is made all the same."""
    return _each(value, printable)


def _cleaned(value: Any) -> Any:
    return _each(value, clean_line)


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(item, change) for key, item in value.items()}
    return [_each(item, change) for item in value]

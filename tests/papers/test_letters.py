"""Official letters read back: the PDF's text and pages, the Word file's; what people typed is never code."""

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from ocop.papers.letters import WORD_TEMPLATE, Letter, LetterRow, dated, letters_docx, letters_pdf
from tools import letter_template

DAY = date(2026, 11, 24)
NASTY = "Miến <b>& #danger *x* {{ 7 * 7 }} $y$ 🍯"
poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not on this machine")


def letter(name: str = "Miến dong Tài Hoan", **more: object) -> Letter:
    row = LetterRow(name, "4 sao", "31/12/2026", "04/07/2026 đến 02/09/2026", "Nhắc lần cuối")
    facts: dict[str, object] = {
        "superior": "UBND tỉnh Thái Nguyên",
        "issuer": "Cơ quan OCOP tỉnh",
        "number": "15/OCOP",
        "about": "V/v đánh giá, phân hạng lại",
        "place": "Thái Nguyên",
        "dated_on": DAY,
        "to": ("HTX Tài Hoan",),
        "opening": ("Căn cứ điểm a khoản 6 Điều 7.",),
        "rows": (row,),
        "closing": ("Đề nghị thực hiện./.",),
        "copies": ("Như trên;", "Lưu: VT."),
        "signer_title": "Giám đốc",
    }
    return Letter(**{**facts, **more})  # type: ignore[arg-type]


def pdf_text(pdf: bytes, tmp_path: Path) -> str:
    (tmp_path / "a.pdf").write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", "a.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout


def word_text(content: bytes) -> str:
    paper = Document(io.BytesIO(content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


PARTS = (
    *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND TỈNH THÁI NGUYÊN", "CƠ QUAN OCOP TỈNH", "15/OCOP"),
    *("Thái Nguyên, ngày 24 tháng 11 năm 2026", "Kính gửi", "HTX Tài Hoan", "khoản 6 Điều 7", "Miến dong Tài Hoan", "31/12/2026"),
    *("Nơi nhận:", "Lưu: VT.", "GIÁM ĐỐC"),
)


@poppler
def test_the_pdf_has_every_part_of_an_official_letter_and_says_it_is_a_draft(tmp_path: Path) -> None:
    text = " ".join(pdf_text(letters_pdf([letter()], title="Thư", made_on=DAY), tmp_path).split())
    for part in (*PARTS, "Bản dự thảo"):
        assert part in text, part


def test_the_word_file_has_every_part_too() -> None:
    text = word_text(letters_docx([letter()]))
    for part in PARTS:
        assert part in text, part
    assert "{%" not in text


@poppler
def test_each_letter_begins_a_page(tmp_path: Path) -> None:
    pdf = letters_pdf([letter(to=(f"HTX số {n}",)) for n in range(3)], title="Thư", made_on=DAY)
    pages = pdf_text(pdf, tmp_path).split("\f")
    assert [f"HTX số {n}" in pages[n] for n in range(3)] == [True] * 3
    text = word_text(letters_docx([letter(to=(f"HTX số {n}",)) for n in range(3)]))
    assert all(f"HTX số {n}" in text for n in range(3))


@poppler
def test_what_was_typed_stays_text(tmp_path: Path) -> None:
    pdf = " ".join(pdf_text(letters_pdf([letter(NASTY, opening=(NASTY,))], title=NASTY, made_on=DAY), tmp_path).split())
    assert "<b>& #danger *x* {{ 7 * 7 }} $y$" in pdf
    assert NASTY in word_text(letters_docx([letter(NASTY)]))


def test_the_same_letters_give_the_same_pdf() -> None:
    assert letters_pdf([letter()], title="Thư", made_on=DAY) == letters_pdf([letter()], title="Thư", made_on=DAY)


def test_a_letter_without_number_leaves_room_for_it_and_several_readers_are_a_list() -> None:
    text = word_text(letters_docx([letter(number="", to=("UBND xã A", "UBND xã B"))]))
    assert "Số: ........./........." in text
    assert "- UBND xã A" in text


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2027, 1, 5), "ngày 05 tháng 01 năm 2027"), (date(2027, 10, 15), "ngày 15 tháng 10 năm 2027")]
)
def test_days_are_written_as_the_decree_asks(day: date, expected: str) -> None:
    assert dated("Bắc Kạn", day) == f"Bắc Kạn, {expected}"


def test_the_word_form_is_the_one_its_program_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_template, "TARGET", tmp_path / "letters.docx")
    letter_template.main()
    drawn, kept = (Document(str(path)).element.xml for path in (tmp_path / "letters.docx", WORD_TEMPLATE))
    assert drawn == kept

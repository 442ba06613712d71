"""`python -m tools.letter_template`: draws `ocop/papers/letters.docx`, the Word form of official letters (Decree 30/2020/NĐ-CP, Annex I).

Kept as a program, so that the form can be read and changed as text; the file it writes is committed.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

TARGET = Path(__file__).resolve().parent.parent / "ocop" / "papers" / "letters.docx"
_CENTRE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_WIDTHS = (Mm(10), Mm(52), Mm(15), Mm(24), Mm(30), Mm(34))
_HEADS = ("TT", "Sản phẩm", "Hạng", "Hết hạn", "Nhận hồ sơ", "Tình trạng")
_CELLS = ("{{ row.n }}", "{{ row.product }}", "{{ row.stars }}", "{{ row.last_day }}", "{{ row.window }}", "{{ row.state }}")


def main() -> None:
    paper = Document()
    _set_page(paper)
    _line(paper, "{%p for letter in letters %}")
    _heading(paper)
    _addressee(paper)
    _several(paper, "letter.opening")
    _products(paper)
    _several(paper, "letter.closing")
    _foot(paper)
    _line(paper, "{%p if not loop.last %}")
    _line(paper, "").add_run().add_break(WD_BREAK.PAGE)
    _line(paper, "{%p endif %}")
    _line(paper, "{%p endfor %}")
    paper.save(str(TARGET))


def _set_page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    font = paper.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(13)
    paper.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    paper.styles["Normal"].paragraph_format.space_after = Pt(6)


def _line(
    place: "Paper | _Cell", text: str, *, bold: bool = False, italic: bool = False, size: int = 13, align: object = None
) -> Paragraph:
    line = place.add_paragraph()
    line.alignment = align
    run = line.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return line


def _first(cell: _Cell, text: str, *, bold: bool = False, size: int = 13, align: object = None) -> None:
    """The paragraph every cell begins with."""
    line = cell.paragraphs[0]
    line.alignment = align
    run = line.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def _heading(paper: Paper) -> None:
    """Issuing body left, the country's name and motto right; number and date under them."""
    table = paper.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    left.width, right.width = Mm(68), Mm(97)
    _first(left, "{{ letter.superior }}", size=12, align=_CENTRE)
    _line(left, "{{ letter.issuer }}", bold=True, size=12, align=_CENTRE)
    _line(left, "―――――", size=8, align=_CENTRE)
    _line(left, "Số: {{ letter.number }}", align=_CENTRE)
    _line(left, "{{ letter.about }}", size=12, align=_CENTRE)
    _first(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12, align=_CENTRE)
    _line(right, "Độc lập - Tự do - Hạnh phúc", bold=True, align=_CENTRE)
    _line(right, "――――――――――", size=8, align=_CENTRE)
    _line(right, "{{ letter.dated }}", italic=True, align=_CENTRE)


def _addressee(paper: Paper) -> None:
    _line(paper, "{%p if letter.to|length == 1 %}")
    _line(paper, "Kính gửi: {{ letter.to[0] }}", align=_CENTRE)
    _line(paper, "{%p else %}")
    _line(paper, "Kính gửi:").paragraph_format.left_indent = Mm(25)
    _line(paper, "{%p for one in letter.to %}")
    _line(paper, "- {{ one }}").paragraph_format.left_indent = Mm(32)
    _line(paper, "{%p endfor %}")
    _line(paper, "{%p endif %}")


def _several(paper: Paper, name: str) -> None:
    _line(paper, f"{{%p for one in {name} %}}")
    body = _line(paper, "{{ one }}", align=_BOTH)
    body.paragraph_format.first_line_indent = Mm(10)
    _line(paper, "{%p endfor %}")


def _products(paper: Paper) -> None:
    table = paper.add_table(rows=4, cols=len(_HEADS))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, (head, cell, width) in enumerate(zip(_HEADS, _CELLS, _WIDTHS, strict=True)):
        for row in table.rows:
            row.cells[column].width = width
        _first(table.rows[0].cells[column], head, bold=True, size=11, align=_CENTRE)
        _first(table.rows[2].cells[column], cell, size=11, align=None if column in (1, 5) else _CENTRE)
    _first(table.rows[1].cells[0], "{%tr for row in letter.rows %}")
    _first(table.rows[3].cells[0], "{%tr endfor %}")
    _line(paper, "", size=6)


def _foot(paper: Paper) -> None:
    """Who gets it left; right the office of whoever signs, and room to sign."""
    table = paper.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    _first(left, "Nơi nhận:", bold=True, size=12)
    _line(left, "{%p for one in letter.copies %}")
    _line(left, "- {{ one }}", size=11)
    _line(left, "{%p endfor %}")
    _first(right, "{{ letter.signer_title }}", bold=True, align=_CENTRE)
    for _blank in range(4):
        _line(right, "", align=_CENTRE)
    _line(right, "{{ letter.signer_name }}", bold=True, align=_CENTRE)


if __name__ == "__main__":
    main()

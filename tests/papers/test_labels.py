"""The sheet of labels: what a printer gets is read back, text and QR."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from ocop.papers import labels
from ocop.papers.labels import LETTERS, PER_SHEET, Label, labels_pdf, printable

ADDRESS = "https://ocop.backan.gov.vn/sp/BK001"
MIEN = Label("Miến dong Tài Hoan", "Hợp tác xã Tài Hoan", "5 sao, còn hạn đến 20/12/2029", 5, "BK001", ADDRESS)
LAPSED = Label("Trà hoa vàng", "Hộ kinh doanh A", "Từng đạt 3 sao, hết hạn 30/6/2021", 0, "BK002", ADDRESS.replace("001", "002"))
DAY = date(2026, 12, 20)
DPI = 300


def make(*sheet):
    return labels_pdf(sheet, title="Nhãn Miến dong", made_on=DAY)


def text_of(pdf, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf)
    answer = subprocess.run(["pdftotext", "-layout", "a.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
    return " ".join(answer.stdout.split())


def page_of(pdf, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "a.pdf", "a"], cwd=tmp_path, check=True)
    return Image.open(tmp_path / "a.png").convert("L")


poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not on this machine")


@poppler
def test_the_printed_text_is_that_of_the_label(tmp_path):
    text = text_of(make(MIEN), tmp_path)
    for part in ("Miến dong Tài Hoan", "Hợp tác xã Tài Hoan", "5 sao, còn hạn", "20/12/2029", "BK001"):
        assert part in text


@poppler
def test_every_code_of_a_full_sheet_reads_back_at_fifteen_millimetres(tmp_path):
    page = page_of(make(*[MIEN, LAPSED] * (PER_SHEET // 2)), tmp_path)
    codes = zxingcpp.read_barcodes(page)
    assert sorted(code.text for code in codes) == sorted([MIEN.address, LAPSED.address] * (PER_SHEET // 2))
    for code in codes:
        side = abs(code.position.top_right.x - code.position.top_left.x) / DPI * 25.4
        assert side > 15


@poppler
def test_codes_read_back_after_a_crooked_scan(tmp_path):
    page = page_of(make(MIEN), tmp_path)
    scan = page.rotate(3, expand=True, fillcolor=245).resize((page.width * 2 // 3, page.height * 2 // 3))
    assert [code.text for code in zxingcpp.read_barcodes(scan)] == [ADDRESS]


@poppler
def test_names_of_the_greatest_length_push_nothing_off_the_label(tmp_path):
    long = Label("Bí xanh thơm " * 25, "Hợp tác xã " * 30, LAPSED.star_text, 0, "19-02185-1-2026", ADDRESS)
    pdf = make(*[long] * PER_SHEET)
    text = text_of(pdf, tmp_path)
    assert text.count("30/6/2021") == PER_SHEET
    assert text.count("19-02185-1-2026") == PER_SHEET
    assert "…" in text


@poppler
def test_what_people_write_is_never_a_programme(tmp_path):
    hostile = '#panic() *x* $y$ \\ <a> @b #read("/etc/passwd") // c'
    text = text_of(make(Label(hostile, "m", "s", 1, "BK001", ADDRESS)), tmp_path)
    assert "#panic() *x* $y$" in text


@poppler
@pytest.mark.parametrize(("count", "pages"), [(1, 1), (PER_SHEET, 1), (PER_SHEET + 1, 2)])
def test_a_sheet_holds_twenty_four(tmp_path, count, pages):
    (tmp_path / "a.pdf").write_bytes(make(*[MIEN] * count))
    answer = subprocess.run(["pdfinfo", "a.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"Pages:           {pages}\n" in answer.stdout


def test_the_same_labels_give_the_same_bytes():
    assert make(MIEN) == make(MIEN)
    assert make(MIEN) != make(LAPSED)


def test_it_is_pdf_a_with_its_own_fonts():
    pdf = make(MIEN)
    assert b"pdfaid:part" in pdf
    assert b"BeVietnamPro" in pdf


def test_every_letter_we_print_is_in_the_font():
    """PDF/A makes a missing letter an error."""
    everything = sorted(letter for letter in LETTERS if letter.strip())
    for start in range(0, len(everything), 100):
        make(Label("".join(everything[start : start + 100]), "m", "s", 1, "c", ADDRESS))


def test_what_the_font_lacks_is_left_out_and_the_label_is_made():
    assert printable("Miến ★ 粉 dong 🍜\u202e") == "Miến dong"
    assert make(Label("Miến 🍜", "粉", "★", 1, "BK001", ADDRESS))


def test_a_star_is_drawn_for_each_that_is_held():
    assert make(MIEN) != make(Label(MIEN.product, MIEN.maker, MIEN.star_text, 4, MIEN.code, MIEN.address))


def test_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (Path(labels.FONTS) / "OFL.txt").read_text().upper()

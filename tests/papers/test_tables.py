"""Files that people send: what is read, and what is refused with a sentence before it can do harm."""

import io
import re
import unicodedata
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ocop.papers.tables import MAX_BYTES, Merge, UnreadableTable, from_tcvn3, looks_like_tcvn3, read_tables

HEADER = "Tên sản phẩm;Tên chủ thể;Xã/phường;Địa chỉ;Ngày;Số quyết định\n"
LINE = "Chè Shan tuyết;HTX Bằng Phúc;Bằng Phúc;Chợ Đồn;30/6/2021;12/QĐ-UBND\n"
SHEET = "xl/worksheets/sheet1.xml"
# The same header and line as an office's computer of 2001 wrote them.
TCVN3 = (
    "Tªn s¶n phÈm;Tªn chñ thÓ;X·/ph­êng;§Þa chØ;Ngµy;Sè quyÕt ®Þnh\nChÌ Shan tuyÕt;HTX B»ng Phóc;B»ng Phóc;Chî §ån;30/6/2021;12/Q§-UBND\n"
).encode("latin-1")


def content(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def simple():
    book = openpyxl.Workbook()
    book.active.append(["Chè", 4, date(2021, 6, 30)])
    return book


def rewritten(parts=None, drop=(), extra=(), made=None, **how):
    """A good workbook with parts changed (`{name: function of bytes}`), left out, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made or content(simple()))) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as into:
        for name in source.namelist():
            if name not in drop:
                change = (parts or {}).get(name, bytes)
                into.writestr(name, change(source.read(name)))
        for name, data in extra:
            into.writestr(name, data)
    return target.getvalue()


def refusal(data):
    with pytest.raises(UnreadableTable) as refused:
        read_tables(data)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# --- What is read ---


def test_values_merges_formulas_errors_and_hidden_tabs():
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "Sổ & bảng"
    tab["B2"], tab["C2"], tab["D2"], tab["E2"] = "Miến\ndong", 4, date(2021, 6, 30), True
    tab["B3"], tab["C3"] = '=HYPERLINK("http://x")', "#REF!"
    tab["C3"].data_type = "e"
    tab.merge_cells("B5:B7")
    tab["B5"] = "HTX"
    book.create_sheet("ẩn").sheet_state = "hidden"
    tables = read_tables(content(book))
    first, second = tables.tabs
    assert (tables.kind, tables.counts_from_1904, first.name, first.is_hidden, second.is_hidden) == (
        "xlsx",
        False,
        "Sổ & bảng",
        False,
        True,
    )
    assert [first.value(2, column) for column in (1, 2, 3, 4, 5)] == ["", "Miến\ndong", 4, date(2021, 6, 30), True]
    assert first.value(99, 1) is first.value(1, 99) is None
    assert first.merges == (Merge(5, 2, 7, 2),)
    assert first.formulas == {(3, 2): 'HYPERLINK("http://x")'}
    assert first.errors == {(3, 3): "#REF!"}


def test_shared_strings_and_a_far_formatted_but_empty_cell():
    """A clerk coloured whole columns: empty cells far out are no reason to refuse."""
    cell = '<c r="XFD1048576" s="0"/>'
    data = rewritten({SHEET: lambda part: part.replace(b"</row></sheetData>", f'</row><row r="1048576">{cell}</row></sheetData>'.encode())})
    assert read_tables(data).tabs[0].rows[0][0] == "Chè"


def test_days_counted_from_1904():
    book = simple()
    book.epoch = CALENDAR_MAC_1904
    book.active["D1"] = datetime(2021, 6, 30)  # noqa: DTZ001
    tables = read_tables(content(book))
    assert tables.counts_from_1904
    assert tables.tabs[0].value(1, 4) == date(2021, 6, 30)


def test_links_to_other_workbooks_are_not_followed_and_a_word_is_said():
    tables = read_tables(rewritten(extra=[("xl/externalLinks/externalLink1.xml", "<externalLink/>")]))
    assert tables.tabs[0].value(1, 1) == "Chè"
    assert "liên kết" in tables.remarks[0]


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + LINE).encode(),
        (HEADER + LINE).encode("utf-8-sig"),
        (HEADER + LINE).encode("utf-16"),
        b"\xfe\xff" + (HEADER + LINE).encode("utf-16-be"),
        (HEADER + LINE).encode("utf-16-le"),
        (HEADER + LINE).replace(";", "\t").encode(),
        (HEADER + LINE).replace(";", ",").encode(),
        TCVN3,
    ],
)
def test_csv_in_any_encoding_an_office_uses(data):
    tab = read_tables(data).tabs[0]
    assert tab.rows[0][:3] == ["Tên sản phẩm", "Tên chủ thể", "Xã/phường"]
    assert tab.rows[1][:4] == ["Chè Shan tuyết", "HTX Bằng Phúc", "Bằng Phúc", "Chợ Đồn"]


def test_csv_in_windows_1258():
    """Its tones are letters of their own behind the vowel."""
    text = (HEADER + LINE).translate(str.maketrans(_tones_apart()))
    tables = read_tables(text.encode("cp1258"))
    assert tables.tabs[0].rows[1][:4] == ["Chè Shan tuyết", "HTX Bằng Phúc", "Bằng Phúc", "Chợ Đồn"]
    assert "Windows-1258" in tables.remarks[0]


def _tones_apart():
    found = {}
    for letter in set(HEADER + LINE):
        decomposed = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323")
        if tones and not letter.isascii():
            found[letter] = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in tones)) + tones
    return found


@pytest.mark.parametrize(
    ("old", "new"), [("ChÌ Shan tuyÕt", "Chè Shan tuyết"), ("Chî §ån", "Chợ Đồn"), ("X· Ph­¬ng Viªn", "Xã Phương Viên")]
)
def test_text_for_old_fonts_is_known_and_turned(old, new):
    assert looks_like_tcvn3(old)
    assert from_tcvn3(old) == new


@pytest.mark.parametrize("text", ["Chè Shan tuyết", "Vi-cumax®", "Café Hòa", "HÀ NỘI", "Trà © 2021", "½ kg", "plain", "Nà Pài", "ÁO DÀI"])
def test_text_in_unicode_is_left_alone(text):
    assert not looks_like_tcvn3(text)


# --- What is refused ---


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "trống"),
        (b"\x00" * 50, "trống"),
        (b"x" * (MAX_BYTES + 1), "MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".xls"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "HTML"),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE html><table>", "HTML"),
        (b"PK\x03\x04 not a zip at all", "hỏng"),
        (b"\x01\x02\x03\x04 binary \x05", "CSV"),
        ("Prénom;Élève\nÂgé;Français\n".encode("latin-1"), "bảng mã"),
        (HEADER.encode("utf-16")[:-1], "UTF-16"),
        (b"a,b\n" + b"x" * 200_000, "CSV"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data, word):
    assert word in refusal(data)


def test_a_cut_workbook_is_refused():
    data = content(simple())
    assert "hỏng" in refusal(data[: len(data) // 2])


def test_an_archive_that_is_no_workbook_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert ".xlsx" in refusal(target.getvalue())
    assert ".xlsx" in refusal(rewritten(drop=("[Content_Types].xml",)))


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.bin"])
def test_macros_are_refused(name):
    assert "macro" in refusal(rewritten(extra=[(name, b"x")]))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x.xml", "xl\\..\\..\\x.xml"])
def test_names_that_lead_out_are_refused(name):
    assert "không an toàn" in refusal(rewritten(extra=[(name, b"x")]))


def test_two_parts_of_one_name_are_refused():
    assert "không an toàn" in refusal(rewritten(extra=[("XL/Workbook.xml", b"x")]))


def test_twenty_thousand_members_are_refused():
    assert "20.0" in refusal(rewritten(extra=[(f"xl/media/{n}", b"") for n in range(20_000)]))


def test_a_bomb_is_refused_by_its_directory():
    assert "MB" in refusal(rewritten(extra=[("xl/media/zero", b"\x00" * 30_000_000)]))


def test_a_directory_that_lies_about_sizes_is_refused():
    """The part is larger than the directory says: nothing beyond that is ever unpacked."""
    data = bytearray(rewritten({SHEET: lambda part: part.replace(b"</sheetData>", b" " * 500_000 + b"</sheetData>")}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        size = package.getinfo(SHEET).file_size
    data = data.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little"))
    assert "hỏng" in refusal(bytes(data))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused(part):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert "XML" in refusal(rewritten({part: lambda data: bomb + re.sub(rb"^<\?xml[^>]*>", b"", data)}))
    assert "XML" in refusal(rewritten({part: lambda data: b"\xff\xfe" + data}))


def test_twenty_thousand_columns_are_refused_with_the_number():
    cells = "".join(f'<c r="{openpyxl.utils.get_column_letter(n)}1"><v>1</v></c>' for n in (*range(1, 16385, 400), 16384))
    data = rewritten(
        {SHEET: lambda part: re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData><row r='1'>{cells}</row></sheetData>".encode(), part)}
    )
    assert "16.384 cột" in refusal(data)
    line = ",".join("x" for _ in range(20_000))
    assert "20.000 cột" in refusal(line.encode())


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ('<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>', "cột"),
        ('<c r="A1"><v>1</v></c><c r="B1048576"><v>1</v></c>', "dòng"),
        ('<c s="0" r="AAA1"><v>1</v></c>', "cột"),
        ("<c><v>1</v></c>", "cấu trúc"),
        ('<x:c xmlns:x="x" r="XFD1048576"><v>1</v></x:c>', "cấu trúc"),
    ],
)
def test_cells_far_out_never_become_a_table_of_billions(cells, word):
    data = rewritten(
        {SHEET: lambda part: re.sub(rb"<sheetData>.*</sheetData>", f'<sheetData><row r="1">{cells}</row></sheetData>'.encode(), part)}
    )
    assert word in refusal(data)


def test_one_long_text_in_a_million_cells_is_refused():
    """120 MB of sheet can name one text of 30,000 characters a million times: thirty gigabytes."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"x" * 30_000}</t></si></sst>'
    data = rewritten(
        {SHEET: lambda part: re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), part)},
        drop=("xl/sharedStrings.xml",),
        extra=[("xl/sharedStrings.xml", shared)],
    )
    assert "quá nhiều chữ" in refusal(data)


def test_too_many_rows_are_refused_with_the_number():
    assert "60.000 dòng" in refusal(("a,b\n" * 60_000).encode())

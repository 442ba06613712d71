"""QR codes are read back by a reader that shares nothing with the writer."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from ocop.papers.qr import qr_modules, qr_png, qr_svg

ADDRESS = "https://ocop.backan.gov.vn/sp/BK001"


@pytest.mark.parametrize("address", [ADDRESS, "http://localhost:8000/sp/BK001", "https://" + "a" * 120 + ".vn/sp/BK999"])
def test_png_reads_back_as_the_address_alone(address):
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr_png(address))))
    assert code.text == address
    assert "QR" in str(code.format)
    assert code.ec_level == "M"


def test_png_has_its_quiet_zone():
    image = Image.open(io.BytesIO(qr_png(ADDRESS, module=10))).convert("L")
    assert image.width == (qr_modules(ADDRESS) + 8) * 10
    assert image.crop((0, 0, image.width, 40)).getextrema() == (255, 255)
    assert image.getpixel((40, 40)) == 0


def test_svg_is_black_on_white_without_style_or_script():
    root = ET.fromstring(qr_svg(ADDRESS))  # noqa: S314 (our own)
    text = qr_svg(ADDRESS).decode()
    assert root.tag.endswith("svg")
    assert int(root.get("width")) == qr_modules(ADDRESS) + 8
    assert not re.search(r"style|script|class|on\w+=", text)


def test_the_provinces_address_fits_a_small_code():
    assert qr_modules(ADDRESS) <= 33  # version 4 at most (TRUST.md section 1): 16 mm give modules of half a millimetre

"""QR codes that carry one address and nothing else (TRUST.md section 5: labels, page and verification share it)."""

import io

import segno

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks


def qr_svg(address: str) -> bytes:
    """The code as SVG, black on white, error level M, for print in any size of 15 mm and more."""
    target = io.BytesIO()
    _code(address).save(target, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", svgclass=None, lineclass=None, xmldecl=False)
    return target.getvalue()


def qr_png(address: str, *, module: int = 12) -> bytes:
    """The code as PNG, `module` pixels a module: 12 gives 15 mm at more than 600 dots an inch."""
    target = io.BytesIO()
    _code(address).save(target, kind="png", border=QUIET_ZONE, scale=module)
    return target.getvalue()


def qr_modules(address: str) -> int:
    """How many modules the code is wide, without the quiet zone."""
    return int(_code(address).symbol_size(border=0)[0])


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m", boost_error=False)

"""What attackers and broken phones send as a photo or a scan (RELIABILITY P11; OWASP File Upload Cheat Sheet).

Each case is made when it is asked for, so that a run holds one of the heavy ones at a time.
"""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from PIL import Image, PngImagePlugin

from tests.records.pictures import PDF, picture, png_of, telling_photo

Bytes = Callable[[], bytes]

SCRIPT = b"<script>alert('poison-of-ocop')</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html><body>" + SCRIPT
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
# Marks that must be in nothing we store or serve as a picture.
MARKS = (b"poison-of-ocop", b"<?php", b"GPS-22.1470", b"PK\x03\x04", b"Exif\x00\x00")


def _zip(name: str, data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return target.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png_saying(text: str) -> bytes:
    """A whole PNG with a text, an EXIF and a colour profile that are none."""
    target, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", text)
    info.add_itxt("XML:com.adobe.xmp", text)
    exif = Image.Exif()
    exif[0x010E] = text
    Image.new("RGB", (90, 60), "teal").save(target, "PNG", pnginfo=info, exif=exif)
    return target.getvalue()


def _png_with(chunk: bytes) -> bytes:
    """A PNG with one more chunk before its pixels."""
    whole = picture("PNG")
    return whole[:33] + chunk + whole[33:]


def _box(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + b"mif1" + brand + bytes(400)


# Refused by every form.
REFUSED: dict[str, tuple[str, Bytes]] = {
    "svg": ("a.svg", lambda: SVG),
    "svg named png": ("a.png", lambda: SVG),
    "svg, packed": ("a.svgz", lambda: gzip.compress(SVG)),
    "svg behind an xml head": ("a.jpg", lambda: b"<?xml version='1.0'?>" + SVG),
    "html": ("a.html", lambda: HTML),
    "html named jpg": ("a.jpg", lambda: HTML),
    "html behind a byte order mark": ("a.jpg", lambda: b"\xef\xbb\xbf" + HTML),
    "html in UTF-16": ("a.png", lambda: HTML.decode().encode("utf-16")),
    "html in UTF-7": ("a.png", lambda: b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
    "html behind a png's head": ("a.png", lambda: PNG_HEAD + HTML * 20),
    "html behind a jpeg's head": ("a.jpg", lambda: b"\xff\xd8\xff\xe0" + HTML * 20),
    "html behind a gif's head": ("a.gif", lambda: b"GIF89a" + HTML),
    "script that is a gif": ("a.gif", lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert('poison-of-ocop');"),
    "mail that holds html": ("a.mht", lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML),
    "xml that reads a file": ("a.xml", lambda: ENTITY),
    "javascript": ("a.js", lambda: b"alert('poison-of-ocop')"),
    "php": ("a.php.jpg", lambda: b"<?php system($_GET['c']); ?>"),
    "shell": ("a.sh", lambda: b"#!/bin/sh\nid\n"),
    "pickle": ("a.pkl", lambda: b"\x80\x04cposix\nsystem\n(S'id'\ntR."),
    "program of Windows": ("a.exe", lambda: b"MZ\x90\x00" + bytes(200)),
    "program of Linux": ("a", lambda: b"\x7fELF" + bytes(200)),
    "shortcut": ("a.lnk", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100)),
    "zip that climbs": ("a.zip", lambda: _zip("../../evil.txt", b"x")),
    "zip bomb": ("a.zip", lambda: _zip("zeros", bytes(50_000_000))),
    "spreadsheet with an entity": ("a.xlsx", lambda: _zip("xl/workbook.xml", ENTITY)),
    "gif": ("a.gif", partial(picture, "GIF")),
    "bmp": ("a.bmp", partial(picture, "BMP")),
    "tiff": ("a.tif", partial(picture, "TIFF")),
    "icon": ("a.ico", partial(picture, "ICO", (64, 64))),
    "postscript": ("a.eps", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(id) (r) file\n" + bytes(100)),
    "heic of an iphone": ("a.heic", lambda: _box(b"heic")),
    "avif": ("a.avif", lambda: _box(b"avif")),
    "video": ("a.mp4", lambda: _box(b"isom")),
    "avi that begins as a webp": ("a.webp", lambda: b"RIFF\x00\x00\x00\x00AVI " + bytes(100)),
    "head of a webp": ("a.webp", lambda: b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(40)),
    "head of a jpeg": ("a.jpg", lambda: b"\xff\xd8\xff"),
    "empty": ("a.jpg", lambda: b""),
    "one byte": ("a.jpg", lambda: b"\xff"),
    "zeros": ("a.jpg", lambda: bytes(5000)),
    "cut jpeg": ("a.jpg", lambda: picture()[:-700]),
    "cut png": ("a.png", lambda: picture("PNG", mode="RGBA", colour="red")[:-60]),
    "png without pixels": (
        "a.png",
        lambda: PNG_HEAD + _chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 0, 8, 2, 0, 0, 0)) + _chunk(b"IEND", b""),
    ),
    "900 megapixels in 110 KB": ("a.png", partial(png_of, 30_000, 30_000)),
    "one row too many": ("a.png", partial(png_of, 8000, 5001)),
    "webp beyond its own limit": ("a.webp", partial(picture, "WEBP", (4000, 3000))),
    "text that unpacks to a bomb": ("a.png", lambda: _png_with(_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80_000_000))))),
    "26 MB": ("a.jpg", lambda: picture() + bytes(26 * 1024 * 1024)),
    "pdf cut": ("a.pdf", lambda: PDF[:-7]),
    "pdf behind something": ("a.pdf", lambda: b"x" + PDF),
    "pdf of no version": ("a.pdf", lambda: b"%PDF-\n" + PDF[9:]),
}
# A whole picture with something in or behind it: taken, made anew, and the something is gone.
MADE_ANEW: dict[str, tuple[str, Bytes]] = {
    "jpeg with its place, and html behind": ("a.jpg", telling_photo),
    "png with scripts in its texts": ("a.png", lambda: _png_saying(SCRIPT.decode())),
    "png with php in its texts": ("a.php", lambda: _png_saying("<?php system('id'); ?>")),
    "png that is a zip, too": ("a.jar", lambda: picture("PNG") + _zip("a.class", HTML)),
    "jpeg with a script as its comment": ("a.jpg", partial(picture, comment=SCRIPT)),
    "webp with a script as its description": ("a.webp", partial(picture, "WEBP", (90, 60), xmp=SCRIPT)),
}
# Names that lie, climb or break a header, on a whole picture.
NAMES = (
    "a.html",
    "a.svg",
    "a.php\x00.png",
    "../../../etc/passwd",
    "..\\..\\web.config",
    "CON",
    "...",
    ".htaccess",
    'a"; filename="b.html',
    "a\r\nSet-Cookie: x=1\r\n\r\n<html>.png",
    "\u202egnp.exe",
    "ạ" * 300 + ".png",
    "a" * 5000,
    "",
)

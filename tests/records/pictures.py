"""Pictures and documents as people and attackers send them."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SECRET = "GPS-22.1470-105.8348-camera-of-Mai"


def picture(kind="JPEG", size=(900, 600), mode="RGB", colour="teal", **options):
    target = io.BytesIO()
    Image.new(mode, size, colour).save(target, kind, **options)
    return target.getvalue()


def telling_photo(orientation=6, size=(800, 400)):
    """A phone's JPEG: lying on its side, with place, camera, a comment and HTML behind its end."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=SECRET.encode(), quality=95)
    return target.getvalue() + b"<html><script>alert('" + SECRET.encode() + b"')</script>"


def png_of(width, height):
    """A PNG whose header promises a size; its pixels are one run of zeros, a few kilobytes for many megapixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    squeeze = zlib.compressobj(9)
    row = bytes(1 + width // 8 + 1)
    pixels = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def upload(data, name="anh.jpg"):
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")

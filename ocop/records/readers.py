"""Bytes of a picture → the picture made anew: what was hidden in the file (place, camera, appended scripts) does not survive."""

import io
import math
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from ocop.records import rules

_PILLOW_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_SAVE_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 88, "method": 4},
}
_RENDITION_OPTIONS: dict[str, dict[str, object]] = {"webp": {"quality": 80, "method": 4}, "avif": {"quality": 60, "speed": 6}}

_WHOLE_COPIES_UP_TO = 16_000_000  # pixels
_STRIP = 64  # rows of the smaller picture made at once

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# One picture at a time in a process: decoding one may take 160 MB, ten at once must not take ten times as much.
_ONE_AT_A_TIME = threading.Lock()


class FileRefused(Exception):
    """A file that is not taken; the message is a Vietnamese sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew. `width` and `height` in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SizedPicture(Picture):
    format: str  # "webp" or "avif"


def read_picture(data: bytes, content_type: str, pixel_limit: int) -> Picture:
    """Decode and encode again, upright, at most `rules.LONGEST_EDGE` pixels long, without metadata. Raises `FileRefused`.

    The size is read from the header and compared with the limit before a single pixel is decoded.
    """
    with _ONE_AT_A_TIME:
        image = _open(data, content_type, pixel_limit)
        try:
            upright = _upright(image)
        except Exception as error:  # hostile bytes make decoders raise whatever they like; none of it is our fault or theirs to see
            raise FileRefused(_("Tệp ảnh bị hỏng hoặc chưa tải lên hết. Hãy chụp lại hoặc chọn ảnh khác.")) from error
        return Picture(_encode(upright, _PILLOW_FORMATS[content_type]), upright.width, upright.height)


def sized_pictures(data: bytes) -> Iterator[SizedPicture]:
    """The picture in every format and width a page asks for; never larger than it is. `data` was made by `read_picture`."""
    with _ONE_AT_A_TIME:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            whole = _plain_colours(image)
        for width in rules.rendition_widths(whole.width):
            height = max(1, round(whole.height * width / whole.width))
            small = whole.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            for name in rules.RENDITION_FORMATS:
                yield SizedPicture(_save(small, name.upper(), _RENDITION_OPTIONS[name]), width, height, name)


def _open(data: bytes, content_type: str, pixel_limit: int) -> Image.Image:
    """The picture's header, read by the one decoder its first bytes name."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=[_PILLOW_FORMATS[content_type]])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise FileRefused(_too_large(pixel_limit)) from error
    except Exception as error:
        raise FileRefused(_("Không đọc được ảnh này. Hãy chọn ảnh JPEG, PNG hoặc WebP.")) from error
    if image.width * image.height > pixel_limit:
        raise FileRefused(_too_large(pixel_limit))
    return image


def _too_large(pixel_limit: int) -> str:
    return _("Ảnh quá lớn: nhiều hơn %(most)s triệu điểm ảnh. Hãy thu nhỏ ảnh rồi gửi lại.") % {"most": pixel_limit // 1_000_000}


def _upright(image: Image.Image) -> Image.Image:
    """Decoded, small enough, turned as the camera was held, in plain colours."""
    shrink = rules.LONGEST_EDGE / max(image.size)
    if shrink < 1:  # a JPEG is halved while it is decoded; other formats ignore this
        image.draft("RGB", (math.ceil(image.width * shrink), math.ceil(image.height * shrink)))
    image.load()
    turn = _turn(image)
    small = _reduced(image)
    small.thumbnail((rules.LONGEST_EDGE, rules.LONGEST_EDGE), Image.Resampling.LANCZOS)
    return small.transpose(turn) if turn is not None else small


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What sets the picture upright, by the camera's own word; a word nobody can read turns nothing."""
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        return None


def _reduced(image: Image.Image) -> Image.Image:
    """Divided by a whole number where it is large, strip by strip: Pillow would hold two more whole copies of it."""
    longest, pixels = max(image.size), image.width * image.height
    factor = math.ceil(longest / rules.LONGEST_EDGE) if pixels > _WHOLE_COPIES_UP_TO else 1
    if factor == 1:
        return _plain_colours(image)
    size = (math.ceil(image.width / factor), math.ceil(image.height / factor))
    small = Image.new(_plain_colours(image.crop((0, 0, 1, 1))).mode, size)
    for top in range(0, image.height, _STRIP * factor):
        strip = image.crop((0, top, image.width, min(image.height, top + _STRIP * factor)))
        small.paste(_plain_colours(strip).reduce(factor), (0, top // factor))
    return small


def _plain_colours(image: Image.Image) -> Image.Image:
    if image.mode in ("RGB", "RGBA", "L"):
        return image
    return image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")


def _encode(image: Image.Image, name: str) -> bytes:
    if name == "JPEG" and image.mode == "RGBA":
        image = image.convert("RGB")
    return _save(image, name, _SAVE_OPTIONS[name])


def _save(image: Image.Image, name: str, options: dict[str, object]) -> bytes:
    bare = Image.frombytes(image.mode, image.size, image.tobytes())  # pixels only: no EXIF, no profile, no comment to copy along
    target = io.BytesIO()
    bare.save(target, name, **options)
    return target.getvalue()

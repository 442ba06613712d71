"""GS1 Digital Link: what an address that begins with /01/ says of the pack it is printed on.

Sources: GS1 Digital Link Standard, URI Syntax (the path is a GTIN and its qualifiers, the query holds attributes); formats and order
of the application identifiers as in the GS1 Barcode Syntax Dictionary, which the tests read as an oracle. Percent signs are
decoded before: a slash inside a lot cannot be told from one between two values and is refused.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ocop.core.gtin import check_digit

GTIN, VARIANT, LOT, SERIAL, THIRD_PARTY_SERIAL = "01", "22", "10", "21", "235"
SEQUENCES: Final = ((VARIANT, LOT, SERIAL), (THIRD_PARTY_SERIAL,))  # the dictionary's dlpkey=22,10,21|235
_QUALIFIERS: Final = {VARIANT: "X..20", LOT: "X..20", SERIAL: "X..20", THIRD_PARTY_SERIAL: "X..28"}
_GTIN_LENGTH: Final = 14
_SHORTER_GTINS: Final = (8, 12, 13)

# What may stand in the query beside a GTIN, by format as the dictionary writes it. 310n is 3100 to 3105.
_ATTRIBUTES_BY_FORMAT: Final = {
    "N6,yymmd0": "11 13 15 16 17",
    "N6,yymmdd": "7006",
    "N6,yymmdd [N6],yymmdd": "7007",
    "N6,yymmdd N4,hhmi": "7003",
    "N6,yymmdd [N4],hhmi": "7011",
    "N6,yymmdd N2,hh [N2],mi [N2],ss": "8008",
    "N2": "20",
    "N..4": "7004",
    "N..6": "242",
    "N..8": "30",
    "N13": "7001",
    "N13,csum": "410 411 412 413 416",
    "N..15": "3920 3921 3922 3923 3924 3925 3926 3927 3928 3929",
    "N3": "422 424 426",
    "N3 [N3] [N3] [N3] [N3]": "423 425",
    "N3 X..9": "421",
    "N3 X..27": "7030 7031 7032 7033 7034 7035 7036 7037 7038 7039",
    "X..2": "7010",
    "X..3": "427 7008",
    "X..10": "7009",
    "X..12": "7005",
    "X..20": "243 420 710 711 712 713 714 715 716 717 7020 7021 7022 7240 8002 8012",
    "X..30": "90 240 241 250 251 400 7002 7023",
    "X..50": "8009",
    "X..90": "91 92 93 94 95 96 97 98 99",
    "X2 X..28": "7230 7231 7232 7233 7234 7235 7236 7237 7238 7239",
    "N4,nonzero N5,nonzero N3,nonzero N1 N1": "8001",
    "Z..90": "8030",
    "N6": (
        "310n 311n 312n 313n 314n 315n 316n 320n 321n 322n 323n 324n 325n 326n 327n 328n 329n 330n 331n 332n 333n 334n 335n 336n 337n 340n "
        "341n 342n 343n 344n 345n 346n 347n 348n 349n 350n 351n 352n 353n 354n 355n 356n 357n 360n 361n 362n 363n 364n 365n 366n 367n 368n "
        "369n 8005"
    ),
}
_CHARACTERS: Final = {"N": "[0-9]", "X": r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]", "Z": "[A-Za-z0-9_=-]"}  # GS1 sets: digits, 82, base64url
_COMPONENT: Final = re.compile(r"(\[?)([NXZ])(\.\.)?([0-9]+)\]?(?:,(\w+))?")


class NotDigitalLink(ValueError):
    """The address does not follow the syntax; the message is the Vietnamese sentence that says where and how to mend it."""


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """A pack as its address names it: fourteen digits, then what narrows it down, then what is said of it beside."""

    gtin: str
    qualifiers: tuple[tuple[str, str], ...]  # (application identifier, value) in the order of the standard
    attributes: tuple[tuple[str, str], ...]

    @property
    def gtin13(self) -> str:
        """The number as a barcode of a consumer pack prints it; empty for a case or a carton, which has a number of its own."""
        return self.gtin[1:] if self.gtin.startswith("0") else ""

    @property
    def segments(self) -> tuple[str, ...]:
        """The path of the address, unquoted: "01", the GTIN, and each qualifier with its value."""
        return (GTIN, self.gtin, *(part for pair in self.qualifiers for part in pair))


def read_digital_link(path: str, query: Iterable[tuple[str, str]]) -> DigitalLink:
    """The address whose path is `path` behind "/01/" and whose query has these pairs. Raises `NotDigitalLink`.

    Query names that are no number (`linkType`, `utm_source`) are not GS1's and pass.
    """
    gtin, *rest = path.removesuffix("/").split("/")
    _check_gtin(gtin)
    return DigitalLink(gtin, _qualifiers(rest), _attributes(query))


def claims_in(query: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of a query the pairs of GS1 with values that fit, qualifiers among them; anything else is passed over."""
    known = {**ATTRIBUTES, **_QUALIFIERS}
    return tuple({key: value for key, value in query if key in known and _fits(known[key], value)}.items())


def _check_gtin(gtin: str) -> None:
    if not (gtin.isascii() and gtin.isdigit()):
        raise NotDigitalLink(_("Sau /01/ phải là mã GTIN gồm 14 chữ số."))
    if len(gtin) in _SHORTER_GTINS:
        padded = gtin.zfill(_GTIN_LENGTH)
        raise NotDigitalLink(_("Mã GTIN phải viết đủ 14 chữ số: thêm số 0 ở đầu, thành /01/%(gtin)s.") % {"gtin": padded})
    if len(gtin) != _GTIN_LENGTH:
        raise NotDigitalLink(_("Mã GTIN có đúng 14 chữ số, mã này có %(count)s.") % {"count": len(gtin)})
    if int(gtin[-1]) != check_digit(gtin[:-1]):
        raise NotDigitalLink(_("Chữ số cuối của mã GTIN không khớp. Hãy đối chiếu lại với bao bì."))


def _qualifiers(segments: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = tuple(zip(segments[::2], segments[1::2], strict=False))
    for key, value in pairs:
        if key not in _QUALIFIERS:
            raise NotDigitalLink(
                _("Sau mã GTIN chỉ có thể là 22 (biến thể), 10 (lô), 21 (số sê-ri) hoặc 235; không có “%(key)s”.") % _key(key)
            )
        if not _fits(_QUALIFIERS[key], value):
            raise NotDigitalLink(_("Giá trị sau /%(key)s/ trống, quá dài hoặc có ký tự không được phép.") % _key(key))
    if len(segments) % 2:
        raise NotDigitalLink(_("Sau “%(key)s” thiếu giá trị.") % _key(segments[-1]))
    keys = tuple(key for key, _value in pairs)
    if not any(keys == tuple(key for key in sequence if key in keys) for sequence in SEQUENCES):
        raise NotDigitalLink(_("Sai thứ tự: sau mã GTIN là 22, rồi 10, rồi 21, mỗi khóa một lần; hoặc chỉ có 235."))
    return pairs


def _attributes(query: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for key, value in query:
        if not (key.isascii() and key.isdigit()):
            continue
        if key in _QUALIFIERS:
            raise NotDigitalLink(_("Khóa %(key)s phải nằm trong đường dẫn, sau mã GTIN, không nằm sau dấu hỏi.") % _key(key))
        if key not in ATTRIBUTES:
            raise NotDigitalLink(_("Khóa số “%(key)s” không đi cùng mã GTIN.") % _key(key))
        if key in found:
            raise NotDigitalLink(_("Khóa %(key)s có hai lần.") % _key(key))
        if not _fits(ATTRIBUTES[key], value):
            raise NotDigitalLink(_("Giá trị của khóa %(key)s không đúng dạng.") % _key(key))
        found[key] = value
    return tuple(found.items())


def _key(key: str) -> dict[str, str]:
    return {"key": key[:20]}


# --- Formats ---


def _each(names: str) -> Iterator[str]:
    for name in names.split():
        if name.endswith("n"):
            yield from (f"{name[:-1]}{decimals}" for decimals in range(6))
        else:
            yield name


ATTRIBUTES: Final[Mapping[str, str]] = {key: written for written, names in _ATTRIBUTES_BY_FORMAT.items() for key in _each(names)}


def _fits(written: str, value: str) -> bool:
    """Whether a value has the format: its components one after the other, those in brackets only while something is left."""
    rest = value
    for is_optional, kind, up_to, length, check in _COMPONENT.findall(written):
        if is_optional and not rest:
            return True
        piece, rest = rest[: int(length)], rest[int(length) :]
        least = 1 if up_to else int(length)
        if not re.fullmatch(f"{_CHARACTERS[kind]}{{{least},{length}}}", piece) or not _passes(check, piece):
            return False
    return not rest


def _passes(check: str, digits: str) -> bool:
    """The dictionary's check of one component, by its name there."""
    match check:
        case "yymmd0":
            return _is_day(digits, least=0)
        case "yymmdd":
            return _is_day(digits, least=1)
        case "hhmi":
            return int(digits[:2]) < 24 and int(digits[2:]) < 60
        case "hh":
            return int(digits) < 24
        case "mi" | "ss":
            return int(digits) < 60
        case "csum":
            return int(digits[-1]) == check_digit(digits[:-1])
        case "nonzero":
            return int(digits) > 0
        case _:
            return True


def _is_day(digits: str, *, least: int) -> bool:
    """YYMMDD; a day 00 means the whole month where `least` allows it."""
    year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])
    return 1 <= month <= 12 and least <= day <= monthrange(year, month)[1]

"""Vietnamese telephone numbers in one form, E.164. Source: Thông tư 22/2014/TT-BTTTT and the 2017–2018 change of numbers."""

import re

from django.utils.translation import gettext as _

_SEPARATORS = re.compile(r"[\s.\-()]")
_PREFIX = re.compile(r"(?:\+84|0084|84|0)(?=[1-9])")
_MOBILE = re.compile(r"[35789][0-9]{8}")
_LANDLINE = re.compile(r"2[0-9]{9}")
_OLD_MOBILE = re.compile(r"1(?:2|6|8|9)[0-9]{8}")


class NotAPhone(ValueError):
    """The text is no Vietnamese number; the message is the sentence for the person who typed it."""


def normalise_phone(text: str) -> str:
    """ "0912 345 678", "84-912.345.678" and "+84912345678" as "+84912345678". Raises `NotAPhone`."""
    bare = _SEPARATORS.sub("", text.strip())
    found = _PREFIX.match(bare)
    rest = bare[found.end() :] if found else ""
    if _OLD_MOBILE.fullmatch(rest):
        raise NotAPhone(_("Số di động 11 chữ số đã đổi thành 10 chữ số từ năm 2018. Hãy ghi số mới."))
    if not (_MOBILE.fullmatch(rest) or _LANDLINE.fullmatch(rest)) or not rest.isascii():
        raise NotAPhone(_("Số điện thoại chưa đúng. Hãy ghi số Việt Nam đủ chữ số, ví dụ 0912 345 678 hoặc 0209 3870 000."))
    return f"+84{rest}"


def phone_in_words(e164: str) -> str:
    """ "+84912345678" as "0912 345 678", the way people read it aloud."""
    national = f"0{e164.removeprefix('+84')}"
    cuts = (4, 7) if len(national) == 10 else (4, 8)
    return f"{national[: cuts[0]]} {national[cuts[0] : cuts[1]]} {national[cuts[1] :]}"

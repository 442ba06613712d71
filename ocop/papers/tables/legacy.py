"""Vietnamese text from before Unicode: TCVN3 (.VnTime fonts), in CSV files and in cells of old workbooks. Table: TCVN 5712:1993, VN3."""

import re
from collections.abc import Sequence
from typing import Final

_LETTERS: Final = (
    ("\xb5\xb8\xb6\xb7\xb9", "àáảãạ"),
    ("\xa8\xbb\xbe\xbc\xbd\xc6", "ăằắẳẵặ"),
    ("\xa9\xc7\xca\xc8\xc9\xcb", "âầấẩẫậ"),
    ("\xae\xcc\xd0\xce\xcf\xd1", "đèéẻẽẹ"),
    ("\xaa\xd2\xd5\xd3\xd4\xd6", "êềếểễệ"),
    ("\xd7\xdd\xd8\xdc\xde", "ìíỉĩị"),
    ("\xdf\xe3\xe1\xe2\xe4", "òóỏõọ"),
    ("\xab\xe5\xe8\xe6\xe7\xe9", "ôồốổỗộ"),
    ("\xac\xea\xed\xeb\xec\xee", "ơờớởỡợ"),
    ("\xef\xf3\xf1\xf2\xf4", "ùúủũụ"),
    ("\xad\xf5\xf8\xf6\xf7\xf9", "ưừứửữự"),
    ("\xfa\xfd\xfb\xfc\xfe", "ỳýỷỹỵ"),
    ("\xa1\xa2\xa7\xa3\xa4\xa5\xa6", "ĂÂĐÊÔƠƯ"),
)
_TABLE: Final = str.maketrans("".join(old for old, _ in _LETTERS), "".join(new for _, new in _LETTERS))
# Only Unicode has these; one of them means that the text is Unicode already.
_UNICODE_ONLY: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u0300-\u0323\u1ea0-\u1ef9]")
# Letters of the table that no Vietnamese text in Unicode has, beside a letter (so that "®" after a brand is none);
# and a capital of Latin-1 in the middle of a word in small letters: "ChÌ".
_ODD: Final = "¡¢¤¥¦¨ª«¬\u00adµ¶¸»¼¾ÆÇÎÏÐÑÖ×ØÜÞßäåæçëîïñö÷øûüþ"
_SIGN: Final = re.compile(f"[{_ODD}](?=[a-z])|(?<=[A-Za-z])[{_ODD}]|[§®©£](?=[a-zÀ-ÿ])|(?<=[a-z])[À-Ý](?![A-ZÀ-Ý])")


def looks_like_tcvn3(text: str) -> bool:
    """Was this text typed for a .VnTime font?"""
    return not text.isascii() and not _UNICODE_ONLY.search(text) and bool(_SIGN.search(text))


def from_tcvn3(text: str) -> str:
    """The same text in Unicode."""
    return text.translate(_TABLE)


def is_tcvn3_column(texts: Sequence[str]) -> bool:
    """Were these cells typed for a .VnTime font as a whole? Then "Ba BÓ" among them is "Ba Bể", though alone it could be either."""
    joined = "\n".join(text for text in texts if not text.isascii())
    return bool(_SIGN.search(joined)) and not _UNICODE_ONLY.search(joined)

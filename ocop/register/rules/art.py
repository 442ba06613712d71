"""Which drawing stands in for a photo (DESIGN.md, section 3). The letter a, b or c is the template's choice."""

from typing import Final

from ocop.core.text import fold

ART_NAMES: Final = (
    *("mien", "bun", "tra", "nghe", "gao", "ruou", "bi", "qua"),
    *("matong", "thit", "giavi", "banh", "thuysan", "thucong", "dulich"),
)

# What a name says outweighs the set: set 7 holds noodles, turmeric and mushrooms alike. First match wins.
_BY_NAME: Final = (
    ("homestay", "dulich"),
    ("du lich", "dulich"),
    ("mien", "mien"),
    ("mat ong", "matong"),
    ("nghe", "nghe"),
    ("curcumin", "nghe"),
    ("banh pho", "bun"),
    ("pho kho", "bun"),
    ("bun", "bun"),
    ("banh", "banh"),
    ("com lam", "banh"),
    ("com khau nua lech", "gao"),
    ("ruou", "ruou"),
    ("tep", "thuysan"),
    ("bonsai", "thucong"),
    ("che", "tra"),
    ("tra", "tra"),
)
_WITHIN_SET: Final = {1: (("bi xanh", "bi"), ("rau", "bi"), ("nam", "bi")), 7: (("ot", "giavi"),)}
_BY_SET: Final = {
    **{1: "qua", 2: "thit", 3: "gao", 4: "matong", 5: "banh", 6: "bun", 7: "qua", 8: "thit", 9: "giavi", 10: "giavi"},
    **{11: "tra", 12: "tra", 13: "tra", 14: "ruou", 15: "ruou", 16: "tra", 17: "qua", 18: "nghe", 19: "nghe", 20: "nghe"},
    **{21: "thucong", 22: "thucong", 23: "thucong", 24: "thucong", 25: "thucong", 26: "dulich"},
}
_BY_GROUP: Final = (("duoc lieu", "nghe"), ("canh", "thucong"), ("thuy san", "thuysan"), ("thit", "thit"), ("che va do uong", "tra"))
_ANY: Final = "qua"


def art_for(*, name: str, set_no: int | None, source_group: str) -> str:
    """One of `ART_NAMES`, by the product's name, its set, then its source's group."""
    folded = fold(name)
    if set_no not in (11, 12):  # "trà mật ong" is tea
        for word, art in _BY_NAME:
            if _has_word(folded, word):
                return art
    for word, art in _WITHIN_SET.get(set_no or 0, ()):
        if _has_word(folded, word):
            return art
    if set_no in _BY_SET:
        return _BY_SET[set_no]
    group = fold(source_group)
    return next((art for word, art in _BY_GROUP if _has_word(group, word)), _ANY)


def _has_word(text: str, word: str) -> bool:
    return f" {word} " in f" {text} "

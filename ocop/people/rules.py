"""What a password must be, how long an invitation and a one-time code live, and how codes look.

Sources: OWASP ASVS 5.0 6.2.1, 6.2.5, 6.2.9–6.2.12 (length, no composition rules, word lists); the rest is a product decision.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from ocop.core.text import search_key
from ocop.people.enums import OFFICIAL_ROLES, SUBJECT_ROLES, OfficeKind, Role

PASSWORD_LENGTH = 12
PASSWORD_LENGTH_OFFICIAL = 15
PASSWORD_OWN_PART = 6  # characters that are not words everybody here knows
PASSWORD_VARIETY = 5  # different characters

INVITATION_LIVES = timedelta(days=14)
RESET_LIVES = timedelta(minutes=30)

LOCK_AFTER_PAIR = 5  # wrong passwords for one name from one address
LOCK_PAIR_LASTS = timedelta(minutes=30)
LOCK_AFTER_NAME = 20  # wrong passwords for one name from anywhere
LOCK_NAME_WINDOW = timedelta(hours=24)

IMPORT_ACCOUNT = "import"  # username of the built-in account, made by migration

# Words of this house that a guesser tries first; the names of the communes are added by the caller.
HOUSE_WORDS = (
    *("ocop", "bac kan", "thai nguyen", "viet nam", "moi xa mot san pham", "moi xa phuong mot san pham", "san pham", "chuong trinh"),
    *("mien dong", "tai hoan", "ba be", "hop tac xa", "htx", "ubnd", "chu the", "can bo", "quan tri", "tinh", "huyen", "xa", "phuong"),
    *("mat khau", "matkhau", "password", "admin", "administrator", "anh yeu em", "yeu em"),
)

# Which kind of office each official role is given for.
OFFICES_OF_ROLE: dict[str, frozenset[str]] = {
    Role.COMMUNE_OFFICER: frozenset({OfficeKind.COMMUNE_COMMITTEE}),
    Role.OCOP_OFFICER: frozenset({OfficeKind.OCOP_OFFICE}),
    Role.ADVISORY_MEMBER: frozenset({OfficeKind.ADVISORY_TEAM}),
    Role.COUNCIL_MEMBER: frozenset({OfficeKind.COUNCIL}),
    Role.CHAIR: frozenset({OfficeKind.COUNCIL}),
    Role.SECRETARY: frozenset({OfficeKind.COUNCIL}),
    Role.LEADER: frozenset({OfficeKind.PROVINCE_COMMITTEE, OfficeKind.DEPARTMENT, OfficeKind.COMMUNE_COMMITTEE}),
    Role.PROMOTION_OFFICER: frozenset({OfficeKind.PROMOTION_CENTRE, OfficeKind.DEPARTMENT}),
    Role.INSPECTOR: frozenset({OfficeKind.INSPECTORATE}),
    Role.ADMINISTRATOR: frozenset({OfficeKind.OCOP_OFFICE, OfficeKind.DEPARTMENT}),
}

# How the subject of a mandate without an office begins.
SUBJECT_PREFIX: dict[str, str] = {Role.PRODUCER: "producer:", Role.KEEPER: "sales_point:", Role.BUYER: "buyer:"}

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
CODE_LENGTH = 12  # 60 bits
TOKEN_BYTES = 32
_MISREAD = str.maketrans("ILO", "110")


def password_length(roles: Iterable[str]) -> int:
    """How many characters a password needs: more as soon as one of the roles is an official's."""
    return PASSWORD_LENGTH_OFFICIAL if OFFICIAL_ROLES & set(roles) else PASSWORD_LENGTH


def is_made_of_known_words(password: str, words: Iterable[str]) -> bool:
    """Whether little is left of the password once the house's words and the names around it are taken out."""
    rest = search_key(password).replace(" ", "")
    for word in sorted({search_key(word).replace(" ", "") for word in words} - {""}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < PASSWORD_OWN_PART


def is_monotonous(password: str) -> bool:
    """Whether the password repeats a few characters: "aaaaaaaaaaaa", "121212121212"."""
    return len(set(password)) < PASSWORD_VARIETY


def digest_of_token(token: str) -> str:
    return hashlib.sha256(f"OCOP-TOKEN-1\n{token}".encode()).hexdigest()


def digest_of_code(code: str) -> str:
    """Small letters, spaces, hyphens and the letters that look like digits do not matter."""
    bare = "".join(character for character in code.upper() if character.isalnum()).translate(_MISREAD)
    return hashlib.sha256(f"OCOP-CODE-1\n{bare}".encode()).hexdigest()


def mandate_fits(role: str, office_kind: str, subject: str) -> bool:
    """Whether a role may be given for an office of this kind, or for this subject."""
    if role in SUBJECT_ROLES:
        return not office_kind and subject.startswith(SUBJECT_PREFIX[role]) and subject != SUBJECT_PREFIX[role]
    return not subject and office_kind in OFFICES_OF_ROLE.get(role, frozenset())

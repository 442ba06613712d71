"""What one person is known by, and what is held of them: the words in which every room answers an export or an erasure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ocop.core.phones import phone_in_words


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """By what a person is looked for. A room adds what it knows; nobody is looked for by name alone, since names are shared."""

    phones: frozenset[str] = frozenset()  # E.164
    emails: frozenset[str] = frozenset()  # small letters
    user_ids: frozenset[int] = frozenset()
    producer_codes: frozenset[str] = frozenset()  # whose representative the person is
    names: frozenset[str] = frozenset()  # as stored; only to take them out of free text that was found otherwise

    def with_more(self, **more: Any) -> "PersonKeys":
        """These keys and more of any kind; empty values are left out."""
        added = {kind: getattr(self, kind) | frozenset(filter(None, values)) for kind, values in more.items()}
        return replace(self, **added)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every form in which the person may stand in free text, the longest first; a name of one word is too common to look for."""
        spoken = {form for phone in self.phones for form in (phone, phone.replace("+84", "0"), phone_in_words(phone))}
        named = {name for name in self.names if " " in name}
        return tuple(sorted(spoken | self.emails | named, key=lambda text: (-len(text), text)))


class Fate(StrEnum):
    """What an erasure does with one kind of thing."""

    GOES = "goes"  # the rows are deleted
    NAMELESS = "nameless"  # the rows stay for their own sake, and nobody can be told from them any more
    STAYS = "stays"  # the law or the chain needs them as they are


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing that a room holds of a person. `rows` are values as JSON knows them, `file_keys` the stored files among them."""

    what: str
    fate: Fate
    rows: tuple[dict[str, Any], ...]
    file_keys: tuple[str, ...] = ()


ERASED_TEXT = "[đã xóa]"


def without(texts: tuple[str, ...], said: str) -> str:
    """Free text without what names the person; upper and lower case as the person wrote it."""
    for text in texts:
        said = said.replace(text, ERASED_TEXT)
    return said

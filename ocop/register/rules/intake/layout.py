"""Where the register stands in a file: which tab, which rows are its header, which column holds what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ocop.papers.tables import Tab, Tables


class Field(StrEnum):
    """What a column holds (INTAKE.md). The second recognition has the fields of the first with "second_" before them."""

    INDEX = "index"
    NAME = "name"
    GROUP = "group"
    FORM = "form"
    PRODUCER = "producer"
    COMMUNE = "commune"
    DISTRICT = "district"  # not in the usual layout; read when it is there
    ADDRESS = "address"
    REPRESENTATIVE = "representative"
    PHONE = "phone"
    STARS = "stars"
    EXPIRY = "expiry"
    FIRST_STARS = "first_stars"
    FIRST_DATE = "first_date"
    FIRST_YEAR = "first_year"
    FIRST_DECISION = "first_decision"
    FIRST_ISSUER = "first_issuer"
    SECOND_STARS = "second_stars"
    SECOND_DATE = "second_date"
    SECOND_YEAR = "second_year"
    SECOND_DECISION = "second_decision"
    SECOND_ISSUER = "second_issuer"
    NOTE = "note"


REQUIRED = (Field.NAME, Field.PRODUCER)
PERSONAL = frozenset({Field.REPRESENTATIVE, Field.PHONE, Field.ADDRESS})  # shown only to those who may read them


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a tab. `columns` maps what is held to its column; `headers` maps every column with a header to its text."""

    header_top: int
    first_row: int  # the first row below the header
    columns: Mapping[Field, int]
    headers: Mapping[int, str]

    def header(self, field: Field) -> str:
        """The header's text of a field's column, empty when the sheet has none."""
        return self.headers.get(self.columns.get(field, 0), "")


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """The tab that holds the register, with its layout; and sentences on what was left aside (other tabs, macros …)."""

    tab: Tab
    layout: Layout
    counts_from_1904: bool
    remarks: tuple[str, ...]


def find_register(tables: Tables) -> RegisterSheet | None:
    """The first visible tab whose header has a name and a producer; None when no tab has one (then a person maps the columns)."""
    raise NotImplementedError


def recognise_layout(tab: Tab) -> Layout | None:
    """The layout by the headers' words, in any order, old and new spellings."""
    raise NotImplementedError


def mapped_layout(tab: Tab, *, header_row: int, chosen: Mapping[int, Field]) -> Layout:
    """The layout as a person maps it: which column (from 1) holds what, under which header row. Raises ValueError without the required."""
    raise NotImplementedError

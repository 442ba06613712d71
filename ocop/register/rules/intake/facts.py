"""A data row understood: names, place, recognitions as the row says them, and every remark it has earned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ocop.core.dates import UNKNOWN, PartialDate
from ocop.register.rules.intake.codes import Remark
from ocop.register.rules.intake.layout import Field
from ocop.register.rules.intake.words import FormSaid


@dataclass(frozen=True, slots=True)
class Said:
    """One recognition as the row says it. `last_day` is the last valid day as printed."""

    stars: int
    on: PartialDate
    decision: str
    issuer: str
    level: str
    last_day: date | None
    is_second: bool

    @property
    def decision_key(self) -> str:
        """Decision numbers are one when they differ in spaces and case alone."""
        return "".join(self.decision.split()).casefold()

    def words(self) -> str:
        """ "4 sao, 30/6/2021"."""
        return f"{self.stars} sao, {self.on.words()}"


@dataclass(slots=True)
class RowFacts:
    """What a row says. `remarks` grows while the row is judged."""

    row: int
    section: str
    texts: Mapping[Field, str]
    form: FormSaid | None = None
    phone: str = ""
    recognitions: tuple[Said, ...] = ()  # in the order of their dates
    bare_decisions: frozenset[str] = frozenset()  # decisions whose star is not printed
    remarks: list[Remark] = field(default_factory=list)
    maker_row: int = 0
    name_key: str = ""
    producer_key: str = ""

    @property
    def is_refused(self) -> bool:
        return any(remark.is_refusal for remark in self.remarks)

    @property
    def last_known(self) -> PartialDate:
        """When the last decision was signed."""
        return self.recognitions[-1].on if self.recognitions else PartialDate(None, UNKNOWN)

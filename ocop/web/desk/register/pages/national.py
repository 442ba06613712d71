"""The national table 5277 as the OCOP office sees it before sending it: what is in it, what is missing, what did not fit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.register.enums import StandingKind
from ocop.register.queries.national import NationalReport, national_report
from ocop.register.rules import PROGRAMME_START
from ocop.register.rules.national import STATES
from ocop.web.kit.words import STANDINGS

_GAPS: dict[str, Promise] = {"Ma_DonViHanhChinh": _("chưa rõ xã"), "ChuTheSXKD": _("chưa rõ chủ thể")}


@dataclass(frozen=True, slots=True)
class Gap:
    """One product of whose row the register does not know everything."""

    code: str
    name: str
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class NationalDesk:
    report: NationalReport
    years: Sequence[int]
    states: Sequence[tuple[str, str, int]]  # what it is called on screens, its code in the table, how many
    gaps: Sequence[Gap]


def national_desk(asked: str, today: date) -> NationalDesk:
    """The report of the year asked, of the running one where none or nonsense is."""
    years = range(today.year, PROGRAMME_START.year - 1, -1)
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in years else today.year
    report = national_report(year, today)
    counts = Counter(row["TrangThai"] for row in report.rows)
    states = [(str(STANDINGS[StandingKind(kind)]), code, counts[code]) for kind, code in STATES.items()]
    return NationalDesk(report, years, states, _gaps(report))


def _gaps(report: NationalReport) -> list[Gap]:
    found = []
    for row in report.rows:
        missing = [str(words) for name, words in _GAPS.items() if not row[name]]
        if missing:
            found.append(Gap(str(row["Ma_SanPham"]), str(row["TenSanPham"]), missing))
    return found

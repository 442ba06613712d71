"""What a clerk's words for a legal form and for an issuing office stand for."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ocop.core.text import fold
from ocop.register.enums import LegalForm, RecognitionLevel


@dataclass(frozen=True, slots=True)
class FormSaid:
    """A legal form, and whether an address of such a producer is a place of business.

    Households, farms and cooperative groups work where somebody lives; their address is personal (Law 91/2025/QH15; product decision).
    """

    form: str
    subtype: str
    has_business_address: bool


# First match wins; each stands at the beginning of the words, so that "HTX … Công ty" is no company.
_FORMS: Final = (
    (("lien hiep htx", "lien hiep hop tac xa", "htx", "hop tac xa"), FormSaid(LegalForm.COOPERATIVE, "", True)),
    (("tht", "to hop tac", "to san xuat", "nhom ho"), FormSaid(LegalForm.COOPERATIVE_GROUP, "", False)),
    (("cong ty co phan", "cong ty cp", "cp ", "ctcp"), FormSaid(LegalForm.ENTERPRISE, "Cổ phần", True)),
    (("cong ty trach nhiem huu han", "cong ty tnhh", "tnhh", "ct tnhh"), FormSaid(LegalForm.ENTERPRISE, "TNHH", True)),
    (("doanh nghiep tu nhan", "dntn"), FormSaid(LegalForm.ENTERPRISE, "Tư nhân", True)),
    (("cong ty", "doanh nghiep", "dn"), FormSaid(LegalForm.ENTERPRISE, "", True)),
    (("trang trai", "gia trai"), FormSaid(LegalForm.FARM, "", False)),
    (("ho gia dinh",), FormSaid(LegalForm.REGISTERED_FAMILY_HOUSEHOLD, "", False)),
    (("ho kinh doanh", "ho ", "hkd", "co so", "cssx"), FormSaid(LegalForm.REGISTERED_PRODUCTION_HOUSEHOLD, "", False)),
    (("hiep hoi",), FormSaid(LegalForm.ASSOCIATION, "", True)),
    (("hoi ",), FormSaid(LegalForm.SOCIETY, "", True)),
    (("trung tam",), FormSaid(LegalForm.MANAGING_CENTRE, "", True)),
    (("to chuc",), FormSaid(LegalForm.EQUIVALENT_BODY, "", True)),
)
_FORM_WORDS: Final = {
    LegalForm.COOPERATIVE: "Hợp tác xã",
    LegalForm.COOPERATIVE_GROUP: "Tổ hợp tác",
    LegalForm.ENTERPRISE: "Doanh nghiệp",
    LegalForm.FARM: "Trang trại",
    LegalForm.REGISTERED_PRODUCTION_HOUSEHOLD: "Hộ kinh doanh",
    LegalForm.REGISTERED_FAMILY_HOUSEHOLD: "Hộ gia đình",
    LegalForm.SOCIETY: "Hội nghề nghiệp",
    LegalForm.ASSOCIATION: "Hiệp hội",
    LegalForm.MANAGING_CENTRE: "Trung tâm điều hành",
    LegalForm.EQUIVALENT_BODY: "Tổ chức tương đương",
}
_COMPANY_WORDS: Final = {"TNHH": "Công ty TNHH", "Cổ phần": "Công ty cổ phần", "Tư nhân": "Doanh nghiệp tư nhân"}


@lru_cache(maxsize=4096)
def legal_form_of(said: str) -> FormSaid | None:
    """The legal form that a cell, or a producer's name, begins with; None where the words are not known."""
    folded = f"{fold(said).replace('.', ' ')} "
    return next((form for words, form in _FORMS if any(_begins(folded, word) for word in words)), None)


def words_of_form(form: str, subtype: str) -> str:
    """The words that `legal_form_of` understands as this form."""
    return _COMPANY_WORDS.get(subtype) or _FORM_WORDS[LegalForm(form)] if form else ""


def _begins(folded: str, word: str) -> bool:
    return folded.startswith(word if word.endswith(" ") else f"{word} ")


@lru_cache(maxsize=4096)
def level_of(issuer: str) -> str:
    """At which level an office decides; unknown where nothing is printed."""
    folded = fold(issuer)
    if any(word in folded for word in ("bo nong nghiep", "bo nn", "bo truong", "trung uong", "quoc gia", "chinh phu", "vpdp trung")):
        return RecognitionLevel.CENTRE
    if any(word in folded for word in ("tinh", "thanh pho truc thuoc", "so nong nghiep", "so nn")):
        return RecognitionLevel.PROVINCE
    if any(word in folded for word in ("huyen", "thanh pho", "thi xa", "tp bac kan", "tp. bac kan")):
        return RecognitionLevel.DISTRICT
    return RecognitionLevel.UNKNOWN

"""Every address of the register's desk: open to whom it is for, and to the others refused with a reason or unknown."""

import pytest
from django.urls import reverse

from ocop.core.actor import Actor
from ocop.register.models import IntakeBatch, Report
from ocop.web.desk.register.urls import urlpatterns
from tests.cast import Cast
from tests.sheets import FIRST_ROW
from tests.web.desk.register.conftest import SECRETS, SignIn

EVERYBODY = ("producer", "rival", "clerk", "rival_clerk", "officer", "inspector", "administrator", "leader", "buyer", "keeper", "newcomer")
KEEPERS = {"producer", "clerk", "officer"}
OFFICERS = {"clerk", "officer"}
ANY_KEEPER = KEEPERS | {"rival", "rival_clerk"}
ANY_OFFICER = {"clerk", "rival_clerk", "officer"}

# address → who comes in; everybody else gets 403 with a reason, or 404 where even the existence is not theirs to know
OPEN: dict[str, set[str]] = {
    "products": ANY_KEEPER,
    "product_new": ANY_OFFICER,
    "product": KEEPERS | {"inspector"},
    "product_edit": KEEPERS,
    "product_set": OFFICERS,
    "product_code": OFFICERS,
    "product_publish": {"officer"},
    "product_photos": KEEPERS,
    "packs": KEEPERS,
    "pack": KEEPERS,
    "price": KEEPERS,
    "recognise": {"officer"},
    "record_recognition": {"officer"},
    "withdraw": {"officer"},
    "extend": {"officer"},
    "confirm": {"officer"},
    "end_recognition": {"officer"},
    "renewals": ANY_OFFICER,
    "renewals_xlsx": ANY_OFFICER,
    "renewal_letters": {"officer"},
    "renewal_calendar": ANY_OFFICER,
    "renewal": KEEPERS,
    "renewal_file": OFFICERS,
    "renewal_decide": {"officer"},
    "renewal_refused": {"officer"},
    "confirm_queue": ANY_OFFICER,
    "answer": OFFICERS,
    "answers": {"officer"},
    "answer_take_back": {"officer"},
    "national": {"officer"},
    "producers": ANY_KEEPER,
    "producer_new": ANY_OFFICER,
    "producer": KEEPERS | {"inspector"},
    "producer_edit": KEEPERS,
    "legal_form": OFFICERS,
    "producer_links": KEEPERS,
    "producer_contact": {"producer"},
    "producer_person_edit": KEEPERS,
    "producer_person_clear": KEEPERS,
    "producer_photos": KEEPERS,
    "reports": ANY_OFFICER | {"inspector"},
    "report": OFFICERS | {"inspector"},
    "intakes": {"officer"},
    "intake_template": {"officer"},
    "intake_export": {"officer"},
    "intake": {"officer"},
    "intake_progress": {"officer"},
    "intake_columns": {"officer"},
    "intake_row": {"officer"},
    "intake_confirm": {"officer"},
    "intake_undo": set(),  # nothing was written yet
    "intake_remarks": {"officer"},
    "claims": ANY_OFFICER,
    "claim": OFFICERS,
    "claim_new": set(EVERYBODY),
    "duplicates": {"officer"},
    "merge_pick": {"officer"},
    "merge": {"officer"},
    "merges": {"officer"},
    "unmerge": {"officer"},
    "distinct_pairs": {"officer"},
}
# these only take what is sent
SENT: dict[str, set[str]] = {
    "price_end": KEEPERS,
    "producer_contact_withdraw": KEEPERS,
    "producer_person": KEEPERS | {"inspector"},
    "report_take": OFFICERS,
    "reporter": OFFICERS,
    "renewal_calendar_revoke": ANY_OFFICER,
    "answer_check": {"officer"},
    "judge_distinct": {"officer"},
    "reconsider": {"officer"},
    "intake_reread": {"officer"},
    "intake_discard": {"officer"},
}
# read by a secret address, by anybody who has it: `test_renewals`
BY_TOKEN = {"calendar_feed"}
# about a star past the window whose dossier is in, about one that waits, about one that was answered
OF_THEIR_OWN = {
    "renewal_decide": "BK003",
    "renewal_refused": "BK003",
    "answer": "BK004",
    "answer_check": "BK005",
    "answer_take_back": "BK005",
}


def address(name: str) -> str:
    kwargs = {
        "product": {"code": "BK001"},
        "pack": {"code": "BK001", "n": 1},
        "price_end": {"code": "BK001", "n": 1, "kind": "retail"},
        "star": {"code": "BK001-R1"},
        "producer": {"code": "htx-mai"},
        "claim": {"code": "htx-mai", "n": 1},
        "two": {"kind": "san-pham", "first": "BK001", "second": "BK002"},
        "merged": {"kind": "chu-the", "code": "htx-cu"},
    }
    shape = next(pattern for pattern in urlpatterns if pattern.name == name).pattern._route
    if shape.startswith("bao-sai/<"):
        return reverse(f"desk:{name}", kwargs={"code": Report.objects.get().code})
    if name in ("renewal", "renewal_file", *OF_THEIR_OWN):
        more = {"answer": {"kind": "con-gia-tri"}, "answer_check": {"n": 1}, "answer_take_back": {"n": 1}}.get(name, {})
        return reverse(f"desk:{name}", kwargs={"code": OF_THEIR_OWN.get(name, "BK001"), **more})
    if shape.startswith("nhap-so/<"):
        return reverse(f"desk:{name}", kwargs={"code": IntakeBatch.objects.get().code, **({"n": FIRST_ROW} if "<int:n>" in shape else {})})
    kind = "price_end" if name == "price_end" else "pack" if "<int:n>" in shape else "product"
    if "<slug:kind>/<str:" in shape:
        return reverse(f"desk:{name}", kwargs=kwargs["merged" if name == "unmerge" else "two"])
    of = {"san-pham/<": kind, "cong-nhan/<": "star", "chu-the/<": "producer", "giu-trang/<": "claim"}
    found = next((which for start, which in of.items() if shape.startswith(start)), None)
    return reverse(f"desk:{name}", kwargs=kwargs[found] if found else None)


def actors(cast: Cast) -> dict[str, Actor]:
    return {name: getattr(cast, name) for name in EVERYBODY}


def test_no_address_is_forgotten() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*OPEN, *SENT, *BY_TOKEN}


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_page_opens_for_those_it_is_for_and_shows_nothing_personal(who: str, whole: Cast, sign_in: SignIn) -> None:
    client = sign_in(actors(whole)[who])
    for name, may in OPEN.items():
        answer = client.get(address(name))
        html = answer.content.decode(errors="replace")  # some are spreadsheets
        if who in may:
            assert answer.status_code == 200, (name, answer.status_code)
        else:
            assert answer.status_code in (403, 404), (name, answer.status_code)
        assert not any(secret in html for secret in SECRETS), name
        if answer.status_code == 403:
            assert "Trang này dành cho vai trò khác." not in html, name  # the words without a reason


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_only_takes_sends_asks_the_same(who: str, whole: Cast, sign_in: SignIn) -> None:
    client = sign_in(actors(whole)[who])
    for name, may in SENT.items():
        assert client.get(address(name)).status_code in (403, 404, 405), name
        answer = client.post(address(name))
        assert (answer.status_code in (200, 302)) == (who in may), (name, answer.status_code)


def test_nobody_comes_in_without_signing_in(whole: Cast, client: object) -> None:
    for name in OPEN:
        answer = client.get(address(name))  # type: ignore[attr-defined]
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/"), name


@pytest.mark.parametrize("name", ["product", "product_edit", "packs", "product_photos"])
def test_an_unknown_product_is_404(name: str, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    for code in ("BK999", "x" * 300, "../BK001"):
        assert client.get(address(name).replace("BK001", code)).status_code == 404, code
    assert client.get(address(name).replace("BK001", "BK001%00")).status_code == 400


def test_an_old_code_leads_to_the_products_own_desk(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.officer).get("/viec/san-pham/bk001/")["Location"] == "/viec/san-pham/BK001/"

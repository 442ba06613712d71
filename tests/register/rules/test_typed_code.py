"""A code is recognised however it is typed, and nothing else is taken for one."""

import pytest

from ocop.register.rules.typed_code import LONGEST, typed_code


@pytest.mark.parametrize(
    "text",
    [
        "BK001",
        "bk001",
        " bk 1 ",
        "Bk-0001",
        "BK.001",
        "\u202eBK\x00001",
        "https://ocop.example.vn/sp/bk001",
        "https://ocop.example.vn/en/sp/BK001?x=1#a",
        "/v/BK001",
    ],
)
def test_a_public_id_in_every_spelling(text: str) -> None:
    assert typed_code(text).public_id == "BK001"


@pytest.mark.parametrize("text", ["19-02185-01-2026", "19 02185 01 2026", "19.02185.01.2026", "19–02185–01–2026", "19 - 02185 - 01 - 2026"])
def test_an_official_code_in_every_spelling(text: str) -> None:
    found = typed_code(text)
    assert (found.public_id, found.official) == ("", "19-02185-01-2026")


@pytest.mark.parametrize("text", ["", "   ", "BK", "001", "BK1234567", "BK001-abc", "miến dong", "０１"])
def test_what_is_no_public_id(text: str) -> None:
    assert typed_code(text).public_id == ""


def test_a_long_text_is_cut_and_shown_clean() -> None:
    found = typed_code("a\x00\u202e" + "b" * 300)
    assert len(found.text) == LONGEST
    assert found.text.startswith("ab")


def test_decomposed_letters_are_composed() -> None:
    assert typed_code("Mie\u0302\u0301n").text == "Miến"

"""GS1 Digital Link addresses, against the GS1 Barcode Syntax Dictionary."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core.digital_link import ATTRIBUTES, SEQUENCES, DigitalLink, NotDigitalLink, read_digital_link
from tests.conformance.dictionary import entries, values_of, with_check_digit

DICTIONARY = entries()
GTIN = "09521234543213"  # the number GS1's own examples use; prefix 952 is kept for demonstrations
QUALIFIERS = ("22", "10", "21", "235")
COUPONS = {"8110", "8112"}  # North American coupons have a grammar of their own, and no goods
GTINS = st.text("0123456789", min_size=13, max_size=13).map(with_check_digit)
# A decoded path cannot tell a slash inside a value from one between two.
IN_PATH = {ai: values_of(DICTIONARY[ai]).map(lambda value: value.replace("/", ".")) for ai in QUALIFIERS}


def refused(path: str, query: tuple[tuple[str, str], ...] = ()) -> str:
    with pytest.raises(NotDigitalLink) as error:
        read_digital_link(path, query)
    return str(error.value)


def test_the_dictionary_is_read() -> None:
    assert len(DICTIONARY) > 400
    assert DICTIONARY["01"].keys["dlpkey"] == "22,10,21|235"
    assert DICTIONARY["3105"].components == (("N", 6, 6, False, ()),)
    assert DICTIONARY["8030"].is_attribute


def test_the_order_of_qualifiers_is_the_dictionarys() -> None:
    assert tuple(tuple(each.split(",")) for each in DICTIONARY["01"].keys["dlpkey"].split("|")) == SEQUENCES


@given(GTINS)
def test_fourteen_digits_with_their_check_digit_are_a_gtin(gtin: str) -> None:
    link = read_digital_link(gtin, ())
    assert link == DigitalLink(gtin, (), ())
    assert link.gtin13 == (gtin[1:] if gtin[0] == "0" else "")
    for other in "0123456789":
        if other != gtin[-1]:
            assert "Chữ số cuối" in refused(gtin[:-1] + other)


@pytest.mark.parametrize("count", range(len(QUALIFIERS) + 1))
def test_qualifiers_come_in_the_order_of_the_dictionary_or_not_at_all(count: int) -> None:
    allowed = [alternative.split(",") for alternative in DICTIONARY["01"].keys["dlpkey"].split("|")]
    for chosen in permutations(QUALIFIERS, count):
        path = "/".join([GTIN, *(part for ai in chosen for part in (ai, "A1"))])
        if any(list(chosen) == [ai for ai in sequence if ai in chosen] for sequence in allowed):
            assert read_digital_link(path, ()).qualifiers == tuple((ai, "A1") for ai in chosen)
        else:
            assert "Sai thứ tự" in refused(path)


@given(GTINS, st.fixed_dictionaries({}, optional={ai: IN_PATH[ai] for ai in ("22", "10", "21")}), st.booleans())
def test_values_of_qualifiers_come_back_as_they_were(gtin: str, chosen: dict[str, str], slash: bool) -> None:
    pairs = tuple((ai, chosen[ai]) for ai in ("22", "10", "21") if ai in chosen)
    path = "/".join([gtin, *(part for pair in pairs for part in pair)])
    link = read_digital_link(f"{path}/" if slash else path, ())
    assert link.qualifiers == pairs
    assert "/".join(link.segments) == f"01/{path}"


@pytest.mark.parametrize("ai", QUALIFIERS)
def test_a_value_one_letter_too_long_empty_or_with_a_foreign_letter_is_refused(ai: str) -> None:
    longest = DICTIONARY[ai].components[0][2]
    assert read_digital_link(f"{GTIN}/{ai}/{'x' * longest}", ()).qualifiers
    for value in ("x" * (longest + 1), "", "lô 1", "ệ", "a b", "€"):
        assert refused(f"{GTIN}/{ai}/{value}/")


def test_the_attributes_are_those_the_dictionary_lets_stand_beside_a_gtin() -> None:
    expected = {ai for ai, entry in DICTIONARY.items() if entry.is_attribute and entry.goes_with_gtin}
    assert set(ATTRIBUTES) == expected - {"10"} - COUPONS


@settings(max_examples=400)
@given(st.sampled_from(sorted(ATTRIBUTES)), st.data())
def test_a_value_the_dictionary_allows_is_allowed(ai: str, data: st.DataObject) -> None:
    value = data.draw(values_of(DICTIONARY[ai]))
    assert read_digital_link(GTIN, [(ai, value)]).attributes == ((ai, value),)
    longest = sum(component[2] for component in DICTIONARY[ai].components)
    assert refused(GTIN, ((ai, value.ljust(longest + 1, "1")),))
    assert refused(GTIN, ((ai, f"{value[:-1]}€"),))


@pytest.mark.parametrize(
    ("ai", "value"),
    [("15", "261301"), ("15", "260230"), ("11", "26113"), ("3103", "12.5"), ("7003", "2611242460"), ("410", "9521234543214"), ("20", "")],
)
def test_a_date_or_number_that_is_none_is_refused(ai: str, value: str) -> None:
    assert "không đúng dạng" in refused(GTIN, ((ai, value),))


def test_a_day_00_is_the_whole_month_where_the_dictionary_says_so() -> None:
    assert read_digital_link(GTIN, [("15", "261100")]).attributes == (("15", "261100"),)
    assert refused(GTIN, (("7006", "261100"),))


def test_what_is_no_gs1_key_passes_and_a_key_out_of_its_place_does_not() -> None:
    assert read_digital_link(GTIN, [("linkType", "gs1:pip"), ("utm_source", "x"), ("11", "261124")]).attributes == (("11", "261124"),)
    assert "trong đường dẫn" in refused(GTIN, (("10", "A1"),))
    assert "không đi cùng" in refused(GTIN, (("00", "106141412345678908"),))
    assert "không đi cùng" in refused(GTIN, (("12345", "1"),))
    assert "hai lần" in refused(GTIN, (("11", "261124"), ("11", "261124")))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "14 chữ số"),
        ("9521234543213", "thành /01/09521234543213"),
        ("95212342", "thành /01/00000095212342"),
        ("095212345432130", "mã này có 15"),
        ("0952123454321x", "14 chữ số"),
        ("０9521234543213", "14 chữ số"),
        (f"{GTIN}/10", "thiếu giá trị"),
        (f"{GTIN}/99/x", "không có “99”"),
        (f"{GTIN}/10/A/10/B", "Sai thứ tự"),
        (f"{GTIN}/10/A//", "thiếu giá trị"),
    ],
)
def test_a_refusal_says_where_and_how_to_mend_it(path: str, words: str) -> None:
    assert words in refused(path)


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=5), st.text(max_size=12)), max_size=3))
def test_anything_else_is_refused_with_a_sentence_and_nothing_breaks(path: str, query: list[tuple[str, str]]) -> None:
    try:
        said = read_digital_link(path, query).gtin
    except NotDigitalLink as error:
        said = str(error)
    assert said

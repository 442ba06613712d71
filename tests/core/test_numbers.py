"""Money, numbers, barcodes and telephones."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.gtin import check_digit, check_gtin13
from ocop.core.money import NotAnAmount, dong, number, parse_dong
from ocop.core.phones import NotAPhone, normalise_phone, phone_in_words


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, None, "1.234,5"),
        (1250, None, "1.250"),
        (Decimal("91.140"), None, "91,14"),
        (Decimal("1000000"), 2, "1.000.000,00"),
        (-1234.5, 1, "-1.234,5"),
        (0, None, "0"),
        (Decimal("0.0005"), None, "0,0005"),
        (Decimal("1E+3"), None, "1.000"),
        (0.1, None, "0,1"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value, decimals, written):
    assert number(value, decimals) == written


def test_what_is_not_finite_is_not_written():
    with pytest.raises(ValueError, match="finite"):
        number(float("nan"))


@given(st.integers(0, 10**12 - 1))
def test_money_is_read_back(amount):
    assert parse_dong(dong(amount)) == amount
    assert parse_dong(str(amount)) == amount


def test_money_in_other_hands():
    assert dong(1234000) == "1.234.000 đ"
    assert parse_dong("45 000đ") == parse_dong("45.000 đồng") == parse_dong("45000 VND") == 45000


@pytest.mark.parametrize("typed", ["", "-5", "45,5", "4.50", "45k", "1e5", "9" * 13, "٤٥"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(NotAnAmount):
        parse_dong(typed)


@given(st.integers(0, 10**8 - 1))
def test_a_vietnamese_barcode_with_its_check_digit_passes_and_any_changed_digit_fails(tail):
    twelve = f"8935{tail:08d}"
    code = f"{twelve}{check_digit(twelve)}"
    assert check_gtin13(code)
    for index in range(13):
        changed = f"{code[:index]}{(int(code[index]) + 1) % 10}{code[index + 1 :]}"
        if changed.startswith("893"):
            assert not check_gtin13(changed)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "chữ số"),
        ("893 123456789", "chữ số"),
        ("８９３5001234567", "chữ số"),
        ("89350012345", "13 chữ số, mã này có 11"),
        ("4006381333932", "phải là 1"),
        ("2000000000008", "nội bộ"),
        ("0200000000004", "nội bộ"),
        ("9780201379624", "ISBN"),
        ("9771234567003", "ISSN"),
    ],
)
def test_a_bad_barcode_is_refused_with_the_reason(code, says):
    verdict = check_gtin13(code)
    assert not verdict
    assert says in verdict.reason


def test_a_published_example_passes():
    assert check_gtin13("4006381333931")  # the worked example of many textbooks
    assert check_gtin13("6291041500213")  # the worked example of the GS1 check digit page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 912.345.678", "+84912345678"),
        ("84-912-345-678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("(0209) 3 870 123", "+842093870123"),
        ("0387654321", "+84387654321"),
        ("0843 456 789", "+84843456789"),
        ("\u200e0912345678"[1:], "+84912345678"),
    ],
)
def test_telephones_come_to_one_form(typed, kept):
    assert normalise_phone(typed) == kept
    assert normalise_phone(phone_in_words(kept)) == kept


@pytest.mark.parametrize(
    "typed", ["", "123", "0412345678", "+1 202 555 0100", "09123456789", "091234567", "0９12345678", "1900 1234", "912345678"]
)
def test_what_is_no_vietnamese_number_is_refused(typed):
    with pytest.raises(NotAPhone, match="chưa đúng"):
        normalise_phone(typed)


def test_an_old_eleven_digit_number_is_named():
    with pytest.raises(NotAPhone, match="2018"):
        normalise_phone("01681234567")


def test_telephones_are_shown_in_groups():
    assert phone_in_words("+84912345678") == "0912 345 678"
    assert phone_in_words("+842093870123") == "0209 3870 123"

"""Header rows that are the same to a person are the same to the memory of columns."""

from ocop.register.rules import header_fingerprint


def test_accents_capitals_spaces_and_empty_ends_make_no_other_header() -> None:
    assert header_fingerprint(["Tên SP", "Chủ  thể", ""]) == header_fingerprint(["TÊN SP ", "chu the"])


def test_another_word_or_another_order_is_another_header() -> None:
    prints = {header_fingerprint(words) for words in (["Tên", "Chủ thể"], ["Chủ thể", "Tên"], ["Tên", "Chủ thể", "Sao"], ["Tên Chủ thể"])}
    assert len(prints) == 4

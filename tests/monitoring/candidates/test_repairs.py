"""Every number that is one slip away is found, and nothing else; checked against trying everything."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from households.identity.numbers import IdFault, check_character, read_id_number
from monitoring.candidates.repairs import repaired

PLACES = st.integers(0, 17)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Valid numbers of county 999901."""
    born = draw(st.dates(datetime.date(1930, 1, 1), datetime.date(2020, 12, 31)))
    body = f"999901{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + check_character(body)


def by_trying(text: str) -> set[str]:
    """Try every digit at every place, and every swap."""
    tried = {text[:place] + digit + text[place + 1 :] for place in range(18) for digit in "0123456789"}
    tried |= {text[:17] + "X"}
    tried |= {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(17)}
    return {each for each in tried if not isinstance(read_id_number(each), IdFault)}


@given(numbers(), PLACES, st.sampled_from("0123456789"))
def test_a_changed_digit_is_found(number: str, place: int, digit: str) -> None:
    wrong = number[:place] + digit + number[place + 1 :]
    if read_id_number(wrong) is IdFault.CHECKSUM:
        assert number in repaired(wrong)
        assert set(repaired(wrong)) == by_trying(wrong)
        assert len(repaired(wrong)) <= 18 + 17


@given(numbers(), st.integers(0, 16))
def test_swapped_neighbours_are_found(number: str, at: int) -> None:
    wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if read_id_number(wrong) is IdFault.CHECKSUM:
        assert number in repaired(wrong)
        assert set(repaired(wrong)) == by_trying(wrong)


def test_an_x_that_changed_places_with_the_digit_before_it_is_found() -> None:
    body = next(body for body in map("9999011958031200{}".format, range(10)) if check_character(body) == "X")
    wrong = body[:16] + "X" + body[16]
    assert read_id_number(wrong) is IdFault.CHECKSUM
    assert body + "X" in repaired(wrong)
    assert set(repaired(wrong)) == by_trying(wrong)


@given(numbers())
def test_nothing_is_made_of_what_is_right_or_no_number(number: str) -> None:
    for text in (number, number[:15], "", f"{number[:10]}********", "一二三", number[:17] + "A"):
        assert repaired(text) == []

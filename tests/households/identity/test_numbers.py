"""ID numbers and telephones are read in every form that people write, and nothing is guessed."""

import datetime
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from households.identity import number_sql
from households.identity.numbers import (
    BLANKS,
    WIDE,
    IdFault,
    IdNumber,
    PhoneFault,
    read_id_number,
    read_phone,
)
from tests.households.identity.made import id_number, id_numbers

RIGHT = id_number(31, datetime.date(1990, 3, 4))  # 999901199003040319
WIDE_FORM = {meant: wide for wide, meant in WIDE.items()}


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", IdFault.MISSING),
        (" \u3000\u200b", IdFault.MISSING),
        ("9999************19", IdFault.MASKED),
        ("＊", IdFault.MASKED),
        ("99990119900304031", IdFault.LENGTH),
        ("9999011990030403199", IdFault.LENGTH),
        ("4.11E+17", IdFault.LENGTH),
        ("9.999011990030E+17", IdFault.LENGTH),
        ("无", IdFault.LENGTH),
        ("999901199002310319", IdFault.BIRTH_DATE),
        ("999901189912310319", IdFault.BIRTH_DATE),
        ("999901202711050319", IdFault.BIRTH_DATE),
        ("99990119900A040319", IdFault.BIRTH_DATE),
        ("999901199003040310", IdFault.CHECKSUM),
        ("99990119900304031Y", IdFault.CHECKSUM),
        ("A99901199003040319", IdFault.CHECKSUM),
        ("99990119900304031043", IdFault.CHECKSUM),
        ("999901900231031", IdFault.BIRTH_DATE),
        ("④99901199003040319", IdFault.CHECKSUM),
    ],
)
def test_what_is_no_id_number_says_the_first_reason_why(written: str, fault: IdFault) -> None:
    assert read_id_number(written) is fault


def test_an_id_number_says_when_its_bearer_was_born_and_of_which_sex() -> None:
    assert read_id_number(RIGHT) == IdNumber(RIGHT, datetime.date(1990, 3, 4), "1")
    assert read_id_number(id_number(30)).sex == "2"


def test_the_old_form_and_a_disability_card_name_the_same_person() -> None:
    assert read_id_number(RIGHT[:6] + RIGHT[8:17]).number == RIGHT
    assert read_id_number(RIGHT + "43").number == RIGHT
    assert read_id_number(RIGHT + "43B1").number == RIGHT


@pytest.mark.parametrize("digits", ["999901201406009984", "999901197013010015", "999901201406010035"])
def test_a_number_of_a_workbook_is_faulted_for_its_loss_before_its_day(digits: str) -> None:
    """What binary numbers make of the last digits may reach the day: 20140601|0035 becomes 20140600|9984."""
    assert read_id_number(digits, from_number=True) is IdFault.CHECKSUM


def test_a_number_of_a_workbook_is_believed_only_where_nothing_can_be_lost() -> None:
    """A workbook keeps 15 digits: a longer one ends in zeros, which may even fit."""
    fitting = next(number for serial in range(0, 1000, 10) if (number := id_number(serial)).endswith("00"))
    assert read_id_number(fitting).number == fitting
    assert read_id_number(fitting, from_number=True) is IdFault.CHECKSUM
    assert read_id_number(RIGHT[:6] + RIGHT[8:17], from_number=True).number == RIGHT


@given(id_numbers, st.lists(st.tuples(st.integers(0, 18), st.sampled_from(BLANKS)), max_size=4), st.data())
def test_blanks_width_and_case_change_nothing(
    number: str, blanks: list[tuple[int, str]], data: st.DataObject
) -> None:
    written = list(number.replace("X", data.draw(st.sampled_from("XxＸｘ"))))
    for place in data.draw(st.sets(st.integers(0, 16))):
        written[place] = WIDE_FORM[written[place]]
    for place, blank in blanks:
        written.insert(place, blank)
    assert read_id_number("".join(written)).number == number


@given(id_numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_noticed(number: str, place: int, character: str) -> None:
    wrong = number[:place] + character + number[place + 1 :]
    assert wrong == number or read_id_number(wrong) in IdFault


written_somehow = st.one_of(
    id_numbers,
    st.text(max_size=24),
    st.text("0123456789Xx*＊０Ｘ E+.-", max_size=24),
    st.from_regex(
        r"[0-9]{17}[0-9X]|[0-9]{15}|9999011[89][0-9]{6}[0-9X]{4}|[0-9]{18}[0-9]{2}(B1)?", fullmatch=True
    ),
    st.tuples(id_numbers, st.integers(0, 18), st.text(max_size=2)).map(
        lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]
    ),
)


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        number_sql.define(connection)
        yield connection


@settings(deadline=None)
@given(written=st.lists(written_somehow, min_size=1, max_size=20), from_number=st.booleans())
def test_whole_columns_are_read_as_single_numbers_are(
    duck: duckdb.DuckDBPyConnection, written: list[str], from_number: bool
) -> None:
    answers = duck.execute(
        """SELECT fault, CASE WHEN fault IS NULL THEN id_number_read(written) END
            FROM (SELECT written, id_number_fault(written, $2, 2026) AS fault FROM unnest($1) AS t (written))""",
        [[text.replace("\0", "") for text in written], from_number],
    ).fetchall()
    for text, answer in zip(written, answers, strict=True):
        read = read_id_number(text.replace("\0", ""), from_number=from_number)
        assert answer == ((None, read.number) if isinstance(read, IdNumber) else (read.value, None)), text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("13800138000", "13800138000"),
        (" 138 0013 8000 ", "13800138000"),
        ("１３８-0013-8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("0398-6123456", "03986123456"),
        ("(010)62345678", "01062345678"),
        ("6123456", "6123456"),
        ("", PhoneFault.MISSING),
        ("138****8000", PhoneFault.INVALID),
        ("1380013800", PhoneFault.INVALID),
        ("12800138000", PhoneFault.INVALID),
        ("无", PhoneFault.INVALID),
    ],
)
def test_telephones_are_read_as_people_write_them(written: str, read: str) -> None:
    assert read_phone(written) == read

"""Initials of names: what people type to find a place or a colleague."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.accounts.names import initials, person_initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("石桥村", "sqc"),
        ("重庆市", "cqs"),
        ("长沙县", "csx"),
        ("长治市", "czs"),
        ("朝阳区", "cyq"),
        ("厦门市", "xms"),
        ("乐清市", "yqs"),
        ("番禺区", "pyq"),
        ("单县", "sx"),
        ("A区１号", "aq1h"),
        ("青石 镇（东）", "qszd"),
        ("𠮷村", "𠮷c"),
    ],
)
def test_a_place_is_found_by_the_initials_people_type(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单立夏", "slx"),
        ("曾谷雨", "zgy"),
        ("解小寒", "xxh"),
        ("仇霜降", "qsj"),
        ("区白露", "obl"),
        ("查清明", "zqm"),
        ("盖惊蛰", "gjz"),
        ("任大雪", "rdx"),
        ("朴春分", "pcf"),
        ("尉迟秋分", "ycqf"),
        ("单于立冬", "cyld"),
        ("沈立夏", "slx"),
        ("阿布都·买买提", "abdmmt"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, expected: str) -> None:
    assert person_initials(name) == expected


@given(st.text())
def test_initials_always_fit_their_column_and_hold_nothing_but_letters_and_digits(name: str) -> None:
    for read in (initials(name), person_initials(name)):
        assert len(read) <= 60
        assert all(character.isalnum() for character in read)


@given(st.text("abcxyz0189", max_size=60))
def test_latin_letters_and_digits_stay_as_they_are(name: str) -> None:
    assert initials(name.upper()) == name

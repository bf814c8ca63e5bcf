"""What a register file loses, row by row: each reason of the contract, with its reach and its exact count."""

import pytest

from foundation.accounts.models import User
from households.models import Duplicate, Household, Resident
from households.register.importing import RegisterImport, import_register
from tests.households.register.files import csv_of, number, row
from tests.people import COUNTY


def take(by: User, *rows: dict[str, str]) -> RegisterImport:
    done = import_register(csv_of(rows), by=by)
    assert done.rows_read == done.rows_accepted + done.rows_rejected == len(rows)
    return done


@pytest.fixture
def xian(people: dict[str, User]) -> User:
    return people["xian"]


WRONG = number(2)[:17] + ("1" if number(2)[17] == "0" else "0")
FAULTS: dict[str, tuple[dict[str, str], set[str]]] = {
    "no household number": ({"household": " "}, {"required_missing"}),
    "no area": ({"area": ""}, {"required_missing"}),
    "no kind of household": ({"household_type": ""}, {"required_missing"}),
    "no relation": ({"relation": ""}, {"required_missing"}),
    "no name": ({"name": "\u3000"}, {"name_missing"}),
    "no number": ({"number": ""}, {"id_missing"}),
    "a masked number": ({"number": "9999**********1234"}, {"id_masked"}),
    "a number masked in full width": ({"number": "9999＊＊＊＊＊＊＊＊＊＊1234"}, {"id_masked"}),
    "a short number": ({"number": "99990119900101"}, {"id_length"}),
    "a number shortened by a spreadsheet": ({"number": "4.11E+17"}, {"id_length"}),
    "a month thirteen": ({"number": "999901199013011230"}, {"id_birth_date"}),
    "a wrong check digit": ({"number": WRONG}, {"id_checksum"}),
    "an unknown village": ({"area": "999901001999"}, {"area_unknown"}),
    "a county instead of a village": ({"area": COUNTY}, {"area_unknown"}),
    "another kind of household": ({"household_type": "五保户"}, {"code_unknown"}),
    "another health": ({"health": "健康,很好"}, {"code_unknown"}),
    "another dibao": ({"dibao": "是"}, {"code_unknown"}),
    "another tekun": ({"tekun": "农村低保"}, {"code_unknown"}),
    "another water": ({"water_safe": "不详"}, {"code_unknown"}),
    "an income in words": ({"income": "一万"}, {"number_invalid"}),
    "a negative income": ({"income": "-1"}, {"number_negative"}),
    "an endless income": ({"income": "9" * 14}, {"number_range"}),
    "months in words": ({"work_months": "半年"}, {"number_invalid"}),
    "thirteen months": ({"work_months": "13"}, {"number_range"}),
    "negative months": ({"work_months": "-1"}, {"number_negative"}),
    "a formula for a name": ({"name": "=HYPERLINK(1)"}, {"formula_or_script"}),
    "a script for an address": ({"address": "<script>alert(1)</script>"}, {"formula_or_script"}),
    "several at once": (
        {"name": "", "number": "", "area": "1", "income": "x"},
        {"name_missing", "id_missing", "area_unknown", "number_invalid"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_row_is_rejected_for_its_reasons_and_the_others_go_on(fault: str, xian: User) -> None:
    cells, reasons = FAULTS[fault]
    done = take(xian, row(1), row(**{"serial": 2, "relation": "配偶", "name": "单白露"} | cells))
    expected = dict.fromkeys(reasons, 1)
    if cells.get("household_type") or cells.get("area"):
        expected["household_conflict"] = 1
    assert done.rejects == expected
    assert (done.rows_rejected, Resident.objects.count()) == (1, 1)


FINE = {
    "a large x, a small x and blanks": {"number": f" {number(24)[:6]} {number(24)[6:].lower()} "},
    "full width": {"number": number(2).translate({ord("0") + n: ord("０") + n for n in range(10)})},
    "fifteen digits": {"number": number(2)[:6] + number(2)[8:17]},
    "a disability card": {"number": number(2) + "43"},
    "a renewed disability card": {"number": number(2) + "43B1"},
    "dashes for nothing": {"income": "-", "work_months": "-", "address": "-"},
    "money as people write it": {"income": "￥1,234.50元"},
    "months with their word": {"work_months": "11个月"},
    "empty where it may be": dict.fromkeys(("health", "dibao", "tekun", "water_safe", "phone", "income"), ""),
    "a telephone that is none": {"phone": "12345"},
    "health in any order": {"health": "患有大病,残疾"},
}


@pytest.mark.parametrize("kind", FINE)
def test_what_is_odd_but_right_is_taken(kind: str, xian: User) -> None:
    done = take(xian, row(1), row(**{"serial": 2, "relation": "配偶", "name": "单白露"} | FINE[kind]))
    assert (done.rejects, Resident.objects.count()) == ({}, 2)


def test_a_household_without_a_head_loses_every_row(xian: User) -> None:
    done = take(xian, row(1, relation="配偶"), row(2, relation="之子"), row(3, household="H002"))
    assert done.rejects == {"head_missing": 2}
    assert Household.objects.get().code == "H002"


def test_a_head_that_was_rejected_is_still_a_head(xian: User) -> None:
    done = take(xian, row(1, number=""), row(2, relation="之子"))
    assert done.rejects == {"id_missing": 1}
    assert Resident.objects.get().relation == "03"


def test_the_second_and_later_heads_are_rejected(xian: User) -> None:
    done = take(xian, row(1), row(2, name="二"), row(3, name="三"), row(4, relation="之子"))
    assert done.rejects == {"head_duplicate": 2}
    assert Resident.objects.count() == 2


def test_rows_that_differ_from_their_head_are_rejected(xian: User) -> None:
    done = take(
        xian,
        row(2, relation="配偶", household_type="脱贫户"),
        row(1),
        row(3, relation="之子", area="999901001002"),
        row(4, relation="之女", area="999901001002", household_type="脱贫户"),
        row(5, relation="之母"),
    )
    assert done.rejects == {"household_conflict": 3}
    assert Resident.objects.count() == 2


def test_the_later_row_of_a_person_in_two_households_is_rejected_and_makes_a_pair(xian: User) -> None:
    done = take(
        xian,
        row(1),
        row(2, relation="之子", name="沈小满"),
        row(3, household="H002", name="单白露"),
        row(2, household="H002", relation="之子", name="沈小满"),
    )
    assert done.rejects == {"id_in_other_household": 1}
    pair = Duplicate.objects.get()
    assert (pair.household.code, pair.claimed_code, pair.claimed_name) == ("H001", "H002", "沈小满")


def test_who_lives_elsewhere_in_the_register_is_rejected_and_makes_one_pair(xian: User) -> None:
    take(xian, row(1), row(2, relation="之子"))
    rows = [
        row(3, household="H002", area="999901001002"),
        row(2, household="H002", area="999901001002", relation="之子"),
    ]
    assert take(xian, *rows).rejects == {"id_in_other_household": 1}
    assert take(xian, *rows).pairs == 0
    pair = Duplicate.objects.get()
    assert (pair.household.code, pair.claimed_code, pair.claimed_area_id) == ("H001", "H002", "999901001002")


def test_a_rejected_row_keeps_nobody_from_their_household(xian: User) -> None:
    done = take(xian, row(1, household="H002", income="x"), row(1))
    assert done.rejects == {"number_invalid": 1}
    assert Resident.objects.get().household.code == "H001"


def test_equal_rows_count_as_accepted_duplicates(xian: User) -> None:
    done = take(
        xian, row(1), row(1), row(2, relation="之子"), row(2, relation="之子"), row(2, relation="之子")
    )
    assert (done.rejects, done.duplicates, done.rows_accepted) == ({}, 3, 5)
    assert done.counts()["residents_created"] == 2


def test_equal_rows_of_a_rejected_row_are_rejected_with_it(xian: User) -> None:
    done = take(xian, row(1), row(2, number="1", relation="之子"), row(2, number="1", relation="之子"))
    assert (done.rejects, done.duplicates) == ({"id_length": 2}, 0)


def test_the_later_line_of_a_person_in_one_household_counts(xian: User) -> None:
    done = take(xian, row(1), row(2, relation="之子", name="沈小满"), row(2, relation="之子", name="沈大满"))
    assert (done.rejects, done.duplicates) == ({}, 0)
    assert Resident.objects.filter(name="沈大满").count() == 1
    assert Resident.objects.count() == 2

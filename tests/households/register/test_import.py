"""Importing a register file: what its rows become, what stays, and what a second look at the same file finds."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import Household, Identity, Resident, Revision, Standing
from households.register.importing import RegisterImport, import_register
from tests.households.register.files import csv_of, number, row

DAY = datetime.date(2026, 9, 30)
LATER = datetime.date(2026, 10, 31)


def take(by: User, *rows: dict[str, str], as_of: datetime.date = DAY, **named: Any) -> RegisterImport:
    return import_register(csv_of(rows, **named), by=by, as_of=as_of)


@pytest.fixture
def xian(people: dict[str, User]) -> User:
    return people["xian"]


FAMILY = [
    row(1),
    row(2, name="单白露", relation="配偶", health="残疾、长期慢性病", work_place="上海市", work_months="11"),
    row(13, name="沈 小满", relation="之子", education="", school_stage="小学", health=""),
]


def test_a_family_is_taken_with_codes_sex_birth_day_and_initials(xian: User) -> None:
    done = take(xian, *FAMILY)
    assert (done.rows_read, done.rows_accepted, done.rejects) == (3, 3, {})
    household = Household.objects.get()
    assert (household.code, household.area_id, household.net_income_per_head) == (
        "H001",
        "999901001001",
        Decimal("12345.60"),
    )
    assert (household.house_grade, household.water_safe, household.source_day) == ("A", True, DAY)
    assert household.phone.kind == Identity.Kind.PHONE
    wife = Resident.objects.get(name="单白露")
    assert (wife.relation, wife.health, wife.sex, wife.initials) == ("02", ["2", "4"], "2", "sbl")
    assert (wife.born_on, wife.work_months, wife.insured) == (datetime.date(1990, 1, 1), 11, True)
    child = Resident.objects.get(name="沈小满")
    assert (child.relation, child.school_stage, child.education, child.sex) == ("03", "03", "", "1")


def test_importing_twice_changes_nothing(xian: User) -> None:
    take(xian, *FAMILY)
    before = list(Resident.objects.order_by("id").values())
    done = take(xian, *FAMILY)
    counts = done.counts()
    assert (counts["households_unchanged"], counts["residents_unchanged"]) == (1, 3)
    assert not any(
        counts[f"{what}_{how}"] for what in ("households", "residents") for how in ("created", "changed")
    )
    assert list(Resident.objects.order_by("id").values()) == before
    assert Identity.objects.count() == 4


def test_one_revision_and_one_entry_of_the_ledger_for_a_file(xian: User) -> None:
    done = take(xian, *FAMILY)
    revision = Revision.objects.get()
    assert (revision.pk, revision.area_id, revision.as_of) == (done.revision, "999901001001", DAY)
    entry = Entry.objects.get(verb="register.imported")
    assert (entry.actor, entry.area, entry.happened_on) == (f"staff:{xian.pk}", "999901001001", DAY)
    assert number(1).encode() not in bytes(entry.body)
    assert "沈立夏".encode() not in bytes(entry.body)


def test_a_later_file_changes_what_differs_and_leaves_who_is_missing(xian: User) -> None:
    take(xian, *FAMILY)
    done = take(xian, row(1, address="河口村3号"), row(2, name="单白鹭", relation="配偶"), as_of=LATER)
    counts = done.counts()
    assert (counts["households_changed"], counts["residents_changed"], counts["residents_unchanged"]) == (
        1,
        1,
        1,
    )
    assert Resident.objects.get(name="单白鹭").health == ["1"]
    assert Resident.objects.filter(name="沈小满", left_on__isnull=True).exists()
    assert Household.objects.get().versions.count() == 1


def test_an_older_file_takes_nothing_back(xian: User) -> None:
    take(xian, row(1, address="新址"), as_of=LATER)
    done = take(xian, row(1, address="旧址", name="沈丽夏"), as_of=DAY)
    assert done.counts()["households_unchanged"] == 1
    assert done.counts()["residents_unchanged"] == 1
    assert done.written.kept == {"address": 1, "name": 1}
    assert Household.objects.get().address == "新址"


@pytest.mark.parametrize(("checked_on", "stays"), [(LATER, True), (DAY, False)])
def test_what_was_checked_by_hand_on_the_day_of_the_file_stays(
    xian: User, checked_on: datetime.date, stays: bool
) -> None:
    take(xian, row(1))
    Resident.objects.update(education="60", field_sources={"education": ["hand", checked_on.isoformat()]})
    done = take(xian, row(1, education="小学", labour="技能劳动力"), as_of=LATER)
    kept = Resident.objects.get()
    assert (kept.education, kept.labour) == ("60" if stays else "80", "2")
    assert done.written.kept == ({"education": 1} if stays else {})
    assert done.written.kept_named == ([("H001", "沈立夏", ["education"])] if stays else [])
    assert kept.field_sources == ({"education": ["hand", checked_on.isoformat()]} if stays else {})


def test_columns_that_a_file_does_not_have_state_nothing(xian: User) -> None:
    take(xian, row(1))
    required = ("household", "area", "household_type", "name", "number", "relation")
    done = take(xian, row(1, name="沈丽夏"), as_of=LATER, fields=required)
    assert done.counts()["households_unchanged"] == 1
    resident = Resident.objects.get()
    assert (resident.name, resident.education, resident.source_day) == ("沈丽夏", "70", LATER)
    assert resident.field_sources["education"] == ["register_file", DAY.isoformat()]


def test_a_new_head_takes_the_old_ones_place(xian: User) -> None:
    take(xian, row(1), row(2, name="单白露", relation="配偶"))
    take(xian, row(2, name="单白露"), row(1, relation="配偶"), as_of=LATER)
    assert dict(Resident.objects.values_list("name", "relation")) == {"沈立夏": "02", "单白露": "01"}


def test_a_new_head_without_the_old_one_in_the_file(xian: User) -> None:
    take(xian, row(1), row(2, name="单白露", relation="配偶"))
    done = take(xian, row(2, name="单白露"), as_of=LATER)
    assert dict(Resident.objects.values_list("name", "relation")) == {"沈立夏": "28", "单白露": "01"}
    assert done.counts()["residents_changed"] == 2


def test_words_no_list_knows_are_kept_and_foreign_numbers_are_not(xian: User) -> None:
    take(xian, row(1), row(2, relation="干女儿", education="60", labour="半个劳力", house_grade="安全"))
    kept = Resident.objects.get(relation="干女儿")
    assert (kept.education, kept.labour) == ("", "半个劳力")


def test_standing_begins_openly_and_ends_before_the_file_that_says_otherwise(xian: User) -> None:
    take(xian, row(1, household_type="脱贫户", dibao="农村低保"))
    kinds = Standing.objects.order_by("kind").values_list("kind", "from_day", "until_day")
    assert list(kinds) == [("dibao", None, None), ("lifted_out", None, None)]
    done = take(xian, row(1), as_of=LATER)
    end = LATER - datetime.timedelta(days=1)
    assert list(kinds.all()) == [("dibao", None, end), ("lifted_out", None, end)]
    assert done.counts()["households_changed"] == 1
    again = LATER + datetime.timedelta(days=3)
    take(xian, row(1, household_type="脱贫户", dibao="城市低保"), as_of=again)
    assert list(kinds.all().filter(until_day=None)) == [("dibao", again, None), ("lifted_out", again, None)]


def test_who_left_comes_back_but_the_dead_do_not(xian: User) -> None:
    take(xian, row(1), row(2, relation="配偶", name="单白露"), row(3, relation="之子", name="沈小满"))
    Resident.objects.filter(name="单白露").update(left_on=DAY, departure="died")
    Resident.objects.filter(name="沈小满").update(left_on=DAY, departure="moved_out")
    take(
        xian,
        row(1),
        row(2, relation="配偶", name="单白露"),
        row(3, relation="之子", name="沈小满"),
        as_of=LATER,
    )
    assert dict(Resident.objects.values_list("name", "departure")) == {
        "沈立夏": "",
        "单白露": "died",
        "沈小满": "",
    }
    assert Resident.objects.count() == 3


def test_nobody_imports_without_the_right_and_no_day_lies_ahead(people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        take(people["cun"], *FAMILY)
    with pytest.raises(Refused):
        take(people["xian"], *FAMILY, as_of=datetime.date(2026, 11, 5))
    assert not Revision.objects.exists()


def test_a_file_that_is_none_leaves_no_trace(xian: User) -> None:
    with pytest.raises(Refused):
        take(xian, row(1), fields=("household", "name"))
    assert not Revision.objects.exists()


def test_a_neighbours_villages_and_household_numbers_are_out_of_reach(people: dict[str, User]) -> None:
    take(people["lin_xian"], row(1, area="999902001001"))
    done = take(people["xian"], row(2), row(3, household="H002", area="999902001001"))
    assert done.rejects == {"area_unknown": 1, "household_conflict": 1}
    assert Resident.objects.count() == 1

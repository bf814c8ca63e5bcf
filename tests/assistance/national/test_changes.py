"""What must be typed into the national system: entered once, changed by field, and nothing twice."""

import datetime
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from assistance.models import NationalEntry
from assistance.national import exporting, ticking
from assistance.national.changes import Line, lines
from assistance.national.columns import HOUSEHOLD, PERSON
from assistance.national.exporting import Wanted, words_of
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import Household, Resident
from households.monitored.importing import import_monitored
from households.standing import Held, hold
from tests.households.monitored.files import family, new_people, text
from tests.people import COUNTY, TOWNSHIP, VILLAGE

People = dict[str, User]


@pytest.fixture
def held(home: Household, people: People) -> Household:
    """Return a household that is monitored since a decision here."""
    wanted = Held("sudden", datetime.date(2026, 11, 2), ["01"], net_income_per_head=Decimal("6543.21"))
    hold(home, wanted, members=home.residents.all(), by=people["zhen"])
    return home


def only(user: User, area: str = VILLAGE) -> Line:
    (line,) = lines(user, area)
    return line


def test_a_decision_here_is_to_be_entered_and_ticked_off_once(held: Household, people: People) -> None:
    assert only(people["cun"]).state == "new"
    assert ticking.tick(VILLAGE, [held.pk], by=people["cun"]) == 1
    assert ticking.tick(VILLAGE, [held.pk], by=people["cun"]) == 0
    line = only(people["cun"])
    assert line.state == "there"
    assert line.entry is not None
    assert line.entry.entered_by == people["cun"]
    entry = Entry.objects.get(verb=ticking.ENTERED)
    assert (entry.object_id, entry.area) == (str(held.pk), VILLAGE)


def test_what_changes_afterwards_is_named_field_by_field_with_its_new_value(
    held: Household, people: People
) -> None:
    ticking.tick(VILLAGE, [held.pk], by=people["cun"])
    Household.objects.filter(pk=held.pk).update(address="石桥村 9 号")
    mother = held.residents.get(relation="12")
    Resident.objects.filter(pk=mother.pk).update(health=["1"])
    line = only(people["zhen"])
    assert line.state == "changed"
    assert {(each.what, each.who) for each in line.changes} == {("家庭住址", ""), ("健康状况", mother.name)}
    assert next(each.now for each in line.changes if not each.who) == "石桥村 9 号"


def test_who_came_and_who_left_since_then_is_said(held: Household, people: People) -> None:
    ticking.tick(VILLAGE, [held.pk], by=people["cun"])
    left = held.residents.get(relation="12")
    Resident.objects.filter(pk=left.pk).update(left_on=datetime.date(2026, 11, 3), departure="died")
    line = only(people["zhen"])
    assert (line.state, line.gone) == ("changed", 1)
    assert "家庭人口数" in words_of(line)


def test_what_came_from_a_list_is_presumed_there_until_taken_over(people: People) -> None:
    import_monitored(text(family("H1", 2, new_people())), by=people["xian"])
    assert only(people["cun"]).state == "presumed"
    assert not only(people["cun"]).is_to_do
    assert ticking.take_over(TOWNSHIP, by=people["zhen"]) == 1
    assert only(people["cun"]).state == "there"
    with pytest.raises(Refused):
        ticking.take_over(TOWNSHIP, by=people["zhen"])
    Household.objects.filter(code="H1").update(group_name="一组")
    assert [each.what for each in only(people["cun"]).changes] == ["自然村"]


def test_a_column_that_the_list_got_later_is_no_change_while_it_is_empty(
    held: Household, people: People
) -> None:
    ticking.tick(VILLAGE, [held.pk], by=people["cun"])
    entry = NationalEntry.objects.get()
    for later in ("other_risk", "address"):
        entry.digests["household"].pop(later)
    entry.save()
    assert only(people["cun"]).state == "there"
    Household.objects.filter(pk=held.pk).update(address="石桥村 9 号")
    assert [each.what for each in only(people["cun"]).changes] == ["家庭住址"]


def test_an_entry_says_nothing_about_anybody(held: Household, people: People) -> None:
    ticking.tick(VILLAGE, [held.pk], by=people["cun"])
    kept = json.dumps(NationalEntry.objects.get().digests, ensure_ascii=False)
    for person in held.residents.all():
        assert person.name not in kept
    assert held.code not in kept


@pytest.mark.parametrize("login", ["lin_cun", "lin_zhen", "lingdao", "shenjiyuan"])
def test_who_prepares_no_cases_there_ticks_nothing_off(held: Household, people: People, login: str) -> None:
    with pytest.raises(Refused):
        ticking.tick(VILLAGE, [held.pk], by=people[login])
    assert not NationalEntry.objects.exists()


def test_a_household_of_another_area_is_passed_over(held: Household, people: People) -> None:
    assert not list(lines(people["lin_zhen"], VILLAGE))
    assert ticking.tick("999902001", [held.pk], by=people["lin_zhen"]) == 0
    assert not NationalEntry.objects.exists()


def book_of(area: str, wanted: Wanted, by: User) -> openpyxl.Workbook:
    made = exporting.take_out(Area.objects.get(pk=area), wanted, by=by)
    return openpyxl.load_workbook(io.BytesIO(b"".join(made.pieces)))


def test_the_workbook_has_the_columns_in_their_order_and_masked_numbers(
    held: Household, people: People
) -> None:
    homes, persons = book_of(VILLAGE, Wanted(), people["cun"]).worksheets
    assert [cell.value for cell in homes[2]][1:] == [column.header for column in HOUSEHOLD]
    assert [cell.value for cell in persons[2]] == [column.header for column in PERSON]
    told = dict(zip([cell.value for cell in homes[2]], [cell.value for cell in homes[3]], strict=True))
    assert told["户主证件号码"].count("*") == 12
    assert (told["识别监测时间"], told["监测对象类别"], told["家庭人口数"]) == (
        "202611",
        "突发严重困难户",
        "4",
    )
    assert persons.max_row == 2 + 4
    assert Entry.objects.filter(verb=exporting.TAKEN_OUT).count() == 1


def test_numbers_in_full_need_a_reason_and_kin_stay_masked(held: Household, people: People) -> None:
    with pytest.raises(Refused):
        book_of(VILLAGE, Wanted(in_full=True), people["cun"])
    wanted = Wanted(in_full=True, reason="录入国家系统")
    _homes, persons = book_of(VILLAGE, wanted, people["cun"]).worksheets
    number = next(
        cell.value for cell in persons[3] if str(cell.value).startswith("999901") and len(cell.value) == 18
    )
    assert "*" not in number
    Kin.objects.create(
        user=people["cun"], household=held.code, relation="kin", declared_on=datetime.date(2026, 11, 1)
    )
    _homes, persons = book_of(VILLAGE, wanted, people["cun"]).worksheets
    assert not [cell for cell in persons[3] if cell.value == number]
    with pytest.raises(Refused):
        book_of(COUNTY, wanted, people["lingdao"])

"""Lists with civil affairs: theirs beside the register, every difference settled by a person, ours taken out."""

import datetime
import io

import openpyxl
import pytest

from assistance.models import RosterComparison, RosterDifference
from assistance.roster.comparing import compare
from assistance.roster.exporting import HEADS, take_out
from assistance.roster.settling import forget, settle
from assistance.roster.tables import words
from foundation.accounts.models import Department, Posting, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.identity import keeping
from households.models import Household, Resident
from tests.assistance.removal.made import enrolled
from tests.households.families import id_number, make_household, stand
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP

pytestmark = pytest.mark.usefixtures("english")
TODAY = datetime.date(2026, 11, 4)
People = dict[str, User]
#: The number of somebody whom the register does not know.
UNKNOWN = id_number(COUNTY, datetime.date(1960, 1, 1), 1)


def number_of(resident: Resident) -> str:
    """Return the ID number of a member."""
    assert resident.identity is not None
    return keeping.opened(resident.identity.subject, resident.identity.sealed)


def listed(*rows: tuple[str, str, str]) -> io.BytesIO:
    """Return a list of civil affairs as text."""
    lines = ["身份证号,姓名,救助类别", *(",".join(row) for row in rows)]
    return io.BytesIO("\n".join(lines).encode())


def row(resident: Resident, kind: str) -> tuple[str, str, str]:
    """Return the line of a member."""
    return number_of(resident), resident.name, kind


@pytest.fixture
def home(people: People) -> Household:
    """Return a household of four whose mother has dibao and whose spouse has tekun."""
    made = make_household("YR000041", "沈立夏", "柳霜降", "沈秋分", "贺春分", by=people["xian"])
    stand(made, "dibao", resident=made.residents.get(relation="12"))
    stand(made, "tekun", resident=made.residents.get(relation="02"))
    return made


def member(home: Household, relation: str) -> Resident:
    return home.residents.select_related("identity").get(relation=relation)


def found(comparison: RosterComparison) -> list[tuple[str, str, str, str]]:
    rows = comparison.differences.order_by("kind", "person")
    return [(each.kind, each.person, each.here, each.there) for each in rows]


def test_the_same_on_both_sides_is_no_difference(people: People, home: Household) -> None:
    file = listed(row(member(home, "12"), "农村低保"), row(member(home, "02"), "特困人员"))
    made = compare(file, TOWNSHIP, TODAY, by=people["zhen"])
    assert (made.rows, made.rejected, made.same, made.differences.count()) == (2, 0, 2, 0)


def test_every_way_to_differ_has_its_name(people: People, home: Household) -> None:
    died, moved = make_household("YR000042", "贺大寒", "贺小满", by=people["xian"]).residents.order_by("pk")
    Resident.objects.filter(pk=died.pk).update(left_on=TODAY, departure="died")
    Resident.objects.filter(pk=moved.pk).update(left_on=TODAY, departure="moved_out")
    file = listed(
        row(member(home, "12"), "特困"),
        row(member(home, "03"), "低保"),
        row(died, "低保"),
        row(moved, "低保"),
        (UNKNOWN, "外来人", "低保"),
        ("123", "写错的", "低保"),
        (number_of(member(home, "01")), "沈立夏", "不知道"),
    )
    made = compare(file, TOWNSHIP, TODAY, by=people["zhen"])
    assert (made.rows, made.rejected, made.same) == (7, 2, 0)
    assert found(made) == [
        ("category", "贺春分", "dibao", "tekun"),
        ("dead", "贺大寒", "2026-11-04", "dibao"),
        ("moved", "贺小满", "2026-11-04", "dibao"),
        ("ours", "柳霜降", "tekun", ""),
        ("theirs", "沈秋分", "", "dibao"),
        ("unknown", "外来人", "", "dibao"),
    ]
    assert words("dibao tekun").count("、") == 1


def test_who_left_after_the_day_of_the_list_was_here_on_it(people: People, home: Household) -> None:
    mother = member(home, "12")
    Resident.objects.filter(pk=mother.pk).update(left_on=TODAY, departure="died")
    file = listed(row(mother, "低保"), row(member(home, "02"), "特困"))
    assert compare(file, TOWNSHIP, TODAY - datetime.timedelta(days=1), by=people["zhen"]).same == 2
    file = listed(row(mother, "低保"), row(member(home, "02"), "特困"))
    assert compare(file, TOWNSHIP, TODAY, by=people["zhen"]).same == 1


def test_who_is_registered_in_another_county_is_nobody_here(people: People, home: Household) -> None:
    there = make_household("LR000001", "鲁清明", by=people["lin_xian"], area=NEIGHBOUR_VILLAGE)
    stand(there, "dibao", resident=there.residents.get())
    made = compare(listed(row(there.residents.get(), "特困")), TOWNSHIP, TODAY, by=people["zhen"])
    assert ("unknown", "鲁清明", "", "tekun") in found(made)
    assert RosterDifference.objects.visible_to(people["zhen"]).filter(person="鲁清明").count() == 1
    assert not RosterDifference.objects.visible_to(people["lin_xian"]).exists()


def test_people_in_monitored_households_are_counted(people: People, home: Household) -> None:
    enrolled(people, home=home)
    file = listed(row(member(home, "12"), "低保"), row(member(home, "02"), "特困"))
    assert compare(file, TOWNSHIP, TODAY, by=people["zhen"]).monitored == 2


def test_each_is_settled_by_a_person_with_a_reason_and_the_record_keeps_every_answer(
    people: People, home: Household
) -> None:
    made = compare(listed(row(member(home, "12"), "特困")), TOWNSHIP, TODAY, by=people["zhen"])
    waiting = RosterDifference.objects.visible_to(people["zhen"]).unsettled()
    assert waiting.count() == 2
    keys = list(made.differences.values_list("pk", flat=True))
    for outcome, reason, said in (
        ("", "已核", "Choose"),
        ("check", "  ", "Say why"),
        ("check", "长" * 201, "200"),
    ):
        with pytest.raises(Refused, match=said):
            settle(made, keys, outcome, reason, by=people["zhen"])
    assert settle(made, keys[:1], "they_mend", "户主已核对，请民政更正", by=people["zhen"]) == 1
    assert waiting.count() == 1
    assert settle(made, keys[:1], "they_mend", "户主已核对，请民政更正", by=people["zhen"]) == 0
    assert settle(made, keys[:1], "stays", "两边口径不同", by=people["zhen"]) == 1
    assert Entry.objects.filter(verb="roster.settled").count() == 2
    # Nothing changed by it.
    assert {each.kind for each in home.standings.all()} == {"dibao", "tekun"}


def officer(people: People) -> User:
    """Let the information officer work for civil affairs."""
    Posting.objects.filter(user=people["yibao"]).update(department=Department.objects.get(pk="civil_affairs"))
    return User.objects.get(pk=people["yibao"].pk)


def test_civil_affairs_sees_and_settles_its_own_list_and_other_departments_nothing(
    people: People, home: Household
) -> None:
    made = compare(listed(row(member(home, "12"), "特困")), COUNTY, TODAY, by=people["jingban"])
    for name in ("yibao", "lin_xian", "lin_zhen"):
        assert not RosterComparison.objects.visible_to(people[name]).exists(), name
        with pytest.raises(Refused):
            settle(made, [each.pk for each in made.differences.all()], "check", "看", by=people[name])
    assert RosterDifference.objects.visible_to(officer(people)).count() == 2
    assert settle(made, [made.differences.first().pk], "check", "看", by=officer(people)) == 1


@pytest.mark.parametrize("name", ["cun", "yibao", "lin_zhen", "bangfu"])
def test_who_does_not_work_with_it_hands_nothing_in(people: People, home: Household, name: str) -> None:
    with pytest.raises(Refused):
        compare(listed(row(member(home, "12"), "低保")), TOWNSHIP, TODAY, by=people[name])


def test_who_is_erased_is_named_no_more(people: People, home: Household) -> None:
    made = compare(listed(row(member(home, "12"), "特困")), TOWNSHIP, TODAY, by=people["zhen"])
    settle(made, [each.pk for each in made.differences.all()], "check", "贺春分家要看", by=people["zhen"])
    forget([member(home, "12").pk], [])
    each = made.differences.get(kind="category")
    assert (each.person, each.reason) == ("*", "*")


def test_our_list_has_the_declared_layout_and_stands_in_the_record(people: People, home: Household) -> None:
    with pytest.raises(Refused, match="empty"):
        take_out(home.area, "与民政核对", by=people["cun"])
    enrolled(people, home=home)
    with pytest.raises(Refused, match="what the list is for"):
        take_out(home.area, " ", by=people["cun"])
    made = take_out(home.area, "与民政核对", by=people["cun"])
    page = openpyxl.load_workbook(io.BytesIO(b"".join(made.pieces))).active
    cells = [[cell.value or "" for cell in line] for line in page.iter_rows()]
    assert tuple(cells[1]) == HEADS
    mother = next(line for line in cells[2:] if line[1] == "贺春分")
    assert mother[0] == number_of(member(home, "12"))
    assert mother[3:6] == ["YR000041", home.area_id, "边缘易致贫户"]
    assert mother[2]
    assert len(cells) == 2 + 4
    assert Entry.objects.filter(verb="roster.taken_out").count() == 1


def test_what_comes_out_goes_in_again(people: People, home: Household) -> None:
    """Their clerk fills the third column of our list in: the layout is the same both ways."""
    file = listed(row(member(home, "12"), "低保"), row(member(home, "02"), "特困"))
    text = file.getvalue().decode().replace("救助类别", "救助类别,户编号").replace("低保", "低保,YR000041")
    text = text.replace("特困", "特困,YR000041")
    assert compare(io.BytesIO(text.encode()), TOWNSHIP, TODAY, by=people["zhen"]).same == 2

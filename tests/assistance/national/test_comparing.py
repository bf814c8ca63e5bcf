"""An export of the national system beside the register: both ways, by field, decided and recorded."""

import datetime

import pytest
from django.db.utils import IntegrityError

from assistance.models import ComparedExport, Difference
from assistance.national.comparing import compare
from assistance.national.deciding import decide, forget
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import Household, Resident
from households.monitored.importing import import_monitored
from tests.households.monitored.files import SUDDEN, family, new_people, text
from tests.people import TOWNSHIP

People = dict[str, User]
Rows = list[dict[str, str]]


@pytest.fixture
def rows(people: People) -> Rows:
    """Let two households be monitored here; return the rows that say so."""
    numbers = new_people()
    told = [*family("H1", 2, numbers, 风险类型2="因学"), *family("H2", 1, numbers)]
    import_monitored(text(told), by=people["xian"])
    return told


def differences(export: ComparedExport) -> set[tuple[str, str, str, str, str, str]]:
    return {
        (row.side, row.code, row.person, row.field, row.here, row.there) for row in export.differences.all()
    }


def test_the_same_list_has_no_difference(rows: Rows, people: People) -> None:
    export = compare(text(rows), TOWNSHIP, by=people["zhen"])
    assert (export.rows, export.rejected, export.same) == (3, 0, 2)
    assert not export.differences.exists()


def test_what_differs_is_named_by_field_with_both_sides(rows: Rows, people: People) -> None:
    for row in rows[:2]:
        row |= {
            "监测对象类别": SUDDEN,
            "识别监测时间": "202104",
            "风险是否已消除": "是",
            "风险消除时间": "202212",
        }
    rows[1]["姓名"] = "柳霜霜"
    export = compare(text(rows), TOWNSHIP, by=people["zhen"])
    wife = Resident.objects.get(household__code="H1", relation="02").name
    assert differences(export) == {
        ("both", "H1", "", "category", "边缘易致贫户", SUDDEN),
        ("both", "H1", "", "identified", "202105", "202104"),
        ("both", "H1", "", "removed_in", "", "202212"),
        ("both", "H1", wife, "name", wife, "柳霜霜"),
    }
    assert export.same == 1


def test_households_and_people_on_one_side_only_are_found_both_ways(rows: Rows, people: People) -> None:
    numbers = new_people(50)
    sent = [rows[0], *family("H9", 1, numbers)]
    sent.append(family("H1", 2, numbers)[1])
    export = compare(text(sent), TOWNSHIP, by=people["zhen"])
    found = {(side, code, bool(person)) for side, code, person, *_rest in differences(export)}
    assert found == {
        ("here", "H2", False),
        ("here", "H1", True),
        ("there", "H1", True),
        ("there", "H9", False),
    }


def test_rows_of_other_areas_are_rejected_and_nothing_of_theirs_is_kept(rows: Rows, people: People) -> None:
    sent = [*rows, *family("N1", 1, new_people(80), 行政区划代码="999902001001")]
    kept: list[str] = []
    export = compare(
        text(sent),
        TOWNSHIP,
        by=people["zhen"],
        rejected=lambda found: kept.extend(row.cells[0] for row in found),
    )
    assert (export.rejected, kept) == (1, ["N1"])
    assert not export.differences.exists()


def test_who_prepares_no_cases_there_compares_nothing(rows: Rows, people: People) -> None:
    for login in ("lin_zhen", "lingdao", "yibao"):
        with pytest.raises(Refused):
            compare(text(rows), TOWNSHIP, by=people[login])
    assert not ComparedExport.objects.exists()


@pytest.fixture
def export(rows: Rows, people: People) -> ComparedExport:
    """Return an export that knows one household less."""
    return compare(text(rows[:2]), TOWNSHIP, by=people["zhen"])


def test_a_decision_is_kept_with_who_and_when_and_may_be_changed(
    export: ComparedExport, people: People
) -> None:
    row = export.differences.get()
    assert decide(export, [row.pk], "mend_there", "", by=people["zhen"]) == 1
    assert decide(export, [row.pk], "mend_there", "", by=people["zhen"]) == 0
    assert decide(export, [row.pk], "explained", "下月录入", by=people["zhen"]) == 1
    row.refresh_from_db()
    assert (row.decision, row.note, row.decided_by) == ("explained", "下月录入", people["zhen"])
    assert row.decided_on == datetime.date(2026, 11, 4)
    assert Entry.objects.filter(verb="national.difference_decided").count() == 2


@pytest.mark.parametrize(
    ("decision", "note", "field"),
    [("explained", " ", "note"), ("", "x", "decision"), ("mend_there", "长" * 201, "note")],
)
def test_a_decision_without_its_words_is_refused_at_its_field(
    export: ComparedExport, people: People, decision: str, note: str, field: str
) -> None:
    row = export.differences.get()
    with pytest.raises(Refused) as refused:
        decide(export, [row.pk], decision, note, by=people["zhen"])
    assert refused.value.field == field
    assert not export.differences.get().decision


def test_differences_of_another_export_are_not_decided_through_this_one(
    export: ComparedExport, rows: Rows, people: People
) -> None:
    other = compare(text(rows[:2]), TOWNSHIP, by=people["zhen"])
    with pytest.raises(Refused):
        decide(other, [export.differences.get().pk], "mend_there", "", by=people["zhen"])
    assert not Difference.objects.exclude(decision="").exists()
    with pytest.raises(IntegrityError):
        export.differences.update(decision="mend_here")


def test_an_erased_person_leaves_no_word_in_differences(rows: Rows, people: People) -> None:
    rows[1]["姓名"] = "柳霜霜"
    export = compare(text(rows), TOWNSHIP, by=people["zhen"])
    wife = Resident.objects.get(household__code="H1", relation="02")
    forget([wife.pk], [])
    (row,) = export.differences.all()
    assert (row.person, row.here, row.there) == ("*", "", "")


def test_the_export_of_a_township_is_no_villages_business(export: ComparedExport, people: People) -> None:
    assert export in ComparedExport.objects.visible_to(people["zhen"])
    for login in ("cun", "lin_zhen", "yibao"):
        assert not ComparedExport.objects.visible_to(people[login]).exists()
        assert not Difference.objects.visible_to(people[login]).exists()


def test_the_household_is_linked_where_the_register_has_it(export: ComparedExport) -> None:
    assert export.differences.get().household == Household.objects.get(code="H2")

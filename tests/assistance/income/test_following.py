"""A later delivery that changes what the lists say marks the item with old and new, and writes nothing over."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from unittest.mock import patch

import pytest

from assistance.income import confirming, drafting, following, reading
from assistance.models import Case, IncomeChange, IncomeSheet
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.files.stores import Missing
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from tests.assistance.income.made import PERIOD, aid, confirmed, dibao, said

TODAY = datetime.date(2026, 11, 4)
Night = Callable[[], None]


@pytest.fixture
def sheet(case: Case, people: dict[str, User]) -> IncomeSheet:
    """Return a confirmed sheet that rests on one roll of 400 yuan."""
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    return confirmed(case, people["cun"], A="40000")


@pytest.fixture
def night(people: dict[str, User]) -> Night:
    """Return the night's work."""
    return lambda: following.night_work(by=User.objects.built_in("system"), on=TODAY)


def open_changes(sheet: IncomeSheet) -> list[tuple[str, Decimal | None, Decimal | None]]:
    rows = IncomeChange.objects.filter(sheet=sheet, answer="")
    return [(row.code, row.before, row.amount) for row in rows]


def test_nothing_new_marks_nothing(sheet: IncomeSheet, night: Night) -> None:
    night()
    assert open_changes(sheet) == []


def test_a_changed_and_a_new_item_are_marked_with_old_and_new(
    sheet: IncomeSheet, night: Night, people: dict[str, User]
) -> None:
    dibao(sheet.case.household, "2026-08", "420.00", by=people["xian"])
    aid(sheet.case.household, ("2026-05-01", "800"), by=people["xian"])
    night()
    night()
    assert open_changes(sheet) == [("D2", Decimal(400), Decimal(820)), ("D6m", None, Decimal(800))]
    sheet.refresh_from_db()
    assert {line.code: line.amount for line in sheet.lines.all()} == {"A": Decimal(40000), "D2": Decimal(400)}
    assert Notice.objects.get(kind="income_source_changed").recipient == people["cun"]


def test_a_list_that_says_again_what_it_said_asks_nobody(
    sheet: IncomeSheet, night: Night, people: dict[str, User]
) -> None:
    dibao(sheet.case.household, "2026-07", "380.00", by=people["xian"])
    night()
    assert open_changes(sheet) == [("D2", Decimal(400), Decimal(380))]
    dibao(sheet.case.household, "2026-07", "400.00", "0.00", by=people["xian"])
    night()
    assert open_changes(sheet) == []
    assert IncomeChange.objects.get().answer == "gone"
    dibao(sheet.case.household, "2026-07", "370.00", by=people["xian"])
    night()
    assert open_changes(sheet) == [("D2", Decimal(400), Decimal(370))]


def test_a_kept_amount_is_not_asked_again_until_the_lists_change_again(
    sheet: IncomeSheet, night: Night, people: dict[str, User]
) -> None:
    dibao(sheet.case.household, "2026-07", "380.00", by=people["xian"])
    night()
    with pytest.raises(Refused):
        confirming.keep_amount(IncomeChange.objects.get(), " ", by=people["cun"])
    confirming.keep_amount(IncomeChange.objects.get(), "存折上是四百", by=people["cun"])
    assert Entry.objects.filter(verb="income_sheet.kept").count() == 1
    assert not Notice.objects.unread().filter(kind="income_source_changed").exists()
    night()
    assert open_changes(sheet) == []
    dibao(sheet.case.household, "2026-08", "20.00", by=people["xian"])
    night()
    assert open_changes(sheet) == [("D2", Decimal(380), Decimal(400))]


def test_a_later_version_takes_the_change_up(
    sheet: IncomeSheet, night: Night, people: dict[str, User]
) -> None:
    dibao(sheet.case.household, "2026-08", "420.00", by=people["xian"])
    night()
    later = drafting.correct(sheet, "八月低保名册已到", by=people["cun"])
    assert later.lines.get(code="D2").amount == Decimal(820)
    confirming.confirm(later, said(later), by=people["cun"])
    assert IncomeChange.objects.get().answer == "taken"
    night()
    assert open_changes(later) == []


def test_a_corrected_amount_goes_into_the_next_version_with_its_note(
    case: Case, people: dict[str, User]
) -> None:
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    confirming.confirm(sheet, said(sheet, D2="300", notes={"D2": "退回一百"}), by=people["cun"])
    later = drafting.correct(sheet, "补记工资", by=people["cun"])
    line = later.lines.get(code="D2")
    assert (line.amount, line.fed_amount, line.note) == (Decimal(300), Decimal(400), "退回一百")


def test_a_list_that_cannot_be_read_is_no_change(
    sheet: IncomeSheet, night: Night, people: dict[str, User]
) -> None:
    aid(sheet.case.household, ("2026-05-01", "800"), by=people["xian"])
    with patch.object(reading.archive, "effective", side_effect=Missing("gone")):
        night()
    assert open_changes(sheet) == []


def test_another_county_is_left_alone(sheet: IncomeSheet, people: dict[str, User]) -> None:
    assert list(following._counties(TODAY)) == ["999901"]
    assert list(following._counties(TODAY + datetime.timedelta(8))) == []

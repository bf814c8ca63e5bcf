"""Marked removals: rolled back, followed by a new case, of the old register, natural; on paper and in tables."""

import datetime

import pytest

from assistance.deciding import papers
from assistance.enrolment.moved import advance as advance_case
from assistance.removal import proposing, rolling_back
from assistance.removal.paper import PART
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.workflow.move import Request
from households.models import Resident, Standing
from households.monitored.summary import summary
from tests.assistance.deciding.made import case_at, concluded
from tests.assistance.removal.made import (
    CHECKED,
    TODAY,
    enrolled,
    now,
    on,
    proposed,
    ready,
    signed,
    stated,
    visited,
)
from tests.assistance.removal.walked import (
    at_review,
    batch,
    hung,
    past_notice,
    removed,
    results,
)
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")


def test_a_mistaken_approval_is_taken_back_on_its_day(people: dict[str, User]) -> None:
    removal = at_review(people)
    batch("review", people, removal)
    made = batch("approval", people, removal)
    with pytest.raises(Refused):
        proposing.undo_approval(now(removal), "点错了", by=people["zhen"])
    proposing.undo_approval(now(removal), "点错了", by=people["shending"])
    assert (now(removal).waits_for, now(removal).decided_on) == (["decide"], None)
    assert results(made) == [("removal", "undone")]


def test_a_wrong_mark_is_rolled_back_with_both_in_the_history(people: dict[str, User]) -> None:
    removal = removed(people)
    rolling_back.propose(removal, "整户无劳动力，不应消除", by=people["zhen"])
    with pytest.raises(Refused):
        rolling_back.confirm(now(removal), "同意", by=people["zhen"])
    rolling_back.confirm(now(removal), "同意回退", by=people["shending"])
    row = now(removal)
    assert (row.state, row.case.state, row.case.ended_on) == ("rolled_back", "enrolled", None)
    assert (row.case.standing.until_day, row.case.standing.removal_way) == (None, "")
    assert Entry.objects.filter(verb="standing.removal_undone").count() == 1


def test_a_mark_stands_where_the_county_says_so(people: dict[str, User]) -> None:
    removal = removed(people)
    rolling_back.propose(removal, "收入可能不稳", by=people["zhen"])
    rolling_back.reject(now(removal), "核查属实", by=people["shending"])
    assert (now(removal).state, now(removal).case.state) == ("removed", "removed")


def test_a_new_risk_after_the_removal_is_a_new_case_and_the_old_one_stays(people: dict[str, User]) -> None:
    removal = removed(people)
    with on(TODAY + datetime.timedelta(30)):
        later = enrolled(people, TODAY + datetime.timedelta(20), removal.household)
        with pytest.raises(Refused, match="running case"):
            rolling_back.propose(now(removal), "还需帮扶", by=people["zhen"])
    assert (later.pk != removal.case_id, now(removal).case.state) == (True, "removed")
    kinds = Standing.objects.filter(household=removal.household).order_by("from_day")
    assert [each.until_day for each in kinds] == [TODAY, None]


def test_an_identification_is_not_corrected_while_its_removal_runs(people: dict[str, User]) -> None:
    removal = proposed(people)
    with pytest.raises(Refused, match="removal of its risk"):
        advance_case(
            removal.case, Request("propose_correction", reason="x", given={"heard": True}), by=people["zhen"]
        )


def test_an_imported_case_is_removed_by_month(people: dict[str, User]) -> None:
    old = enrolled(people, datetime.date(2026, 5, 1), origin="import")
    visited(
        old.household,
        people["cun"],
        datetime.date(2026, 5, 2),
        {"living_together": 2, "wages": "20600"},
        "doorstep",
    )
    signed(visited(old.household, people["cun"], TODAY, CHECKED))
    stated(old, people)
    removal = removed(people, old)
    assert (removal.case.state, removal.case.standing.until_day) == ("removed", TODAY)


def test_natural_removal_of_a_household_of_which_nobody_is_left(people: dict[str, User]) -> None:
    case = ready(people)
    Resident.objects.filter(household=case.household).update(left_on=TODAY, departure="died")
    gone = proposing.Proposal("natural", "最后一名成员去世", "贺立冬", "13800000000", "died_out")
    removal = proposing.propose(case, gone, by=people["cun"])
    hung(people, removal)
    past_notice(people)
    for kind in ("review", "approval", "announcement"):
        batch(kind, people, removal)
    assert now(removal).case.standing.removal_way == "natural"


def counts(people: dict[str, User], day: datetime.date) -> list[tuple[int, int]]:
    """Return households and persons of the county's published table: cumulative, removed, current."""
    told = summary(people["xian"], COUNTY, day)
    return [
        (each.total.households, each.total.persons) for each in (told.cumulative, told.removed, told.current)
    ]


def test_published_tables_count_an_imported_household_by_its_month(people: dict[str, User]) -> None:
    """Three households of two people each, by hand: three of before; one leaves in November, and comes back."""
    old = enrolled(people, datetime.date(2026, 5, 1), origin="import")
    for month in (3, 4):
        enrolled(people, datetime.date(2026, month, 1), origin="import")
    day = datetime.date(2026, 5, 2)
    visited(old.household, people["cun"], day, {"living_together": 2, "wages": "20600"}, "doorstep")
    signed(visited(old.household, people["cun"], TODAY, CHECKED))
    stated(old, people)
    removal = removed(people, old)
    assert counts(people, datetime.date(2026, 10, 31)) == [(3, 6), (0, 0), (3, 6)]
    assert counts(people, TODAY) == [(3, 6), (1, 2), (2, 4)]
    rolling_back.propose(removal, "整户劳动力丧失", by=people["zhen"])
    rolling_back.confirm(now(removal), "同意回退", by=people["shending"])
    assert counts(people, TODAY) == [(3, 6), (0, 0), (3, 6)]


def test_papers_of_both_print_and_the_file_holds_the_sheet(people: dict[str, User]) -> None:
    removal, entry = at_review(people), case_at("review", people)
    concluded(entry, people["zhen"])
    for kind in ("review", "approval", "announcement"):
        entry.refresh_from_db()
        made = batch(kind, people, removal, cases=(entry,))
        assert b"".join(papers.list_of(made, by=people["xian"]).pieces).startswith(b"%PDF")
    (sheet,) = PART.papers(now(removal).case, people["zhen"])
    assert sheet.pdf.startswith(b"%PDF")

"""The way to the mark: meetings, notices and papers hold entries and removals together, and each goes its own way."""

import datetime

import pytest

from assistance.deciding import papers
from assistance.deciding.batches import Paper, decide
from assistance.enrolment.moved import advance as advance_case
from assistance.evaluations import concluding, tables
from assistance.evaluations.voting import Votes
from assistance.models import Case, CaseBatch, CaseLetter, Evaluation, Notice, NoticeItem, Objection, Removal
from assistance.notices import ending, paper
from assistance.notices.selectors import hanging_in
from assistance.objections import settling
from assistance.objections.settling import Settlement
from assistance.removal import chain, proposing, rolling_back
from assistance.removal.paper import PART
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from foundation.workflow.move import Request
from foundation.workflow.paths import PathError
from households.models import Resident, Standing
from households.monitored.summary import summary
from tests.assistance.deciding.made import case_at, concluded
from tests.assistance.noticed import attended, called, met, objected, posted, voted, waiting
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
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
LAST = datetime.date(2026, 11, 9)
OVER = LAST + datetime.timedelta(1)
APPROVAL = {"number": "防贫审〔2026〕9号"}


def batch(kind: str, people: dict[str, User], *removals: Removal, cases: tuple[Case, ...] = ()) -> CaseBatch:
    by = {"review": "zhen", "approval": "shending", "announcement": "zhenling"}[kind]
    told = Paper(clock.today(), number=APPROVAL["number"], place="村务公开栏")
    return decide(kind, list(cases), told, by=people[by], removals=[now(row) for row in removals])


def results(made: CaseBatch) -> list[tuple[str, str]]:
    return list(made.items.order_by("pk").values_list("what", "result"))


def hung(people: dict[str, User], *removals: Removal) -> Notice:
    met(people, removals)
    return posted(people, [now(row) for row in removals])


def past_notice(people: dict[str, User]) -> None:
    ending.night_work(by=User.objects.built_in("system"), on=OVER)


def at_review(people: dict[str, User], case: Case | None = None) -> Removal:
    removal = proposed(people, case)
    hung(people, removal)
    past_notice(people)
    return now(removal)


def removed(people: dict[str, User], case: Case | None = None) -> Removal:
    removal = at_review(people, case)
    for kind in ("review", "approval", "announcement"):
        assert results(batch(kind, people, removal)) == [("removal", "done")]
    return now(removal)


def test_a_removal_goes_to_the_mark_and_ends_the_standing(people: dict[str, User]) -> None:
    removal = removed(people)
    case = removal.case
    assert (removal.state, removal.decided_on, removal.removed_on) == ("removed", TODAY, TODAY)
    assert len(removal.decided_guards) == len(removal.guards) == 8
    assert (case.state, case.ended_on) == ("removed", TODAY)
    assert (case.standing.until_day, case.standing.removal_way) == (TODAY, "assisted")
    assert Entry.objects.filter(verb="removal.announce", object_id=str(removal.pk)).count() == 1


def test_a_mixed_list_takes_entries_and_removals_each_its_own_way(people: dict[str, User]) -> None:
    (entry,) = waiting(people, 1)
    removal = proposed(people)
    evaluation = met(people, [entry, removal])
    row = tables.rows_for(people["zhen"]).get(pk=evaluation.pk)
    assert (row.many, row.passed) == (2, 2)
    assert list(evaluation.items.order_by("pk").values_list("kind", flat=True)) == ["entry", "removal"]
    assert Evaluation.objects.count() == 1
    entry.refresh_from_db()
    notice = posted(people, [entry, now(removal)])
    (lines,) = hanging_in(entry.area_id).values()
    assert [line.category.endswith("(removal of the risk)") for line in lines] == [False, True]
    assert "or, where it says so" in paper.content_of(notice)["opening"]
    past_notice(people)
    entry.refresh_from_db()
    assert (entry.waits_for, now(removal).waits_for) == (["review"], ["review"])
    assert NoticeItem.objects.filter(ended_on=OVER).count() == 2


def test_one_paper_decides_entries_and_removals(people: dict[str, User]) -> None:
    removal = at_review(people)
    entry = case_at("review", people)
    concluded(entry, people["zhen"])
    for kind in ("review", "approval", "announcement"):
        entry.refresh_from_db()
        assert results(batch(kind, people, removal, cases=(entry,))) == [
            ("entry", "done"),
            ("removal", "done"),
        ]
    entry.refresh_from_db()
    assert (entry.state, now(removal).case.state) == ("enrolled", "removed")
    open_standings = Standing.objects.filter(kind__in=Standing.MONITORED, until_day__isnull=True)
    assert list(open_standings.values_list("household", flat=True)) == [entry.household_id]


def test_a_meeting_that_does_not_agree_keeps_the_household_monitored(people: dict[str, User]) -> None:
    removal = proposed(people)
    meeting = attended(people, called(people, [removal]))
    voted(people, meeting, Votes(3, 7, 0))
    concluding.conclude(meeting, "大家认为还不稳定", by=people["cun"])
    assert (now(removal).state, now(removal).case.state) == ("declined", "enrolled")
    assert now(removal).case.standing.until_day is None


def test_the_guards_are_asked_again_on_the_day_of_decision(people: dict[str, User]) -> None:
    removal = at_review(people)
    batch("review", people, removal)
    visited(removal.household, people["cun"], TODAY, CHECKED | {"wages": "9000"})
    made = batch("approval", people, removal)
    assert results(made) == [("removal", "left")]
    assert "Income above the line" in made.items.get().why
    assert now(removal).state == "proposed"


def test_who_proposed_does_not_review_and_who_reviewed_does_not_decide(people: dict[str, User]) -> None:
    removal = at_review(people)
    removal.case.refresh_from_db()
    passages = removal.lifecycle
    assert (passages.find("review").checker_of, passages.find("approve").checker_of) == ("propose", "review")

    Passage.objects.filter(model="assistance.removal", verb="propose").update(by=people["zhen"])
    assert "second person" in batch("review", people, removal).items.get().why


def test_withdrawn_it_leaves_its_lists_and_may_be_proposed_again(people: dict[str, User]) -> None:
    removal = proposed(people)
    meeting = called(people, [removal])
    proposing.withdraw(removal, "算错了收入", by=people["cun"])
    assert meeting.items.get().result == "left"
    again = proposed(people, removal.case)
    assert (again.pk != removal.pk, now(removal).state) == (True, "withdrawn")


def test_township_and_county_may_say_no(people: dict[str, User]) -> None:
    first, second = at_review(people), at_review(people)
    proposing.refuse(first, "务工不稳定", by=people["zhen"])
    batch("review", people, second)
    proposing.decline(now(second), "再观察半年", by=people["shending"])
    assert {now(row).state for row in (first, second)} == {"declined"}
    assert {now(row).case.state for row in (first, second)} == {"enrolled"}
    assert CaseLetter.objects.count() == 0


def test_a_new_check_is_asked_and_nobody_judges_before_it(people: dict[str, User]) -> None:
    removal = at_review(people)
    with on(OVER):
        proposing.ask_anew(removal, "收入要再核", by=people["zhen"])
        assert "House check" in batch("review", people, removal).items.get().why
        signed(visited(removal.household, people["cun"], OVER, CHECKED))
        assert results(batch("review", people, removal)) == [("removal", "done")]


def test_an_objection_holds_one_household_of_a_mixed_notice(people: dict[str, User]) -> None:
    (entry,) = waiting(people, 1)
    contested, free = proposed(people), proposed(people)
    met(people, [entry, contested, free])
    entry.refresh_from_db()
    notice = posted(people, [entry, now(contested), now(free)])
    item = notice.items.get(removal=contested)
    against = objected(item, people["shuji"])
    past_notice(people)
    entry.refresh_from_db()
    assert [row.waits_for for row in (entry, now(free), now(contested))] == [
        ["review"],
        ["review"],
        ["notice"],
    ]
    with on(OVER):
        settling.settle(against, Settlement(Objection.Outcome.REFUSE, "仍有债务"), by=people["zhenling"])
    assert (now(contested).state, now(contested).case.state) == ("declined", "enrolled")
    assert now(free).state == "proposed"


def test_a_dismissed_objection_lets_it_go_on_and_a_doubtful_one_asks_for_a_check(
    people: dict[str, User],
) -> None:
    first, second = proposed(people), proposed(people)
    notice = hung(people, first, second)
    dismissed = objected(notice.items.get(removal=first), people["shuji"])
    doubtful = objected(notice.items.get(removal=second), people["shuji"])
    past_notice(people)
    with on(OVER):
        settling.settle(dismissed, Settlement(Objection.Outcome.DISMISSED, "查无此事"), by=people["zhenling"])
        settling.settle(doubtful, Settlement(Objection.Outcome.RECHECK, "要再查"), by=people["zhenling"])
    assert now(first).waits_for == now(second).waits_for == ["review"]
    assert (now(first).recheck_since, now(second).recheck_since) == (None, OVER)


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


def test_a_ratio_target_is_refused_by_the_loader_with_its_clause() -> None:
    text = (chain.FOLDER / "country.toml").read_text(encoding="utf-8")
    assert chain.read(text, file="country.toml").kind == "removal"
    for line in ("removal_ratio = 0.6", "target = 80", '"消除比例" = 60'):
        with pytest.raises(PathError, match="ratio_targets"):
            chain.read(text.replace("once = true", f"once = true\n{line}", 1), file="x.toml")


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

"""The way to the mark: meetings, notices and papers hold entries and removals together, and each goes its own way."""

from typing import Any

import pytest

from assistance.deciding.letter_words import words_of
from assistance.enrolment import chain as enrolment
from assistance.evaluations import concluding, tables
from assistance.evaluations.voting import Votes
from assistance.models import CaseLetter, Evaluation, NoticeItem, Objection
from assistance.notices import paper
from assistance.notices.selectors import hanging_in
from assistance.objections import settling
from assistance.objections.settling import Settlement
from assistance.removal import chain, proposing
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from foundation.regulations.contents import FileError
from foundation.workflow.models import Passage
from households.models import Standing
from tests.assistance.deciding.made import case_at, concluded
from tests.assistance.noticed import attended, called, met, objected, posted, voted, waiting
from tests.assistance.removal.made import (
    CHECKED,
    TODAY,
    now,
    on,
    proposed,
    signed,
    visited,
)
from tests.assistance.removal.walked import OVER, at_review, batch, hung, past_notice, removed, results

pytestmark = pytest.mark.usefixtures("english", "line")


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
    assert CaseLetter.objects.get(case=removal.case_id).verb == "removal_not_passed"


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
    # Both signed the house check and hung on a notice: they hear what came of it.
    told = CaseLetter.objects.owed().values_list("case", "verb").order_by("pk")
    assert list(told) == [(first.case_id, "removal_refused"), (second.case_id, "removal_declined")]
    said = [
        line for part in words_of(CaseLetter.objects.get(case=second.case_id)).parts for line in part.lines
    ]
    assert "The county has decided: the risk of your household is not marked removed." in said
    assert "The reason: 再观察半年" in said


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


@pytest.mark.parametrize(("chain", "kind"), [(chain, "removal"), (enrolment, "enrolment")])
def test_a_ratio_target_is_refused_by_the_loader_with_its_clause(chain: Any, kind: str) -> None:
    text = (chain.FOLDER / "country.toml").read_text(encoding="utf-8")
    assert chain.read(text, file="country.toml").kind == kind
    for line in ("removal_ratio = 0.6", "target = 80", '"消除比例" = 60'):
        with pytest.raises(FileError, match="ratio_targets"):
            chain.read(text.replace("once = true", f"once = true\n{line}", 1), file="x.toml")

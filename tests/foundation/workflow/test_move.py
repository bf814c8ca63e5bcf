"""move(): the only writer of a state, one row or thousands."""

import datetime
import threading
from typing import Any

import pytest
from django.db import connection

from foundation.accounts.models import Area, Department, Kin, Posting, User
from foundation.accounts.postings import Grant
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.desk.grants import approve, propose
from foundation.desk.models import GrantProposal
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.workflow.models import Passage
from foundation.workflow.move import AlreadyMoved, Request, move, move_many
from foundation.workflow.offers import offers
from tests.people import VILLAGE, make_areas, make_people

DAY = datetime.date(2026, 11, 4)


@pytest.fixture
def proposal(people: dict[str, User], areas: dict[str, Area]) -> GrantProposal:
    """anquan proposes bangfu as the first secretary of the village."""
    wanted = Grant(people["bangfu"], Role.FIRST_SECRETARY, areas[VILLAGE], DAY)
    return propose(wanted, by=people["anquan"], reason="新派驻")


def test_a_second_person_approves_and_the_posting_exists(
    proposal: GrantProposal, people: dict[str, User]
) -> None:
    approve(proposal, by=people["xitong"])
    assert proposal.state == "granted"
    assert proposal.version == 2
    assert Posting.objects.get(proposal=proposal).user == people["bangfu"]
    assert list(Passage.objects.filter(object_id=str(proposal.pk)).values_list("verb", "by__username")) == [
        ("propose", "anquan"),
        ("approve", "xitong"),
    ]


def test_the_proposer_does_not_approve(proposal: GrantProposal, people: dict[str, User]) -> None:
    with pytest.raises(Refused, match="第二人"):
        approve(proposal, by=people["anquan"])
    proposal.refresh_from_db()
    assert proposal.state == "proposed"
    assert not Posting.objects.filter(user=people["bangfu"], role=Role.FIRST_SECRETARY).exists()


@pytest.mark.parametrize("who", ["xian", "cun", "lin_anquan", "shenjiyuan"])
def test_who_has_no_right_here_moves_nothing(
    who: str, proposal: GrantProposal, people: dict[str, User]
) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        move(proposal, Request("refuse", reason="不需要"), by=people[who])
    assert Entry.objects.count() == before


def test_a_return_needs_a_reason_and_opens_a_round(proposal: GrantProposal, people: dict[str, User]) -> None:
    with pytest.raises(Refused) as refusal:
        move(proposal, Request("return"), by=people["xitong"])
    assert refusal.value.field == "reason"
    move(proposal, Request("return", reason="缺任职文件"), by=people["xitong"])
    move(proposal, Request("resubmit"), by=people["anquan"])
    rounds = Passage.objects.filter(object_id=str(proposal.pk)).values_list("verb", "round")
    assert list(rounds) == [("propose", 1), ("return", 1), ("resubmit", 2)]


def test_the_reason_is_committed_to_and_not_written_into_the_ledger(
    proposal: GrantProposal, people: dict[str, User]
) -> None:
    move(proposal, Request("refuse", reason="沈立夏不合适"), by=people["xitong"])
    entry = Entry.objects.get(verb="grant.refuse")
    assert "沈立夏".encode() not in bytes(entry.body)
    assert read_body(entry)["commitment"]
    assert read_body(entry)["before"] == "proposed"


def test_a_move_from_another_state_says_so(proposal: GrantProposal, people: dict[str, User]) -> None:
    move(proposal, Request("withdraw"), by=people["anquan"])
    with pytest.raises(Refused, match="已撤回"):
        move(proposal, Request("refuse", reason="x"), by=people["xitong"])


def test_a_row_that_changed_meanwhile_is_not_moved(proposal: GrantProposal, people: dict[str, User]) -> None:
    seen = GrantProposal.objects.get(pk=proposal.pk)
    move(proposal, Request("withdraw"), by=people["anquan"])
    with pytest.raises(AlreadyMoved):
        move(seen, Request("refuse", reason="x"), by=people["xitong"])


def test_kin_may_not_act(
    proposal: GrantProposal, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GrantProposal, "recusal_keys", lambda self: frozenset({"YS000014"}))
    Kin.objects.create(user=people["xitong"], household="YS000014", relation="kin", declared_on=DAY)
    with pytest.raises(Refused, match="回避"):
        approve(proposal, by=people["xitong"])
    (offer, *_rest) = offers(proposal, people["xitong"])
    assert "回避" in offer.blocked


def test_an_act_keeps_the_day_it_happened_and_the_day_it_was_entered(
    proposal: GrantProposal, people: dict[str, User]
) -> None:
    happened = datetime.date(2026, 11, 2)
    move(proposal, Request("refuse", on=happened, reason="会上决定"), by=people["xitong"])
    passage = Passage.objects.get(verb="refuse")
    assert (passage.happened_on, passage.entered_on) == (happened, DAY)
    with pytest.raises(Refused, match="未来"):
        move(proposal, Request("refuse", on=datetime.date(2026, 11, 5), reason="x"), by=people["xitong"])


def test_a_step_that_nobody_checks_is_not_entered_long_after(
    proposal: GrantProposal, people: dict[str, User]
) -> None:
    long_ago = datetime.date(2026, 10, 1)
    with pytest.raises(Refused) as refused:
        move(proposal, Request("withdraw", on=long_ago, reason="迟录"), by=people["anquan"])
    assert refused.value.field == "happened_on"
    move(proposal, Request("refuse", on=long_ago, reason="迟录"), by=people["xitong"])
    assert Passage.objects.get(verb="refuse").happened_on == long_ago


def test_a_late_posting_is_proposed_with_a_reason_and_granted_by_the_second_person(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    wanted = Grant(people["bangfu"], Role.FIRST_SECRETARY, areas[VILLAGE], datetime.date(2026, 9, 1))
    with pytest.raises(Refused) as refused:
        propose(wanted, by=people["anquan"])
    assert refused.value.field == "reason"
    approve(propose(wanted, by=people["anquan"], reason="任命文件迟到"), by=people["xitong"])
    assert Posting.objects.get(role=Role.FIRST_SECRETARY, user=people["bangfu"]).from_day == wanted.from_day


def test_thousands_move_in_a_handful_of_queries_with_a_result_each(
    people: dict[str, User], areas: dict[str, Area], django_assert_max_num_queries: Any
) -> None:
    rows = GrantProposal.objects.bulk_create(
        GrantProposal(
            user=people["bangfu"],
            role=Role.HELPER,
            area=areas[VILLAGE],
            from_day=DAY,
            proposed_by=people["anquan"],
            state="proposed" if number % 10 else "withdrawn",
        )
        for number in range(2000)
    )
    with django_assert_max_num_queries(16):
        results = move_many(rows, Request("refuse", reason="撤销本批"), by=people["xitong"])
    assert sum(result.moved for result in results) == 1800
    assert GrantProposal.objects.filter(state="refused", version=2).count() == 1800
    assert all("撤回" in result.refusal.sentence for result in results if result.refusal)
    assert Entry.objects.filter(verb="grant.refuse").count() == 1800


def test_of_two_people_at_the_same_moment_one_wins(own_database: str) -> None:
    people = make_people(make_areas())
    wanted = Grant(people["bangfu"], Role.FIRST_SECRETARY, Area.objects.get(pk=VILLAGE), DAY)
    proposal = propose(wanted, by=people["anquan"])
    barrier = threading.Barrier(2)
    answers: list[str] = []

    def decide(verb: str) -> None:
        mine = GrantProposal.objects.get(pk=proposal.pk)
        by = User.objects.get(username="xitong")
        barrier.wait()
        try:
            move(mine, Request(verb, reason="同时"), by=by)
            answers.append("moved")
        except AlreadyMoved:
            answers.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(verb,)) for verb in ("refuse", "return")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["already", "moved"]
    assert Passage.objects.filter(object_id=str(proposal.pk)).count() == 2


def test_offers_show_only_the_moves_of_ones_rights(proposal: GrantProposal, people: dict[str, User]) -> None:
    shown = {offer.move.verb: offer.blocked for offer in offers(proposal, people["xitong"])}
    assert shown == {"approve": "", "return": "", "refuse": ""}
    own = {offer.move.verb: bool(offer.blocked) for offer in offers(proposal, people["anquan"])}
    assert own == {"approve": True, "return": True, "refuse": True, "withdraw": False}
    assert offers(proposal, people["cun"]) == []


def test_what_could_never_be_granted_is_not_even_proposed(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    wanted = Grant(
        people["cun"], Role.CASE_OFFICER, areas[VILLAGE], DAY, department=Department.objects.get(pk="health")
    )
    with pytest.raises(Refused):
        propose(wanted, by=people["anquan"])
    assert Right.APPROVE_GRANTS

"""Notices: one row per person, kind and group, told in the transaction of the act, seen by nobody else."""

import datetime

import pytest
from django.test import Client

from foundation.accounts.models import Area, StandIn, User
from foundation.accounts.postings import Grant
from foundation.accounts.roles import Right, Role
from foundation.desk.grants import decide, propose
from foundation.desk.models import GrantProposal
from foundation.inbox.models import Notice, Preference
from foundation.inbox.notices import choose, holders, mark_read, notify, wish
from foundation.workflow.move import Request
from tests.people import COUNTY, VILLAGE

DAY = datetime.date(2026, 11, 4)


@pytest.fixture
def proposal(people: dict[str, User], areas: dict[str, Area]) -> GrantProposal:
    wanted = Grant(people["bangfu"], Role.FIRST_SECRETARY, areas[VILLAGE], DAY)
    return propose(wanted, by=people["anquan"])


def test_who_may_decide_is_told_and_the_proposer_is_not(
    proposal: GrantProposal, people: dict[str, User]
) -> None:
    assert set(Notice.objects.values_list("recipient__username", flat=True)) == {"xitong"}
    notice = Notice.objects.get()
    assert notice.place == f"/grants/{proposal.pk}/"
    assert "1" in notice.sentence


def test_the_proposer_hears_what_was_decided(proposal: GrantProposal, people: dict[str, User]) -> None:
    decide(proposal, Request("return", reason="缺任职文件"), by=people["xitong"])
    assert Notice.objects.get(recipient=people["anquan"]).kind == "grant_returned"


def test_an_act_that_fails_is_told_to_nobody(proposal: GrantProposal, people: dict[str, User]) -> None:
    with pytest.raises(Exception, match="原因"):
        decide(proposal, Request("refuse"), by=people["xitong"])
    assert not Notice.objects.filter(recipient=people["anquan"]).exists()


def test_the_same_thing_counts_up_until_it_is_read(people: dict[str, User]) -> None:
    for _ in range(3):
        notify([people["xian"]], "grant_waits", place="/grants/", group="a")
    assert Notice.objects.get(recipient=people["xian"]).count == 3
    assert mark_read(people["xian"]) == 1
    notify([people["xian"]], "grant_waits", place="/grants/", group="a")
    assert list(Notice.objects.filter(recipient=people["xian"]).values_list("count", flat=True)) == [1, 3]


def test_holders_are_people_of_the_area_or_above_and_their_stand_ins(people: dict[str, User]) -> None:
    assert {user.username for user in holders(Right.APPROVE_GRANTS, VILLAGE)} == {"anquan", "xitong"}
    posting = people["xitong"].postings.get()
    StandIn.objects.create(
        posting=posting, substitute=people["lingdao"], from_day=DAY, until_day=DAY, reason="休假"
    )
    told = {user.username for user in holders(Right.APPROVE_GRANTS, COUNTY, but=people["anquan"])}
    assert told == {"xitong", "lingdao"}
    StandIn.objects.update(withdrawn_on=DAY)
    assert {user.username for user in holders(Right.APPROVE_GRANTS, COUNTY)} == {"anquan", "xitong"}


def test_nobody_opens_a_notice_of_somebody_else(
    proposal: GrantProposal, people: dict[str, User], client: Client
) -> None:
    notice = Notice.objects.get()
    client.force_login(people["anquan"], backend="foundation.accounts.sign_in.StaffBackend")
    assert client.get(f"/inbox/{notice.pk}/").status_code == 404
    client.force_login(people["xitong"], backend="foundation.accounts.sign_in.StaffBackend")
    assert client.get(f"/inbox/{notice.pk}/").status_code == 200
    assert client.post(f"/inbox/{notice.pk}/").headers["Location"] == notice.place
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_a_notice_leads_to_a_place_of_ours_only(place: str, people: dict[str, User]) -> None:
    with pytest.raises(ValueError, match="path of this platform"):
        notify([people["xian"]], "grant_waits", place=place)


def test_a_person_chooses_how_to_hear(people: dict[str, User]) -> None:
    assert wish(people["xian"], "grant_waits") == Preference.Outside.AT_ONCE
    choose(people["xian"], "grant_waits", Preference.Outside.NEVER)
    assert wish(people["xian"], "grant_waits") == Preference.Outside.NEVER

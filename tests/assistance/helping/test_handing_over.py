"""Households are handed from one person to another: all in one act, and nobody leaves before."""

import datetime

import pytest

from assistance.helping import assigning, handing_over, paper
from assistance.helping.handing_over import Begun, Handed
from assistance.helping.places import receivers
from assistance.models import Case, HandOver, HelperPlace
from foundation.accounts import clock, postings
from foundation.accounts.models import Kin, Loan, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Household
from tests.assistance.helping.helped import a_helper, helped, holding, monitored, named, post_of
from tests.people import COUNTY

D = datetime.date
DAY = D(2026, 11, 4)


def begun(people: dict[str, User], to: User, *places: HelperPlace, on: D = DAY, by: str = "zhen") -> Begun:
    """Begin a hand-over of everything that the helper holds, or of some places."""
    keys = [place.pk for place in places] or None
    return handing_over.begin(Handed(people["bangfu"], post_of(to), on, "调往县里", keys), by=people[by])


def test_forty_households_go_to_another_person_in_one_act(people: dict[str, User]) -> None:
    giver, receiver = people["bangfu"], a_helper("lishi")
    helped(monitored(people), giver, people["zhen"])
    holding(people, giver, 39)
    made = begun(people, receiver)
    assert (made.count, made.refused) == (40, {})
    assert HelperPlace.objects.held().filter(person=giver).count() == 40
    assert Case.objects.visible_to(receiver).count() == 40
    assert Case.objects.visible_to(giver).count() == 1
    notice = Notice.objects.get(kind="hand_over_asked", recipient=receiver)
    assert notice.count == 40
    assert handing_over.accept(made.row, by=receiver) == 40
    assert HelperPlace.objects.held().filter(person=receiver).count() == 40
    assert Household.objects.visible_to(receiver).count() == 40
    assert not Household.objects.visible_to(giver).exists()
    assert not Loan.objects.filter(borrower=giver, ended_on__isnull=True).exists()
    assert Entry.objects.filter(verb="helper.hand_on").count() == 40
    assert Entry.objects.filter(verb="hand_over.accepted").count() == 1
    assert set(Notice.objects.filter(kind="hand_over_answered").values_list("recipient", flat=True)) == {
        giver.pk,
        people["zhen"].pk,
    }
    assert handing_over.all_told(made.row, by=people["cun"]) == 40
    assert not HelperPlace.objects.held().filter(told_on__isnull=True).exists()


def test_some_are_handed_over_and_kin_of_the_receiver_stay(people: dict[str, User], english: None) -> None:
    receiver = a_helper("lishi")
    first, second, third = (helped(monitored(people), people["bangfu"], people["zhen"]) for _time in range(3))
    Kin.objects.create(
        user=receiver, household=second.case.household.code, relation=Kin.Relation.KIN, declared_on=DAY
    )
    made = begun(people, receiver, first, second)
    assert made.count == 1
    assert list(made.refused) == [second.case.household.code]
    handing_over.accept(made.row, by=receiver)
    held = HelperPlace.objects.held().filter(person=people["bangfu"])
    assert set(held) == {second, third}


def test_what_is_refused_stays_and_is_no_longer_seen(people: dict[str, User]) -> None:
    receiver = a_helper("lishi")
    place = helped(monitored(people), people["bangfu"], people["zhen"])
    row = begun(people, receiver).row
    with pytest.raises(Refused):
        handing_over.refuse(row, "", by=receiver)
    assert handing_over.refuse(row, "已帮扶太多", by=receiver) == 1
    place.refresh_from_db()
    assert place.state == "accepted"
    assert not Case.objects.visible_to(receiver).exists()
    again = begun(people, receiver).row
    assert handing_over.take_back(again, "暂不调动", by=people["zhen"]) == 1
    assert set(HandOver.objects.values_list("answer", flat=True)) == {"refused", "taken_back"}
    with pytest.raises(Refused):
        handing_over.accept(again, by=receiver)


def test_only_the_receiver_accepts_and_not_before_the_day(people: dict[str, User], english: None) -> None:
    receiver = a_helper("lishi")
    helped(monitored(people), people["bangfu"], people["zhen"])
    row = begun(people, receiver, on=D(2026, 11, 9)).row
    with pytest.raises(Refused, match="Only who receives"):
        handing_over.accept(row, by=people["bangfu"])
    for day in (DAY, D(2026, 11, 8)):
        with clock.at(day), pytest.raises(Refused, match="accept it from that day on"):
            handing_over.accept(row, by=receiver)
    with clock.at(D(2026, 11, 9)):
        assert handing_over.accept(row, by=receiver) == 1


def test_a_household_is_in_one_hand_over_at_a_time_and_its_help_does_not_end_meanwhile(
    people: dict[str, User], english: None
) -> None:
    place = helped(monitored(people), people["bangfu"], people["zhen"])
    begun(people, a_helper("lishi"))
    with pytest.raises(Refused, match="No household is chosen"):
        begun(people, a_helper("zhaoliu"), place)
    with pytest.raises(Refused, match="being handed over"):
        assigning.end(place, "换人", by=people["zhen"])


def test_nobody_hands_over_what_is_not_in_their_area(people: dict[str, User]) -> None:
    helped(monitored(people), people["bangfu"], people["zhen"])
    with pytest.raises(Refused):
        begun(people, a_helper("lishi"), by="lin_zhen")
    assert not HandOver.objects.exists()


def test_a_post_does_not_end_while_households_hang_on_it(people: dict[str, User], english: None) -> None:
    post = post_of(people["bangfu"])
    helped(monitored(people), people["bangfu"], people["zhen"])
    named(monitored(people), people["bangfu"], people["zhen"])
    for on in (None, D(2026, 11, 20)):
        with pytest.raises(Refused, match="2 households are helped from this post"):
            postings.end(post, by=people["anquan"], on=on, reason="调走")
    with pytest.raises(Refused, match="2 households"):
        postings.correct_period(post, post.from_day, D(2026, 11, 20), by=people["anquan"], reason="x")
    assigning.decline(HelperPlace.objects.get(state="offered"), "调走", by=people["bangfu"])
    receiver = a_helper("lishi")
    handing_over.accept(begun(people, receiver).row, by=receiver)
    assert postings.end(post, by=people["anquan"], reason="调走").until_day == D(2026, 11, 3)


def test_who_may_receive_is_of_the_township_or_above(people: dict[str, User]) -> None:
    above = a_helper("lishi", COUNTY, Role.HELPER)
    place = helped(monitored(people), people["bangfu"], people["zhen"])
    found = {each.posting.user_id for each in receivers([place])}
    assert {above.pk, people["cun"].pk} <= found
    assert not found & {people["lin_cun"].pk, people["yibao"].pk, people["shi"].pk}


def test_the_papers_name_households_and_people(people: dict[str, User], english: None) -> None:
    receiver = a_helper("lishi")
    place = helped(monitored(people), people["bangfu"], people["zhen"])
    row = begun(people, receiver).row
    ((who, risk, _told),) = paper.rows_of([place], people["zhen"])
    assert "沈立夏" in who
    assert risk
    made = [paper.of_hand_over(row, by=people["zhen"]), paper.for_household(place, by=people["cun"])]
    handing_over.accept(row, by=receiver)
    made.append(paper.for_households_of(row, by=receiver))
    assert all(b"".join(each.pieces).startswith(b"%PDF") for each in made)
    assert Entry.objects.filter(verb="helper.letter_printed").count() == 2
    assert Entry.objects.filter(verb="hand_over.printed").count() == 1

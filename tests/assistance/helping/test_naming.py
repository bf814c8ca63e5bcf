"""Helpers are named, answer, and help ends; the clock counts until everybody is there."""

import datetime
import threading

import pytest
from django.db import connection

from assistance.helping import assigning, following, lending
from assistance.helping.assigning import Named
from assistance.helping.places import candidates, kinds_of
from assistance.models import Case, HelperClock, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import Area, Kin, Loan, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.regulations import revision
from foundation.regulations.models import Value
from households.models import Household
from tests.assistance.helping.helped import a_helper, helped, monitored, named, post_of
from tests.assistance.made import opened, taken, walked_to
from tests.people import COUNTY, VILLAGE, make_areas, make_people

D = datetime.date
DAY = D(2026, 11, 4)  # a Wednesday


def test_the_clock_runs_from_the_announcement_and_stops_when_the_helper_has_accepted(
    people: dict[str, User],
) -> None:
    case = taken(walked_to(opened(people), "announce", people), "announce", people=people)
    running = HelperClock.objects.get(case=case)
    assert (case.state, running.began_on, running.due_on) == ("enrolled", DAY, D(2026, 11, 11))
    place = named(case, people["bangfu"], people["zhen"])
    running.refresh_from_db()
    assert running.stopped_on is None
    with clock.at(D(2026, 11, 6)):
        assigning.accept(place, by=people["bangfu"])
    running.refresh_from_db()
    assert running.stopped_on == D(2026, 11, 6)
    assert Entry.objects.filter(verb="case.helpers_complete", object_id=str(case.pk)).count() == 1


@pytest.mark.parametrize(("night", "told"), [(D(2026, 11, 11), 0), (D(2026, 11, 12), 1)])
def test_the_township_is_told_the_night_after_the_last_day(
    people: dict[str, User], night: D, told: int
) -> None:
    monitored(people)
    system = User.objects.built_in("system")
    with clock.at(night):
        following.night_work(by=system, on=night)
        following.night_work(by=system, on=night)
    notices = Notice.objects.filter(kind="helpers_overdue")
    assert {each.recipient.username for each in notices} == ({"zhen", "zhenling"} if told else set())
    assert Entry.objects.filter(verb="case.helpers_overdue").count() == told


def test_a_case_from_before_has_no_clock(people: dict[str, User]) -> None:
    assert not HelperClock.objects.filter(case=monitored(people, origin="import")).exists()


def test_where_three_are_asked_for_the_clock_waits_for_all(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    with_three(COUNTY)
    case = monitored(people)
    assert list(kinds_of(VILLAGE)) == ["helper", "first_secretary", "stationed_member"]
    for kind, who in (("helper", "bangfu"), ("stationed_member", "duiyuan")):
        helped(case, people[who], people["zhen"], kind)
        assert HelperClock.objects.get(case=case).stopped_on is None
    with pytest.raises(Refused):
        named(case, people["bangfu"], people["zhen"], "first_secretary")
    helped(case, people["shuji"], people["zhen"], "first_secretary")
    assert HelperClock.objects.get(case=case).stopped_on == DAY


def test_leye_asks_for_three_and_others_for_one(db: None) -> None:
    assert list(kinds_of("451028001001")) == ["helper", "first_secretary", "stationed_member"]
    assert list(kinds_of("451028001001", D(2021, 11, 23))) == list(kinds_of("450000")) == ["helper"]


def test_a_household_is_seen_from_being_named_and_no_longer_after_declining(people: dict[str, User]) -> None:
    case, beside, who = monitored(people), monitored(people), people["bangfu"]
    assert not Case.objects.visible_to(who).exists()
    place = named(case, who, people["zhen"])
    assert list(Case.objects.visible_to(who)) == [case]
    assert list(Household.objects.visible_to(who)) == [case.household]
    assigning.decline(place, "照看老人", by=who)
    assert not Case.objects.visible_to(who).exists()
    assert not Household.objects.visible_to(who).exists()
    assert beside.pk
    assert Notice.objects.filter(kind="helper_answered", recipient=people["zhen"]).count() == 1
    assert named(case, a_helper("lishi"), people["zhen"]).state == "offered"


def test_the_end_takes_the_loan_back_and_the_clock_begins_anew(people: dict[str, User]) -> None:
    case, who = monitored(people), people["bangfu"]
    place = helped(case, who, people["zhen"])
    with clock.at(D(2026, 11, 9)):
        assigning.end(place, "换人", no_sheet="gone", by=people["zhen"])
        assert not Case.objects.visible_to(User.objects.get(pk=who.pk)).exists()
    first, second = HelperClock.objects.filter(case=case).order_by("pk")
    assert (first.stopped_on, second.began_on, second.due_on) == (DAY, D(2026, 11, 9), D(2026, 11, 16))
    assert place.ended_on == D(2026, 11, 9)
    assert not Loan.objects.filter(ended_on__isnull=True).exists()


def test_decline_and_end_need_a_reason_and_only_the_named_person_answers(people: dict[str, User]) -> None:
    place = named(monitored(people), people["bangfu"], people["zhen"])
    for act in (
        lambda: assigning.decline(place, " ", by=people["bangfu"]),
        lambda: assigning.accept(place, by=people["cun"]),
        lambda: assigning.end(place, "", by=people["zhen"]),
        lambda: assigning.end(place, "x", by=people["cun"]),
    ):
        with pytest.raises(Refused):
            act()
    place.refresh_from_db()
    assert place.state == "offered"


def test_nobody_is_named_twice_nor_from_elsewhere_nor_for_kin(people: dict[str, User], english: None) -> None:
    case, zhen = monitored(people), people["zhen"]
    with pytest.raises(Refused, match="no right"):
        named(case, people["bangfu"], people["cun"])
    with pytest.raises(Refused, match="Nobody fills"):
        named(case, people["lin_cun"], zhen)
    with pytest.raises(Refused, match="Nobody fills"):
        named(case, people["choucha"], zhen)
    Kin.objects.create(
        user=people["bangfu"], household=case.household.code, relation=Kin.Relation.KIN, declared_on=DAY
    )
    with pytest.raises(Refused, match="may not act"):
        named(case, people["bangfu"], zhen)
    other = a_helper("lishi")
    named(case, other, zhen)
    with pytest.raises(Refused, match="not answered yet"):
        named(case, a_helper("zhaoliu"), zhen)


def test_before_the_decision_only_the_fast_track_has_helpers(people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        named(monitored(people, announced=False, state="open"), people["bangfu"], people["zhen"])
    fast = monitored(people, announced=False, state="open", fast_track=True)
    assert helped(fast, people["bangfu"], people["zhen"]).state == "accepted"


def test_a_corrected_case_ends_the_help_and_an_unknown_state_does_not(people: dict[str, User]) -> None:
    case = monitored(people)
    place = helped(case, people["bangfu"], people["zhen"])
    case.state = "removed"
    following.after_move([case], by=people["zhen"])
    place.refresh_from_db()
    assert place.state == "accepted"
    case.state = "corrected"
    following.after_move([case], by=people["shending"])
    place.refresh_from_db()
    assert (place.state, place.ended_on) == ("ended", DAY)
    assert not Case.objects.visible_to(people["bangfu"]).exists()
    assert not HelperClock.objects.running().exists()


def test_candidates_show_their_load_and_who_has_least_stands_first(people: dict[str, User]) -> None:
    busy, free = people["bangfu"], a_helper("lishi")
    for _time in range(2):
        helped(monitored(people), busy, people["zhen"])
    found = candidates(monitored(people), "helper")
    assert [(each.posting.user_id, each.load) for each in found[:2]] == [(free.pk, 0), (busy.pk, 2)]
    assert people["lin_cun"].pk not in {each.posting.user_id for each in found}


def test_loans_last_as_long_as_the_help(people: dict[str, User]) -> None:
    who = a_helper("lishi", until=D(2026, 11, 30))
    case = monitored(people)
    helped(case, who, people["zhen"])
    helped(monitored(people), people["bangfu"], people["zhen"])
    assert set(Loan.objects.filter(borrower=who).values_list("until_day", flat=True)) == {D(2026, 11, 30)}
    Loan.objects.filter(borrower=people["bangfu"]).update(until_day=D(2026, 11, 8))
    assert lending.renew(by=User.objects.built_in("system"), on=DAY) == 1
    running = Loan.objects.filter(ended_on__isnull=True)
    assert set(running.filter(borrower=people["bangfu"]).values_list("until_day", flat=True)) == {
        D(2028, 11, 3)
    }
    assert running.filter(borrower=who).count() == 2


def test_two_who_name_at_once_fill_one_place(own_database: str) -> None:
    people = make_people(make_areas())
    second = a_helper("lishi")
    case = monitored(people)
    begin, said = threading.Barrier(2), []

    def give(who: User, by: str) -> None:
        row, posting = Case.objects.get(pk=case.pk), post_of(who)
        person = User.objects.get(username=by)
        begin.wait(timeout=60)
        try:
            assigning.name(row, Named("helper", posting), by=person)
        except Refused as refused:
            said.append(refused.sentence)
        finally:
            connection.close()

    pairs = ((people["bangfu"], "zhen"), (second, "zhenling"))
    threads = [threading.Thread(target=give, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert (HelperPlace.objects.active().count(), len(said)) == (1, 1)
    assert Loan.objects.filter(ended_on__isnull=True).count() == 2


def test_a_place_follows_its_post_into_the_area_that_takes_over(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    place = helped(monitored(people), people["bangfu"], people["zhen"])
    new = Posting.objects.create(
        user=people["bangfu"], role=Role.HELPER, area=areas["999901001002"], from_day=DAY
    )
    following.areas(areas[VILLAGE], [areas["999901001002"]], by=people["xitong"], on=DAY)
    place.refresh_from_db()
    assert place.posting_id == new.pk


def with_three(area: str) -> None:
    """Let an area ask for the three helpers of Leye."""
    leye = Value.objects.get(subject="helper_places", area="451028")
    Value.objects.filter(pk=leye.pk).update(area=area)
    revision.renew(revision.VALUES)

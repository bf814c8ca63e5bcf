"""A household is proposed, accepted, refused, taken back, handed up, and moved back."""

import datetime

import pytest

from foundation.accounts import areas as area_acts
from foundation.accounts import clock
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.regulations import revision
from foundation.regulations.models import Value
from households import corrections
from households.followers import person_erased
from households.models import FormerArea, Household, HouseholdMove, Resident
from households.moving import answering, proposing, settling
from households.moving.deadlines import day_of
from households.moving.proposing import propose
from tests.households.moving.moved import (
    NEXT_VILLAGE,
    OTHER_TOWNSHIP,
    a_home,
    another_verifier,
    proposed,
    wanted,
)
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

D = datetime.date
DAY = D(2026, 11, 4)  # a Wednesday
SYSTEM = "system"


def test_the_giver_answers_until_the_receiver_accepts(people: dict[str, User]) -> None:
    home = a_home(people, group_name="一组", address="石桥村 1 号")
    row = proposed(people, home)
    assert (row.state, row.head, row.persons, row.due_on) == ("proposed", "祝**", 2, D(2026, 11, 17))
    home.refresh_from_db()
    assert home.area_id == VILLAGE
    assert not Household.objects.visible_to(people["lin_zhen"]).exists()
    assert list(HouseholdMove.objects.visible_to(people["lin_zhen"])) == [row]
    told = Notice.objects.filter(kind="moves_to_answer")
    assert {each.recipient.username for each in told} == {"lin_xian", "lin_zhen"}
    answering.accept(row, by=people["lin_zhen"])
    home.refresh_from_db()
    assert (home.area_id, home.group_name, home.address) == (NEIGHBOUR_VILLAGE, "", "东山村 5 号")
    assert set(Resident.objects.filter(household=home).values_list("area", flat=True)) == {NEIGHBOUR_VILLAGE}
    assert list(Household.objects.visible_to(people["lin_zhen"])) == [home]
    assert not Household.objects.visible_to(people["cun"]).exists()
    assert list(HouseholdMove.objects.visible_to(people["cun"])) == [row]
    areas = Entry.objects.filter(verb__in=["household.moved_out", "household.moved_in"])
    assert dict(areas.values_list("verb", "area")) == {
        "household.moved_out": VILLAGE, "household.moved_in": NEIGHBOUR_VILLAGE,
    }  # fmt: skip
    assert Notice.objects.filter(kind="moves_answered", recipient=people["cun"]).count() == 1
    assert Notice.objects.filter(kind="moves_arrived", recipient=people["lin_cun"]).count() == 1


def test_day_three_of_ten(people: dict[str, User]) -> None:
    with clock.at(D(2026, 11, 2)):
        row = proposed(people)
        assert day_of(row) == (1, 10)
    assert day_of(row) == (3, 10)
    assert row.due_on == D(2026, 11, 13)
    with clock.at(row.due_on):
        assert day_of(row) == (10, 10)


def test_a_refusal_says_why_and_the_household_stays(people: dict[str, User], english: None) -> None:
    row = proposed(people)
    with pytest.raises(Refused, match="reason"):
        answering.refuse(row, " ", by=people["lin_xian"])
    answering.refuse(row, "查无此住所", by=people["lin_xian"])
    row.household.refresh_from_db()
    assert (row.state, row.household.area_id) == ("refused", VILLAGE)
    assert Notice.objects.filter(kind="moves_answered", recipient=people["zhen"]).count() == 1
    assert proposed(people, row.household).state == "proposed"


def test_who_may_propose_and_who_answers(people: dict[str, User], english: None) -> None:
    home = a_home(people)
    for who in ("lin_cun", "shuji", "shending", "shi"):
        with pytest.raises(Refused, match="no right"):
            propose(home, wanted(), by=people[who])
    row = proposed(people, home)
    for who in ("cun", "zhen", "xian", "shi", "lin_cun"):
        with pytest.raises(Refused, match="no right"):
            answering.accept(row, by=people[who])
    with pytest.raises(Refused, match="waits already"):
        proposed(people, home)
    Kin.objects.create(
        user=people["lin_zhen"], household=home.code, relation=Kin.Relation.KIN, declared_on=DAY
    )
    with pytest.raises(Refused):
        answering.accept(row, by=User.objects.get(username="lin_zhen"))


def test_what_leads_nowhere_is_refused(
    people: dict[str, User], areas: dict[str, Area], english: None
) -> None:
    home = a_home(people)
    for to, said in ((VILLAGE, "already"), (COUNTY, "Choose the village")):
        with pytest.raises(Refused, match=said):
            propose(home, wanted(to), by=people["cun"])
    with pytest.raises(Refused, match="Say why"):
        propose(home, wanted(why=" "), by=people["cun"])
    with pytest.raises(Refused):
        propose(home, wanted(moved_on=D(2026, 11, 5)), by=people["cun"])
    Household.objects.filter(pk=home.pk).update(dissolved_on=DAY)
    with pytest.raises(Refused, match="dissolved"):
        propose(home, wanted(), by=people["cun"])


def test_who_answers_for_both_villages_moves_at_once(people: dict[str, User]) -> None:
    row = proposed(people, to=NEXT_VILLAGE, by="zhen")
    row.household.refresh_from_db()
    assert (row.state, row.due_on, row.household.area_id) == ("accepted", None, NEXT_VILLAGE)
    beyond = proposed(people, to=OTHER_TOWNSHIP, by="zhen")
    assert (beyond.state, beyond.parent_area_id) == ("proposed", COUNTY)
    assert proposed(people, to=OTHER_TOWNSHIP, by="xian").state == "accepted"
    assert proposed(people, to=NEXT_VILLAGE, by="cun").state == "proposed"


def test_nobody_accepts_what_they_proposed(people: dict[str, User], english: None) -> None:
    Value.objects.filter(subject="move_within_county_accepted").update(amount=1)
    revision.renew(revision.VALUES)
    another = another_verifier("999901001", "zhen2")
    row = proposed(people, to=NEXT_VILLAGE, by="zhen")
    assert row.state == "proposed"
    with pytest.raises(Refused):
        answering.accept(row, by=people["zhen"])
    assert answering.accept(row, by=another).state == "accepted"


def test_a_proposal_is_taken_back_by_the_giver_alone(people: dict[str, User], english: None) -> None:
    row = proposed(people)
    with pytest.raises(Refused, match="no right"):
        proposing.withdraw(row, "x", by=people["lin_zhen"])
    proposing.withdraw(row, "没有迁成", by=people["zhen"])
    assert row.state == "withdrawn"
    assert not Notice.objects.filter(kind="moves_to_answer").exists()
    with pytest.raises(Refused):
        answering.accept(row, by=people["lin_zhen"])


def test_what_is_not_answered_goes_to_the_area_above_both(people: dict[str, User], english: None) -> None:
    row = proposed(people)
    system = User.objects.built_in(SYSTEM)
    with clock.at(D(2026, 11, 17)):
        settling.night_work(by=system, on=clock.today())
        settling.night_work(by=system, on=clock.today())
    assert {n.recipient.username for n in Notice.objects.filter(kind="moves_due")} == {"lin_xian", "lin_zhen"}
    assert Entry.objects.filter(verb="household_move.reminded").count() == 1
    with clock.at(D(2026, 11, 18)):
        settling.night_work(by=system, on=clock.today())
        row.refresh_from_db()
        assert (row.state, row.parent_area_id) == ("referred", "9999")
        assert {n.recipient.username for n in Notice.objects.filter(kind="moves_referred")} == {
            "shi",
            "sheng",
        }
        with pytest.raises(Refused, match="no right"):
            answering.settle(row, "x", by=people["lin_xian"])
        settling.urge(row, "请尽快答复", by=people["shi"])
        assert (row.state, day_of(row)) == ("proposed", (1, 10))
    with clock.at(D(2026, 12, 2)):
        settling.night_work(by=system, on=clock.today())
        row.refresh_from_db()
        row = answering.settle(row, "户口已迁", by=people["shi"])
        row.household.refresh_from_db()
    assert (row.state, row.household.area_id) == ("accepted", NEIGHBOUR_VILLAGE)


def test_a_referred_move_may_stay_by_decision(people: dict[str, User]) -> None:
    row = proposed(people)
    with clock.at(D(2026, 11, 18)):
        settling.refer(by=User.objects.built_in(SYSTEM), on=clock.today())
        row.refresh_from_db()
        answering.dismiss(row, "户口未迁", by=people["shi"])
    row.household.refresh_from_db()
    assert (row.state, row.household.area_id) == ("refused", VILLAGE)


def test_a_wrong_move_goes_back_with_both_histories(people: dict[str, User], english: None) -> None:
    home = a_home(people, group_name="一组", address="石桥村 1 号", stay_area_id=NEIGHBOUR_VILLAGE)
    row = answering.accept(proposed(people, home), by=people["lin_zhen"])
    home.refresh_from_db()
    assert home.stay_area_id is None
    with clock.at(D(2026, 11, 6)):
        with pytest.raises(Refused):
            answering.undo(row, "", by=people["lin_zhen"])
        with pytest.raises(Refused, match="no right"):
            answering.undo(row, "x", by=people["zhen"])
        row = answering.undo(row, "同名误收", by=people["lin_zhen"])
    home.refresh_from_db()
    assert (home.area_id, home.group_name, home.address) == (VILLAGE, "一组", "石桥村 1 号")
    assert home.stay_area_id == NEIGHBOUR_VILLAGE
    assert (row.state, row.undone_on) == ("undone", D(2026, 11, 6))
    assert list(FormerArea.objects.filter(household=home).values_list("area", "until")) == [
        (VILLAGE, DAY), (NEIGHBOUR_VILLAGE, D(2026, 11, 6)),
    ]  # fmt: skip
    assert home.versions.count() == 2  # type: ignore[attr-defined]
    assert Household.objects.visible_to(people["cun"]).filter(pk=home.pk).exists()


def test_later_acts_stand_before_the_way_back(people: dict[str, User], english: None) -> None:
    row = answering.accept(proposed(people), by=people["lin_zhen"])
    home = Household.objects.get(pk=row.household_id)
    corrections.correct(
        home, {"address": "东山村 9 号"}, by=people["lin_cun"], checked_on=DAY, seen=home.revision_id
    )
    with pytest.raises(Refused, match="register of the household was changed"):
        answering.undo(row, "x", by=people["lin_zhen"])
    back = propose(Household.objects.get(pk=home.pk), wanted(VILLAGE), by=people["lin_cun"])
    answering.accept(back, by=people["zhen"])
    home.refresh_from_db()
    assert home.area_id == VILLAGE


def test_a_village_that_was_retired_receives_nobody(people: dict[str, User], english: None) -> None:
    row = proposed(people)
    Area.objects.filter(pk=NEIGHBOUR_VILLAGE).update(retired_on=DAY)
    with pytest.raises(Refused, match="retired"):
        answering.accept(row, by=people["lin_zhen"])


def test_who_is_erased_is_named_in_no_move(people: dict[str, User]) -> None:
    row = proposed(people)
    resident = row.household.residents.first()
    person_erased([resident.pk], [])
    row.refresh_from_db()
    assert (row.head, row.why, row.document) == ("*", "*", "*")


def test_who_looked_at_an_older_version_is_refused(people: dict[str, User]) -> None:
    row = proposed(people)
    stale = HouseholdMove.objects.get(pk=row.pk)
    proposing.withdraw(row, "x", by=people["zhen"])
    with pytest.raises(Refused):
        answering.accept(stale, by=people["lin_zhen"])


def test_villages_that_are_merged_take_a_move_between_them_back(people: dict[str, User]) -> None:
    over = proposed(people, to=NEXT_VILLAGE, by="zhen")
    waits = proposed(people, to=NEXT_VILLAGE, by="cun")
    beyond = proposed(people)
    old, new = Area.objects.get(pk=VILLAGE), Area.objects.get(pk=NEXT_VILLAGE)
    area_acts.merge(old, new, by=people["xitong"], reason="并村文件")
    states = {row.pk: (row.state, row.from_area_id) for row in HouseholdMove.objects.all()}
    assert states == {
        over.pk: ("accepted", NEXT_VILLAGE), waits.pk: ("withdrawn", NEXT_VILLAGE),
        beyond.pk: ("proposed", NEXT_VILLAGE),
    }  # fmt: skip
    assert answering.accept(beyond, by=people["lin_zhen"]).state == "accepted"

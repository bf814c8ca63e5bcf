"""One person goes to a household of another area: proposed, accepted into a named household, refused, taken back."""

import datetime

import pytest

from foundation.accounts import clock
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.departures import take_back
from households.followers import person_erased
from households.lineage.undoing import undo as undo_event
from households.models import Household, HouseholdMove, LineageAct, Resident, Standing
from households.models.households import HEAD
from households.moving import answering, persons, proposing, settling
from households.moving.persons import Place
from households.moving.proposing import propose
from households.standing import Held, hold
from households.words import Words
from tests.households.departing import depart
from tests.households.families import stand
from tests.households.moving.lone import MARRIAGE, OTHER, a_place, asked, on_the_way, who_of
from tests.households.moving.moved import NEXT_VILLAGE, a_home, proposed, wanted
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

D = datetime.date
DAY = D(2026, 11, 4)  # a Wednesday


def test_the_giver_answers_until_the_person_is_taken_in(people: dict[str, User]) -> None:
    home, place = a_home(people), a_place(people)
    person = who_of(home)
    stand(home, "dibao", resident=person, from_day=D(2026, 1, 1))
    row = on_the_way(people, home, happened_on=D(2026, 11, 2))
    assert (row.state, row.head, row.persons, row.due_on) == ("proposed", "鲁**", 1, D(2026, 11, 17))
    assert list(Resident.objects.present().filter(identity=person.identity_id)) == [person]
    told = Notice.objects.filter(kind="moves_to_answer")
    assert {each.recipient.username for each in told} == {"lin_xian", "lin_zhen"}
    with clock.at(D(2026, 11, 6)):
        row = answering.accept(row, by=people["lin_zhen"], place=place)
    person.refresh_from_db()
    assert (person.left_on, person.departure) == (D(2026, 11, 6), "married_out")
    here = Resident.objects.get(identity=person.identity_id, left_on__isnull=True)
    assert (here.household_id, here.area_id, here.relation, here.came_on) == (
        place.household.pk, NEIGHBOUR_VILLAGE, OTHER, D(2026, 11, 6),
    )  # fmt: skip
    assert Standing.objects.in_force(D(2026, 11, 7)).get(kind="dibao").resident == here
    event = LineageAct.objects.get(move=row)
    assert (event.kind, event.paper, event.revision.as_of) == (MARRIAGE, "结婚证", D(2026, 11, 6))
    assert "2026" in event.revision.reason
    assert "结婚" in event.revision.reason
    assert Entry.objects.filter(verb="lineage.entered").count() == 1
    assert Notice.objects.filter(kind="moves_answered", recipient=people["cun"]).count() == 1
    assert Notice.objects.filter(kind="moves_arrived", recipient=people["lin_cun"]).count() == 1
    assert not Household.objects.visible_to(people["lin_zhen"]).filter(pk=home.pk).exists()


def test_a_refusal_changes_nothing_and_says_why(people: dict[str, User], english: None) -> None:
    row = on_the_way(people)
    with pytest.raises(Refused, match="reason"):
        answering.refuse(row, " ", by=people["lin_zhen"])
    answering.refuse(row, "查无此户", by=people["lin_zhen"])
    assert (row.state, Resident.objects.get(pk=row.person_id).left_on) == ("refused", None)
    assert not LineageAct.objects.exists()
    assert on_the_way(people, row.household).state == "proposed"


def test_who_may_propose_and_who_takes_in(people: dict[str, User], english: None) -> None:
    home, place = a_home(people), a_place(people)
    for who in ("lin_cun", "shuji", "wangge", "shi"):
        with pytest.raises(Refused, match="no right"):
            persons.propose(asked(who_of(home)), by=people[who])
    row = on_the_way(people, home)
    for who in ("cun", "zhen", "xian", "shi", "lin_cun"):
        with pytest.raises(Refused, match="no right"):
            answering.accept(row, by=people[who], place=place)
    Kin.objects.create(
        user=people["lin_zhen"], household=place.household.code, relation=Kin.Relation.KIN, declared_on=DAY
    )
    with pytest.raises(Refused):
        answering.accept(row, by=User.objects.get(username="lin_zhen"), place=place)
    assert not LineageAct.objects.exists()
    assert answering.accept(row, by=people["lin_xian"], place=place).state == "accepted"


def test_what_leads_nowhere_is_refused(people: dict[str, User], english: None) -> None:
    home = a_home(people)
    person = who_of(home)
    for by, to, said in (("zhen", NEXT_VILLAGE, "both villages"), ("cun", COUNTY, "Choose the village")):
        with pytest.raises(Refused, match=said):
            persons.propose(asked(person, to), by=people[by])
    for wrong, said in (
        ({"why": " "}, "Say why"), ({"document": ""}, "paper"), ({"kind": "death"}, "what happened"),
        ({"happened_on": D(2026, 11, 5)}, "future"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            persons.foresee(asked(person, **wrong), by=people["cun"])
    head = home.residents.select_related("household").get(relation=HEAD)
    with pytest.raises(Refused, match="choose who is head"):
        persons.propose(asked(head), by=people["cun"])
    on_the_way(people, home)
    with pytest.raises(Refused, match="waits already"):
        on_the_way(people, home)
    beyond = persons.propose(asked(head, new_head=person), by=people["cun"])
    assert beyond.state == "proposed"


def test_the_household_is_one_of_the_village_that_was_asked(people: dict[str, User], english: None) -> None:
    row, elsewhere = on_the_way(people), a_home(people)
    with pytest.raises(Refused, match="Choose a household of 东山村"):
        answering.accept(row, by=people["lin_zhen"], place=Place(elsewhere, OTHER))
    with pytest.raises(Refused, match="Choose the household"):
        answering.accept(row, by=people["lin_zhen"])
    with pytest.raises(Refused, match="is the head of this household"):
        answering.accept(row, by=people["lin_zhen"], place=a_place(people, relation=HEAD))
    closed = a_place(people, "YL000902")
    Household.objects.filter(pk=closed.household.pk).update(dissolved_on=DAY)
    closed.household.refresh_from_db()
    with pytest.raises(Refused, match="dissolved"):
        answering.accept(row, by=people["lin_zhen"], place=closed)


def test_whoever_left_meanwhile_is_not_taken_in(people: dict[str, User], english: None) -> None:
    row, place = on_the_way(people), a_place(people)
    person = who_of(row.household)
    depart(person, Resident.Departure.DIED, DAY, by=people["cun"], seen=person.revision_id)
    assert "already left" in persons.hinders(row)[0]
    with pytest.raises(Refused, match="already left"):
        answering.accept(row, by=people["lin_zhen"], place=place)
    row.refresh_from_db()
    assert proposing.withdraw(row, "已去世", by=people["zhen"]).state == "withdrawn"


def test_the_last_one_of_a_household_closes_it_and_a_head_is_followed(people: dict[str, User]) -> None:
    home, place = a_home(people), a_place(people)
    head, other = home.residents.select_related("household").order_by("relation")
    answering.accept(
        persons.propose(asked(head, new_head=other), by=people["cun"]), by=people["lin_zhen"], place=place
    )
    other.refresh_from_db()
    assert other.relation == HEAD
    answering.accept(on_the_way_of(other, people), by=people["lin_zhen"], place=place)
    home.refresh_from_db()
    assert home.dissolved_on == DAY
    assert Resident.objects.present().filter(household=place.household).count() == 3


def on_the_way_of(person: Resident, people: dict[str, User]) -> HouseholdMove:
    person = Resident.objects.select_related("household").get(pk=person.pk)
    return persons.propose(asked(person), by=people["cun"])


def test_a_wrong_one_goes_back_and_only_by_its_move(people: dict[str, User], english: None) -> None:
    home, place = a_home(people), a_place(people)
    row = answering.accept(on_the_way(people, home), by=people["lin_zhen"], place=place)
    event = LineageAct.objects.get(move=row)
    with pytest.raises(Refused, match="the move itself is taken back"):
        undo_event(event, by=User.objects.built_in("system"), reason="x")
    left = Resident.objects.select_related("household").get(pk=row.person_id)
    with pytest.raises(Refused, match="the move itself is taken back"):
        take_back(left, by=people["cun"], seen=left.revision_id, reason="x")
    with pytest.raises(Refused, match="no right"):
        answering.undo(row, "x", by=people["zhen"])
    with pytest.raises(Refused, match="reason"):
        answering.undo(row, " ", by=people["lin_zhen"])
    row = answering.undo(row, "同名误收", by=people["lin_zhen"])
    left.refresh_from_db()
    assert (row.state, row.undone_on, left.left_on) == ("undone", DAY, None)
    assert not Resident.objects.filter(household=place.household, relation=OTHER).exists()
    assert LineageAct.objects.get(undoes=event).kind == "undone"
    assert on_the_way(people, home).state == "proposed"


def test_what_happened_since_stands_before_the_way_back(people: dict[str, User], english: None) -> None:
    place = a_place(people)
    row = answering.accept(on_the_way(people), by=people["lin_zhen"], place=place)
    here = Resident.objects.select_related("household").get(lineage_came__act=row.event)
    depart(here, Resident.Departure.DIED, DAY, by=people["lin_cun"], seen=here.revision_id)
    assert "later event" in persons.hinders(row)[0]
    with pytest.raises(Refused, match="later event"):
        answering.undo(row, "x", by=people["lin_zhen"])
    row.refresh_from_db()
    assert row.state == "accepted"


def test_what_is_not_answered_is_decided_above_both(people: dict[str, User], english: None) -> None:
    row, place = on_the_way(people), a_place(people)
    system = User.objects.built_in("system")
    with clock.at(D(2026, 11, 17)):
        settling.night_work(by=system, on=clock.today())
    assert {n.recipient.username for n in Notice.objects.filter(kind="moves_due")} == {"lin_xian", "lin_zhen"}
    with clock.at(D(2026, 11, 18)):
        settling.night_work(by=system, on=clock.today())
        row.refresh_from_db()
        assert (row.state, row.parent_area_id) == ("referred", "9999")
        with pytest.raises(Refused, match="no right"):
            answering.settle(row, "x", by=people["lin_xian"], place=place)
        row = answering.settle(row, "户口已迁", by=people["shi"], place=place)
        assert (row.state, row.into) == ("accepted", place.household)
        assert Resident.objects.present().filter(household=place.household).count() == 2


def test_a_household_waits_for_its_person_and_a_person_for_their_household(
    people: dict[str, User], english: None
) -> None:
    home = a_home(people)
    row = on_the_way(people, home)
    whole = propose(home, wanted(), by=people["cun"])
    with pytest.raises(Refused, match="on the way to another area"):
        answering.accept(whole, by=people["lin_zhen"])
    proposing.withdraw(row, "x", by=people["cun"])
    with pytest.raises(Refused, match="waits already"):
        on_the_way(people, home)
    assert answering.accept(whole, by=people["lin_zhen"]).state == "accepted"
    assert proposed(people).state == "proposed"


def test_both_sides_see_a_move_and_nobody_else(people: dict[str, User]) -> None:
    row = on_the_way(people)
    for who, sees in (("cun", True), ("lin_zhen", True), ("lin_cun", True), ("wangge", False), ("shi", True)):
        assert HouseholdMove.objects.visible_to(people[who]).filter(pk=row.pk).exists() is sees, who
    for each in persons.follows(row, people["lin_zhen"]):
        assert "鲁大雪" not in each.sentence
        assert row.household.code not in each.sentence
    assert "鲁大雪" in " ".join(each.sentence for each in persons.follows(row, people["cun"]))


def test_the_receiver_reads_nothing_of_the_household_that_is_left(people: dict[str, User]) -> None:
    home, place, words = a_home(people), a_place(people), Words()
    theirs, ours = (words.standing(kind, VILLAGE) for kind in (Standing.Kind.MARGINAL, Standing.Kind.SUDDEN))
    hold(home, Held("marginal", DAY, ["01"]), members=home.residents.all(), by=people["zhen"])
    here = place.household
    hold(here, Held("sudden", DAY, ["01"]), members=here.residents.all(), by=people["lin_zhen"])
    row = on_the_way(people, home)
    plan = persons.planned(row, place, by=people["lin_zhen"])

    def read(who: str) -> str:
        told = [*persons.follows(row, people[who]), *persons.foretold(row, plan, people[who])]
        return " ".join(each.sentence for each in told)

    assert [(theirs in read(who), ours in read(who)) for who in ("cun", "lin_zhen", "lin_cun", "shi")] == [
        (True, False), (False, True), (False, True), (True, True),
    ]  # fmt: skip
    row = answering.accept(row, by=people["lin_zhen"], place=place)
    member = Resident.objects.get(lineage_came__act=row.event)
    assert [each.standing.kind for each in member.counted_in.all()] == ["sudden"]


def test_who_is_erased_is_named_in_no_move(people: dict[str, User]) -> None:
    row = answering.accept(on_the_way(people), by=people["lin_zhen"], place=a_place(people))
    here = Resident.objects.get(lineage_came__act=row.event)
    person_erased([here.pk], [])
    row.refresh_from_db()
    assert (row.head, row.why, row.document, row.to_address) == ("*", "*", "*", "*")


def test_a_village_that_was_retired_takes_nobody_in(people: dict[str, User], english: None) -> None:
    row, place = on_the_way(people), a_place(people)
    Area.objects.filter(pk=NEIGHBOUR_VILLAGE).update(retired_on=DAY)
    with pytest.raises(Refused, match="retired"):
        answering.accept(row, by=people["lin_zhen"], place=place)

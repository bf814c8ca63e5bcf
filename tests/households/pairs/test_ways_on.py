"""Ways on: a wrong number is corrected, a collision by hand is noted, what nobody takes up is late, undo says what."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.models import Duplicate, Household, PairDecision, Resident
from households.pairs import deciding, seeking, waiting
from households.pairs.deciding import Decision
from households.renumbering import correct_number
from tests.households.families import SON, id_number, make_household
from tests.households.pairs.test_deciding import DAY, NEXT_VILLAGE, a_pair, lives_in, married
from tests.households.pairs.test_seeking import found
from tests.people import COUNTY, NEIGHBOUR_VILLAGE

D = datetime.date
Outcome = PairDecision.Outcome
RIGHT = id_number(COUNTY, D(2012, 9, 2), 777)


def told(kind: str) -> set[str]:
    return {each.recipient.username for each in Notice.objects.filter(kind=kind)}


def test_a_wrong_number_leads_to_its_correction(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    pair = a_pair(people)
    row = deciding.decide(pair, Decision(Outcome.WRONG_NUMBER, "身份证抄错"), by=people["zhen"])
    assert "cun" in told("pairs_wrong_number")
    assert told("pairs_wrong_in_file") == {"xian"}, "who handed the file in"
    daughter = Resident.objects.get(household=pair.household, relation=SON)
    page, address = (
        reverse("register:duplicate", args=[pair.pk]),
        reverse("households:member_number_correct", args=[daughter.pk]),
    )
    client = signed_in("cun")
    assert address in client.get(page).content.decode()
    sent = {
        "seen": daughter.revision_id, "id_number": RIGHT, "happened_on": "2026-11-04", "reason": "核对户口簿",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    daughter.refresh_from_db()
    assert (daughter.born_on, daughter.identity_id != pair.identity_id) == (D(2012, 9, 2), True)
    assert address not in client.get(page).content.decode(), "it is done"
    assert RIGHT not in str(list(Entry.objects.values_list("body", flat=True)))
    home = client.get(reverse("households:household", args=[pair.household_id])).content.decode()
    assert RIGHT not in home
    deciding.undo(row, "看错了", by=people["zhen"])
    assert not Duplicate.objects.waiting().exists(), (
        "the number is nobody's there any more: settled by itself"
    )


def test_a_number_is_not_corrected_to_what_cannot_be(people: dict[str, User], english: None) -> None:
    pair = a_pair(people)
    daughter = Resident.objects.select_related("household").get(household=pair.household, relation=SON)
    elsewhere = Resident.objects.select_related("identity").get(household__code="YS000122")
    seen, xian = daughter.revision_id, people["xian"]
    other = id_number(COUNTY, elsewhere.born_on, 1)
    assert correct_number(
        Resident.objects.select_related("household").get(pk=elsewhere.pk), other, by=xian, checked_on=DAY,
        seen=elsewhere.revision_id, reason="核对",
    )  # fmt: skip
    for typed, reason, words in (
        ("123", "x", "18 characters"), (RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1"), "x", "check digit"),
        (RIGHT, " ", "Say why"),
        (other, "x", "member of another household"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            correct_number(daughter, typed, by=people["cun"], checked_on=DAY, seen=seen, reason=reason)
    with pytest.raises(Refused, match="no right"):
        correct_number(daughter, RIGHT, by=people["lin_cun"], checked_on=DAY, seen=seen, reason="x")
    correct_number(daughter, RIGHT, by=people["cun"], checked_on=DAY, seen=seen, reason="x")
    with pytest.raises(Refused, match="this number already"):
        correct_number(
            daughter, RIGHT, by=people["cun"], checked_on=DAY, seen=daughter.revision_id, reason="x"
        )
    assert not Duplicate.objects.exists(), "the pair of the old number stands no more"


def test_a_collision_by_hand_is_noted(people: dict[str, User], signed_in: Callable[[str], Client]) -> None:
    make_household("YS000301", "石大暑", by=people["lin_xian"], area=NEIGHBOUR_VILLAGE)
    there = Household.objects.get(code="YS000301")
    here = make_household("YS000302", "沈立夏", by=people["xian"])
    number = id_number(COUNTY, D(1990, 5, 5), 321)
    head = there.residents.select_related("household").get()
    correct_number(head, number, by=people["lin_xian"], checked_on=DAY, seen=head.revision_id, reason="核对")
    client, address = signed_in("cun"), reverse("households:member_came", args=[here.pk])
    sent = {
        "kind": "came", "id_number": number, "name": "石大暑", "relation": "28", "happened_on": "2026-11-04",
        "paper": "户口簿", "reason": "", "look": "1",
    }  # fmt: skip
    refused = client.post(address, sent).content.decode()
    assert 'name="note_pair"' in refused
    for hidden in ("YS000301", there.area.name, "lin_xian"):
        assert hidden not in refused
    assert not Duplicate.objects.exists()
    answer = client.post(address, sent | {"note_pair": "1"})
    pair = Duplicate.objects.get()
    page = reverse("register:duplicate", args=[pair.pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert (pair.basis, pair.household, pair.claimed_code, pair.noted_by) == (
        "number", there, "YS000302", people["cun"],
    )  # fmt: skip
    assert pair.due_on == D(2026, 11, 17)
    entry = Entry.objects.get(verb="pair.note")
    assert there.area_id not in str(entry.body)
    assert "lin_cun" in told("pairs_noted")
    shown = client.get(page).content.decode()
    for hidden in ("YS000301", there.area.name):
        assert hidden not in shown
    assert reverse("register:duplicate_act", args=[pair.pk, "pass_up"]) in shown
    client.post(address, sent | {"note_pair": "1"})
    assert Duplicate.objects.count() == Entry.objects.filter(verb="pair.note").count() == 1
    deciding.pass_up(pair, "已在我村居住", by=people["cun"])
    said = Decision(Outcome.MOVED, "现住本村", DAY, "28", "户口簿")
    deciding.decide(pair, said, by=people["shi"])
    assert lives_in(pair) == ["YS000302"]
    assert "cun" in told("pairs_decided")


def test_a_noted_pair_that_answers_itself_keeps_its_history(people: dict[str, User]) -> None:
    pair = a_pair(people)
    Duplicate.objects.filter(pk=pair.pk).update(noted_by=people["cun"])
    Resident.objects.filter(identity=pair.identity_id).update(left_on=DAY, departure="other")
    seeking.seek([COUNTY])
    assert PairDecision.objects.get().state == "settled"


def test_what_nobody_takes_up_has_a_clock(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    pair = found(people)
    assert pair.due_on == D(2026, 11, 17), "ten working days, the day of the finding being day 1"
    waiting.night_work(by=people["xian"], on=D(2026, 11, 16))
    assert not told("pairs_untaken_due")
    for _twice in range(2):
        waiting.night_work(by=people["xian"], on=D(2026, 11, 17))
        waiting.night_work(by=people["xian"], on=D(2026, 11, 18))
    assert {"cun", "zhen", "xian"} <= told("pairs_untaken_due") == told("pairs_untaken_overdue")
    assert "lin_cun" not in told("pairs_untaken_due")
    counts = Notice.objects.filter(kind__startswith="pairs_untaken").values_list("count", flat=True)
    assert set(counts) == {1}, "each person once, whatever the number of nights"
    assert Entry.objects.filter(verb__in=["pair.reminded_untaken", "pair.overdue_untaken"]).count() == 2
    with clock.at(D(2026, 11, 18)):
        client = signed_in("cun")
        listed = client.get(reverse("register:duplicates")).content.decode()
        assert "pill-overdue" in listed
        assert "in time" in client.get(reverse("register:duplicate", args=[pair.pk])).content.decode()
        assert "People in two households, to decide or pass up: 1" in client.get("/").content.decode()


def test_a_pair_that_was_passed_up_has_the_other_clock(people: dict[str, User]) -> None:
    pair = a_pair(people, NEIGHBOUR_VILLAGE)
    waiting.night_work(by=people["xian"], on=DAY)
    pair.refresh_from_db()
    assert pair.due_on == D(2026, 11, 17)
    deciding.pass_up(pair, "男方在邻县", by=people["cun"])
    waiting.night_work(by=people["xian"], on=D(2026, 11, 18))
    assert not told("pairs_untaken_overdue")


def test_the_way_back_says_what_comes_back(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    pair = a_pair(people)
    act, client = reverse("register:duplicate_act", args=[pair.pk, "undo"]), signed_in("zhen")
    deciding.decide(pair, married(), by=people["zhen"])
    page = client.get(act).content.decode()
    assert "田小寒 is a member of household YS000012 again" in page
    assert "田小寒 is a member of household YS000122 no more" in page
    assert "The pair waits again" in page
    assert "YS000122" in lives_in(pair), "nothing is written yet"
    client.post(act, {"reason": "还没有领证"})
    assert lives_in(pair) == ["YS000012"]
    deciding.decide(pair, Decision(Outcome.KEEP, "仍住娘家"), by=people["zhen"])
    assert "The decision wrote nothing to the register" in client.get(act).content.decode()
    assert Household.objects.filter(area=NEXT_VILLAGE).exists()

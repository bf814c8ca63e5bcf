"""One person in two households: decided by who answers for both, passed up by who answers for one, and taken back."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from households.corrections import correct
from households.models import Duplicate, Household, LineageAct, PairDecision, Resident, Revision
from households.pairs import deciding
from households.pairs.deciding import Decision
from tests.households.families import SON, SPOUSE, make_household
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

D = datetime.date
DAY = D(2026, 11, 4)
NEXT_VILLAGE, OTHER_TOWNSHIP = "999901001002", "999901002001"
Outcome = PairDecision.Outcome


def a_pair(people: dict[str, User], claimed: str = NEXT_VILLAGE) -> Duplicate:
    """A daughter is a member at her father's, and a file named her at her husband's in another village."""
    here = make_household("YS000012", "田大暑", "宋冬至", "田小寒", by=people["xian"])
    make_household("YS000122", "鲁清明", by=people["xian"], area=claimed)
    wrote = Revision.objects.create(kind="register_file", by=people["xian"], as_of=DAY, entered_on=DAY)
    made: Duplicate = Duplicate.objects.create(
        identity_id=here.residents.get(relation=SON).identity_id, household=here, claimed_code="YS000122",
        claimed_area_id=claimed, claimed_name="田小寒", found_on=DAY, revision=wrote,
    )  # fmt: skip
    return made


def lives_in(pair: Duplicate) -> list[str]:
    rows = Resident.objects.present().filter(identity=pair.identity_id)
    return list(rows.values_list("household__code", flat=True))


def married(reason: str = "2025年结婚") -> Decision:
    return Decision(Outcome.MARRIED_OUT, reason, D(2026, 5, 1), SPOUSE, "结婚证")


def test_who_married_out_is_a_member_over_there_and_comes_back_when_it_was_wrong(
    people: dict[str, User],
) -> None:
    pair = a_pair(people)
    row = deciding.decide(pair, married(), by=people["zhen"])
    assert lives_in(pair) == ["YS000122"]
    came = Resident.objects.get(household__code="YS000122", identity=pair.identity_id)
    assert (came.name, came.relation, came.area_id) == ("田小寒", SPOUSE, NEXT_VILLAGE)
    left = Resident.objects.get(household__code="YS000012", identity=pair.identity_id)
    assert (left.departure, left.left_on) == ("married_out", D(2026, 5, 1))
    before = Resident.objects.present(D(2026, 4, 30)).filter(identity=pair.identity_id)
    assert [each.household.code for each in before] == ["YS000012"], "and counted once on every earlier day"
    assert not Duplicate.objects.waiting().exists()
    assert Notice.objects.filter(kind="pairs_decided", recipient=people["cun"]).count() == 1
    deciding.undo(row, "还没有领证", by=people["zhen"])
    assert lives_in(pair) == ["YS000012"]
    assert Duplicate.objects.waiting().count() == 1
    assert deciding.decide(pair, Decision(Outcome.KEEP, "仍住娘家"), by=people["zhen"]).state == "decided"
    assert lives_in(pair) == ["YS000012"]


@pytest.mark.parametrize("outcome", [Outcome.KEEP, Outcome.WRONG_NUMBER])
def test_nothing_changes_where_the_person_stays(people: dict[str, User], outcome: str) -> None:
    pair = a_pair(people)
    row = deciding.decide(pair, Decision(outcome, "查看户口本"), by=people["xian"])
    assert (row.outcome, lives_in(pair)) == (outcome, ["YS000012"])
    assert not Duplicate.objects.waiting().exists()


def test_who_answers_for_one_side_passes_it_up(people: dict[str, User], english: None) -> None:
    pair = a_pair(people, NEIGHBOUR_VILLAGE)
    for who in ("cun", "xian", "lin_xian"):
        with pytest.raises(Refused, match="no right"):
            deciding.decide(pair, married(), by=people[who])
    row = deciding.pass_up(pair, "男方在邻县", by=people["lin_cun"])
    assert (row.state, row.parent_area_id) == ("passed", "9999")
    assert {n.recipient.username for n in Notice.objects.filter(kind="pairs_passed")} == {"shi", "sheng"}
    with pytest.raises(Refused, match="passed up already"):
        deciding.pass_up(pair, "x", by=people["cun"])
    assert not deciding.may_decide(pair, people["xian"])
    assert deciding.may_decide(pair, people["shi"])
    row = deciding.decide(pair, married(), by=people["shi"])
    assert (row.state, lives_in(pair)) == ("decided", ["YS000122"])
    deciding.undo(row, "误判", by=people["shi"])
    assert lives_in(pair) == ["YS000012"]


def test_what_was_corrected_since_stands_before_the_way_back(people: dict[str, User], english: None) -> None:
    pair = a_pair(people)
    row = deciding.decide(pair, married(), by=people["zhen"])
    came = Resident.objects.get(household__code="YS000122", identity=pair.identity_id)
    correct(came, {"work_place": "浙江省宁波市"}, by=people["zhen"], checked_on=DAY, seen=came.revision_id)
    with pytest.raises(Refused, match="corrected since"):
        deciding.undo(row, "误判", by=people["zhen"])


def test_what_is_missing_is_said(people: dict[str, User], english: None) -> None:
    pair = a_pair(people)
    for said, words in (
        (Decision("", "x"), "Say where"),
        (Decision(Outcome.KEEP, " "), "Say why"),
        (Decision(Outcome.MOVED, "x", DAY, SPOUSE, " "), "which paper"),
        (Decision(Outcome.MOVED, "x", DAY, "", "户口簿"), "head of the other"),
        (Decision(Outcome.MOVED, "x", DAY, "01", "户口簿"), "keeps its head"),
    ):
        with pytest.raises(Refused, match=words):
            deciding.decide(pair, said, by=people["zhen"])
    assert lives_in(pair) == ["YS000012"]


def test_from_the_list_to_the_decision(people: dict[str, User], signed_in: Callable[[str], Client]) -> None:
    pair = a_pair(people)
    client, page = signed_in("zhen"), reverse("register:duplicate", args=[pair.pk])
    listed = client.get(reverse("register:duplicates")).content.decode()
    assert page in listed
    assert "People in two households, to decide or pass up: 1" in client.get("/").content.decode()
    act = reverse("register:duplicate_act", args=[pair.pk, "decide"])
    assert act in client.get(page).content.decode()
    sent = {
        "outcome": "married_out",
        "happened_on": "2026-05-01",
        "relation": SPOUSE,
        "reason": "结婚",
        "look": "1",
    }
    assert "Say which paper was seen" in client.post(act, sent).content.decode()
    sent["paper"] = "结婚证"
    looked = client.post(act, sent).content.decode()
    assert "田小寒 is in household YS000122 from" in looked
    assert "Nothing is written yet" in looked
    assert lives_in(pair) == ["YS000012"]
    del sent["look"]
    client.post(act, sent)
    assert lives_in(pair) == ["YS000122"]
    assert LineageAct.objects.get().paper == "结婚证"
    assert reverse("register:duplicate_act", args=[pair.pk, "undo"]) in client.get(page).content.decode()
    assert Household.objects.filter(area=VILLAGE).exists()


def test_the_other_side_is_not_shown(people: dict[str, User], signed_in: Callable[[str], Client]) -> None:
    pair = a_pair(people, NEIGHBOUR_VILLAGE)
    page = signed_in("lin_cun").get(reverse("register:duplicate", args=[pair.pk])).content.decode()
    assert "YS000122" in page
    for hidden in ("YS000012", "石桥村", "田小寒"):
        assert hidden not in page
    assert reverse("register:duplicate_act", args=[pair.pk, "pass_up"]) in page


def test_where_nothing_is_written_the_page_says_so_before(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    pair = a_pair(people)
    act = reverse("register:duplicate_act", args=[pair.pk, "decide"])
    sent = {"outcome": "keep", "happened_on": "2026-11-04", "reason": "仍住娘家", "look": "1"}
    looked = signed_in("zhen").post(act, sent).content.decode()
    assert "田小寒 stays a member of household YS000012; nothing is written." in looked
    looked = signed_in("zhen").post(act, sent | {"outcome": "wrong_number"}).content.decode()
    assert "is asked to correct the ID number" in looked
    assert not PairDecision.objects.exists()


@pytest.mark.parametrize("passed", [False, True])
def test_a_head_leaves_and_somebody_follows(
    people: dict[str, User], passed: bool, signed_in: Callable[[str], Client]
) -> None:
    pair = a_pair(people, NEIGHBOUR_VILLAGE if passed else NEXT_VILLAGE)
    home = Household.objects.get(code="YS000012")
    head, wife = home.residents.get(relation="01"), home.residents.get(relation=SPOUSE)
    Duplicate.objects.filter(pk=pair.pk).update(identity=head.identity_id)
    if passed:
        deciding.pass_up(pair, "男方在邻县", by=people["cun"])
    client = signed_in("shi" if passed else "zhen")
    act = reverse("register:duplicate_act", args=[pair.pk, "decide"])
    sent = {
        "outcome": "moved", "happened_on": "2026-05-01", "relation": "28", "reason": "随儿子", "paper": "户口簿",
    }  # fmt: skip
    assert "choose who is head from now on" in client.post(act, sent | {"look": "1"}).content.decode()
    assert "choose who is head from now on" in client.post(act, sent).content.decode()
    assert Resident.objects.present().filter(pk=head.pk).exists()
    sent["new_head"] = str(wife.pk)
    assert "宋冬至 is from now on: " in client.post(act, sent | {"look": "1"}).content.decode()
    client.post(act, sent)
    wife.refresh_from_db()
    assert (wife.relation, PairDecision.objects.get().state) == ("01", "decided")
    assert Resident.objects.present().get(identity=head.identity_id).household.code == "YS000122"
    deciding.undo(PairDecision.objects.get(), "误判", by=people["shi" if passed else "zhen"])
    wife.refresh_from_db()
    assert wife.relation == SPOUSE
    assert Resident.objects.present().get(identity=head.identity_id).household_id == home.pk

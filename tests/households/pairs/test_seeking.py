"""Two members of one village who look like one person: found without a flood, decided, and not found again."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.corrections import correct
from households.lineage.acting import perform
from households.lineage.planning import Told, plan_joining
from households.lineage.plans import Kind
from households.models import Duplicate, Household, PairDecision, Resident
from households.pairs import deciding, overdue, seeking
from households.pairs.deciding import Decision
from households.pairs.effects import heirs
from tests.households.families import make_household
from tests.households.pairs.test_deciding import a_pair
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

D = datetime.date
DAY = D(2026, 11, 4)
NEXT_VILLAGE = "999901001002"
Outcome = PairDecision.Outcome
#: Head, spouse, son: the same relation in two households means the same birth date and sex.
SON = "03"


def alike(people: dict[str, User]) -> tuple[Household, Household]:
    """The son of the first household is a member of the second one too, under another number."""
    first = make_household("YS000001", "沈立夏", "柳霜降", "沈小满", by=people["xian"])
    second = make_household("YS000002", "杜谷雨", "万清明", "沈小满", by=people["xian"])
    make_household("YS000003", "莫白露", "何冬至", "沈小满", by=people["xian"], area=NEXT_VILLAGE)
    return first, second


def found(people: dict[str, User]) -> Duplicate:
    alike(people)
    assert seeking.seek([COUNTY]) == 1
    return Duplicate.objects.select_related("household").get()


def lives_in() -> list[str]:
    rows = Resident.objects.present().filter(name="沈小满", area=VILLAGE)
    return sorted(rows.values_list("household__code", flat=True))


def test_the_village_is_part_of_the_likeness_and_nothing_is_found_twice(people: dict[str, User]) -> None:
    pair = found(people)
    assert (pair.basis, pair.household.code, pair.claimed_code) == ("likeness", "YS000001", "YS000002")
    assert seeking.seek([COUNTY]) == 0
    assert deciding.may_decide(pair, people["cun"]), "both villages are one: the village decides"


@pytest.mark.parametrize(
    ("outcome", "left", "departure"),
    [
        (Outcome.KEEP, "YS000001", "other"),
        (Outcome.MOVED, "YS000002", "moved_out"),
        (Outcome.MARRIED_OUT, "YS000002", "married_out"),
        (Outcome.DIFFERENT, "", ""),
        (Outcome.WRONG_NUMBER, "", ""),
    ],
)
def test_every_outcome_and_its_way_back(
    people: dict[str, User], outcome: str, left: str, departure: str
) -> None:
    pair = found(people)
    row = deciding.decide(
        pair, Decision(outcome, "看了户口簿", D(2026, 10, 1), "", "户口簿"), by=people["cun"]
    )
    both = ["YS000001", "YS000002"]
    assert lives_in() == ([left] if left else both)
    gone = Resident.objects.filter(name="沈小满", area=VILLAGE, left_on=D(2026, 10, 1))
    assert [each.departure for each in gone] == ([departure] if departure else [])
    assert seeking.seek([COUNTY]) == 0, "what is decided does not come back"
    deciding.undo(row, "看错了", by=people["cun"])
    assert lives_in() == both
    assert Duplicate.objects.waiting().count() == 1


def test_who_was_told_apart_stays_so_in_another_household(people: dict[str, User]) -> None:
    pair = found(people)
    deciding.decide(pair, Decision(Outcome.DIFFERENT, "同名同日"), by=people["cun"])
    other = make_household("YS000004", "盛处暑", by=people["xian"])
    son = Resident.objects.get(pk=pair.other_id)
    perform(
        plan_joining(son, other, Kind.CAME, "28", Told(DAY, "随舅舅"), by=people["cun"]), by=people["cun"]
    )
    assert not Duplicate.objects.waiting().exists()


def test_what_was_corrected_is_no_pair_any_more(people: dict[str, User]) -> None:
    pair = found(people)
    son = Resident.objects.get(pk=pair.other_id)
    correct(son, {"name": "杜小满"}, by=people["cun"], checked_on=DAY, seen=son.revision_id)
    assert not Duplicate.objects.exists()
    son.refresh_from_db()
    correct(son, {"name": "沈小满"}, by=people["cun"], checked_on=DAY, seen=son.revision_id)
    assert Duplicate.objects.count() == 1, "and found in the transaction of the change"


def test_no_flood(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 5):
        make_household(f"YS{number:06d}", "沈立夏", "柳霜降", by=people["xian"])
    assert seeking.seek([COUNTY]) == 0, "four of one name and birth date are a placeholder"
    Resident.objects.filter(household__code__in=["YS000003", "YS000004"]).update(name="甲乙")
    monkeypatch.setattr(seeking, "MOST_WAITING", 1)
    assert seeking.seek([COUNTY]) == 1
    assert seeking.seek([COUNTY]) == 0
    monkeypatch.setattr(seeking, "MOST_WAITING", 20)
    monkeypatch.setattr(seeking, "MOST_ALIKE", 4)
    assert seeking.seek([COUNTY]) == 3, "two heads and two spouses, less the one that waits"


def test_somebody_follows_a_head_and_a_number_is_one_person(people: dict[str, User], english: None) -> None:
    make_household("YS000001", "沈立夏", "柳霜降", by=people["xian"])
    make_household("YS000002", "沈立夏", "万清明", by=people["xian"])
    seeking.seek([COUNTY])
    pair = Duplicate.objects.get()
    said = Decision(Outcome.KEEP, "x", DAY, "", "户口簿")
    with pytest.raises(Refused, match="choose who is head"):
        deciding.decide(pair, said, by=people["cun"])
    assert {each.name for each in heirs(pair)} == {"柳霜降", "万清明"}, (
        "of either household, as it is decided"
    )
    wife = Resident.objects.select_related("household").get(name="万清明")
    deciding.decide(pair, replace(said, new_head=wife), by=people["cun"])
    wife.refresh_from_db()
    assert wife.relation == "01"
    with pytest.raises(Refused, match="Say where"):
        deciding.decide(a_pair(people), Decision(Outcome.DIFFERENT, "x"), by=people["zhen"])


def test_what_was_passed_up_has_a_clock(people: dict[str, User], signed_in: Callable[[str], Client]) -> None:
    pair = a_pair(people, NEIGHBOUR_VILLAGE)
    row = deciding.pass_up(pair, "男方在邻县", by=people["cun"])
    assert row.due_on == D(2026, 11, 17), "ten working days, the day itself being day 1"
    overdue.night_work(by=people["xian"], on=D(2026, 11, 16))
    assert not Notice.objects.filter(kind="pairs_due").exists()
    for _twice in range(2):
        overdue.night_work(by=people["xian"], on=D(2026, 11, 17))
        overdue.night_work(by=people["xian"], on=D(2026, 11, 18))
    told = {kind: set() for kind in ("pairs_due", "pairs_overdue")}
    for notice in Notice.objects.filter(kind__in=told):
        assert notice.recipient.username not in told[notice.kind]
        told[notice.kind].add(notice.recipient.username)
    assert told == {"pairs_due": {"shi", "sheng"}, "pairs_overdue": {"shi", "sheng"}}
    assert Entry.objects.filter(verb__in=["pair.reminded", "pair.overdue"]).count() == 2
    with clock.at(D(2026, 11, 18)):
        listed = signed_in("shi").get(reverse("register:duplicates")).content.decode()
    assert "pill-overdue" in listed
    row.refresh_from_db()
    assert deciding.decide(pair, Decision(Outcome.KEEP, "仍在娘家"), by=people["shi"]).state == "decided"


def test_both_stand_beside_each_other(people: dict[str, User], signed_in: Callable[[str], Client]) -> None:
    pair = found(people)
    page = signed_in("cun").get(reverse("register:duplicate", args=[pair.pk])).content.decode()
    assert page.count("沈小满") >= 3
    assert page.count("************") == 2
    form = signed_in("cun").get(reverse("register:duplicate_act", args=[pair.pk, "decide"])).context["form"]
    assert "relation" not in form.fields
    assert "different" in dict(form.fields["outcome"].choices)

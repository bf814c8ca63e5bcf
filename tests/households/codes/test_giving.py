"""Codes: given out to a whole village, replaced and revoked for one household, each with its trace."""

import pytest
from django.db import IntegrityError

from foundation.accounts import kin
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.codes import giving
from households.models import Household, HouseholdCode
from tests.households.made import family
from tests.people import NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

People = dict[str, User]
WHY = "二维码污损"


def village() -> Area:
    return Area.objects.get(pk=VILLAGE)


def test_every_household_of_the_village_gets_one_and_no_other(people: People) -> None:
    here = [family(f"A{number}", "沈立夏", by=people["xian"]) for number in range(3)]
    family("B1", "贺春分", by=people["xian"], area=NEIGHBOUR_VILLAGE)
    family("C1", "柳霜降", by=people["xian"], dissolved_on="2026-10-01")
    assert giving.give_out(village(), by=people["cun"]) == 3
    codes = HouseholdCode.objects.in_force()
    assert {code.household for code in codes} == set(here)
    assert len({code.token for code in codes}) == 3
    assert all(len(code.token) == 22 for code in codes)


def test_who_came_later_gets_one_and_the_others_keep_theirs(people: People) -> None:
    family("A1", "沈立夏", by=people["xian"])
    giving.give_out(village(), by=people["cun"])
    (before,) = HouseholdCode.objects.all()
    with pytest.raises(Refused):
        giving.give_out(village(), by=people["cun"])
    family("A2", "柳霜降", by=people["xian"])
    assert giving.give_out(village(), by=people["cun"]) == 1
    before.refresh_from_db()
    assert before.revoked_on is None


def test_the_record_says_how_many_were_given_out(people: People) -> None:
    family("A1", "沈立夏", by=people["xian"])
    giving.give_out(village(), by=people["zhen"])
    entry = Entry.objects.get(verb=giving.GIVEN_OUT)
    assert (entry.area, entry.role) == (VILLAGE, "township_verifier")
    assert read_body(entry)["details"] == {"codes": 1}


def test_a_new_code_revokes_the_old_one_with_its_reason(home: Household, people: People) -> None:
    first = giving.replace(home, by=people["cun"], reason="")
    second = giving.replace(home, by=people["cun"], reason=WHY)
    first.refresh_from_db()
    assert (first.revoked_by, first.revoked_reason) == (people["cun"], WHY)
    assert list(home.codes.in_force()) == [second]
    entries = Entry.objects.filter(verb=giving.REPLACED, object_id=str(home.pk))
    assert [read_body(each)["basis"] for each in entries.order_by("pk")] == ["", WHY]


@pytest.mark.parametrize("act", [giving.replace, giving.revoke])
def test_a_code_ends_for_a_reason_only(home: Household, people: People, act: object) -> None:
    giving.replace(home, by=people["cun"], reason="")
    with pytest.raises(Refused) as refused:
        act(home, by=people["cun"], reason=" ")  # type: ignore[operator]
    assert refused.value.field == "reason"
    assert home.codes.in_force().count() == 1


def test_a_revoked_code_is_revoked_once(home: Household, people: People) -> None:
    giving.replace(home, by=people["cun"], reason="")
    giving.revoke(home, by=people["cun"], reason=WHY)
    assert not home.codes.in_force().exists()
    with pytest.raises(Refused):
        giving.revoke(home, by=people["cun"], reason=WHY)


@pytest.mark.parametrize("who", ["lin_cun", "wangge", "lingdao", "choucha"])
def test_who_does_not_keep_the_codes_here_is_refused(home: Household, people: People, who: str) -> None:
    with pytest.raises(Refused):
        giving.replace(home, by=people[who], reason=WHY)
    with pytest.raises(Refused):
        giving.give_out(village(), by=people[who])
    assert not HouseholdCode.objects.exists()


def test_nobody_ends_the_code_of_their_own_kin(home: Household, people: People) -> None:
    giving.give_out(village(), by=people["cun"])
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused):
        giving.revoke(home, by=people["cun"], reason=WHY)
    assert giving.revoke(home, by=people["zhen"], reason=WHY).revoked_on is not None


def test_the_database_keeps_one_code_in_force(home: Household, people: People) -> None:
    giving.replace(home, by=people["cun"], reason="")
    with pytest.raises(IntegrityError, match="a_household_has_one_code_in_force"):
        HouseholdCode.objects.create(
            household=home, token="x" * 22, issued_on="2026-11-04", issued_by=people["cun"]
        )


def test_a_dissolved_household_gets_none(people: People) -> None:
    gone = family("C1", "柳霜降", by=people["xian"], dissolved_on="2026-10-01")
    with pytest.raises(Refused):
        giving.replace(gone, by=people["cun"], reason="")


def test_a_township_gives_out_codes_in_all_its_villages(people: People) -> None:
    family("A1", "沈立夏", by=people["xian"])
    family("A2", "柳霜降", by=people["xian"], area=f"{TOWNSHIP}002")
    assert giving.give_out(Area.objects.get(pk=TOWNSHIP), by=people["zhen"]) == 2

"""Who died or left stays with the day; the head's place is not left empty; what was wrong is taken back."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.departures import take_back
from households.models import Household, Resident
from tests.households.departing import depart
from tests.households.families import HEAD, MOTHER, SPOUSE, make_household

SignedIn = Callable[..., Client]
People = dict[str, User]
Departure = Resident.Departure
DAY = datetime.date(2026, 11, 4)
DIED = datetime.date(2026, 11, 1)


def member(home: Household, relation: str) -> Resident:
    found: Resident = home.residents.get(relation=relation, left_on__isnull=True)
    return found


def gone(row: Resident, by: User, on: datetime.date = DIED, **options: object) -> None:
    depart(row, Departure.DIED, on, by=by, seen=row.revision_id, **options)  # type: ignore[arg-type]


def test_who_died_is_no_member_from_that_day_on(people: People, home: Household) -> None:
    mother = member(home, MOTHER)
    gone(mother, people["cun"])
    mother.refresh_from_db()
    assert (mother.left_on, mother.departure, mother.revision.as_of) == (DIED, "died", DIED)
    assert mother not in home.residents.present(DIED)
    assert mother in home.residents.present(DIED - datetime.timedelta(days=1))
    entry = Entry.objects.get(verb="resident.departed")
    assert (entry.happened_on, entry.entered_on) == (DIED, DAY)
    assert mother.field_sources["left_on"] == ["hand", str(DAY)]


def test_the_heads_place_goes_to_somebody_who_stays(people: People, home: Household) -> None:
    head, spouse = member(home, HEAD), member(home, SPOUSE)
    with pytest.raises(Refused) as refused:
        gone(head, people["cun"])
    assert refused.value.field == "new_head"
    gone(head, people["cun"], new_head=spouse)
    spouse.refresh_from_db()
    assert spouse.relation == HEAD
    assert home.residents.present().get(relation=HEAD) == spouse
    assert sorted(Entry.objects.filter(object_type="household").values_list("verb", flat=True)) == [
        "resident.corrected",
        "resident.departed",
    ]


def test_the_head_is_not_replaced_from_outside_nor_where_the_head_stays(
    people: People, home: Household
) -> None:
    other = make_household("YS000002", "杜谷雨", by=people["xian"])
    with pytest.raises(Refused):
        gone(member(home, HEAD), people["cun"], new_head=member(other, HEAD))
    with pytest.raises(Refused):
        gone(member(home, MOTHER), people["cun"], new_head=member(home, SPOUSE))
    assert not home.residents.filter(left_on__isnull=False).exists()


def test_the_last_one_leaves_without_an_heir(people: People) -> None:
    alone = make_household("YS000002", "杜谷雨", by=people["xian"])
    gone(member(alone, HEAD), people["cun"])
    assert not alone.residents.present().exists()


def test_days_that_cannot_be_are_refused(people: People, home: Household) -> None:
    mother = member(home, MOTHER)
    for day in (datetime.date(1949, 1, 1), DAY + datetime.timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            gone(mother, people["cun"], day, reason="补录")
        assert refused.value.field == "happened_on"
    gone(mother, people["cun"])
    with pytest.raises(Refused, match="2026-11-01"):
        gone(mother, people["cun"])


def test_a_departure_is_taken_back_with_a_reason(people: People, home: Household) -> None:
    mother = member(home, MOTHER)
    gone(mother, people["cun"])
    with pytest.raises(Refused) as refused:
        take_back(mother, by=people["cun"], seen=mother.revision_id, reason=" ")
    assert refused.value.field == "reason"
    take_back(mother, by=people["cun"], seen=mother.revision_id, reason="同名误录")
    mother.refresh_from_db()
    assert (mother.left_on, mother.departure) == (None, "")
    assert list(mother.versions.order_by("pgh_id").values_list("departure", flat=True)) == ["", "died"]
    with pytest.raises(Refused):
        take_back(mother, by=people["cun"], seen=mother.revision_id, reason="同名误录")


def test_who_lives_elsewhere_now_does_not_come_back(people: People, home: Household) -> None:
    mother = member(home, MOTHER)
    gone(mother, people["cun"])
    other = make_household("YS000002", "杜谷雨", by=people["xian"])
    other.residents.update(identity=mother.identity_id)
    with pytest.raises(Refused):
        take_back(mother, by=people["cun"], seen=mother.revision_id, reason="误录")
    mother.refresh_from_db()
    assert mother.departure == "died"


def test_two_heads_do_not_come_of_taking_back(people: People, home: Household) -> None:
    head = member(home, HEAD)
    spouse = member(home, SPOUSE)
    gone(head, people["cun"], new_head=spouse)
    take_back(head, by=people["cun"], seen=head.revision_id, reason="误录")
    assert home.residents.present().get(relation=HEAD) == head
    spouse.refresh_from_db()
    assert spouse.relation == SPOUSE
    gone(head, people["cun"], new_head=spouse)
    gone(spouse, people["cun"], new_head=member(home, MOTHER))
    with pytest.raises(Refused):
        take_back(head, by=people["cun"], seen=head.revision_id, reason="误录")
    assert member(home, HEAD).relation == HEAD


def test_a_stale_page_and_ones_own_household_are_refused(people: People, home: Household) -> None:
    mother = member(home, MOTHER)
    with pytest.raises(Refused):
        depart(mother, Departure.DIED, DIED, by=people["cun"], seen=mother.revision_id - 1)
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused):
        gone(mother, people["cun"])
    with pytest.raises(Refused):
        gone(mother, people["shuji"])


def test_the_pages_ask_for_the_day_and_the_heir(signed_in: SignedIn, people: People, home: Household) -> None:
    head, spouse, client = member(home, HEAD), member(home, SPOUSE), signed_in("cun")
    address = reverse("households:member_left", args=[head.pk])
    offered = [key for key, _name in client.get(address).context["form"].fields["new_head"].choices]
    assert set(offered) == {"", *(str(each.pk) for each in home.residents.exclude(pk=head.pk))}
    sent = {"seen": head.revision_id, "departure": "died", "happened_on": str(DIED), "reason": ""}
    sent["new_head"] = str(spouse.pk)
    assert "paper" in client.post(address, sent).context["form"].errors
    sent |= {"paper": "死亡医学证明（推断）书", "new_head": ""}
    assert "new_head" in client.post(address, sent).context["form"].errors
    assert client.post(address, sent | {"new_head": spouse.pk}).status_code == 302
    head.refresh_from_db()
    assert head.departure == "died"
    assert (
        "new_head"
        not in client.get(reverse("households:member_left", args=[member(home, MOTHER).pk]))
        .context["form"]
        .fields
    )
    mother = member(home, MOTHER)
    gone(mother, people["cun"])
    back = reverse("households:member_back", args=[mother.pk])
    assert client.post(back, {"seen": mother.revision_id, "reason": "同名误录"}).status_code == 302
    mother.refresh_from_db()
    assert mother.left_on is None

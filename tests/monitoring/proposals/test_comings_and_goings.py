"""Who moved, married or was struck off by the police register leaves or comes by one family event."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from households.identity.numbers import check_character
from households.models import Household, LineageAct, Resident
from monitoring.models import RegisterProposal
from tests.households.families import HEAD, SPOUSE, make_household
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

People = dict[str, User]
Member = Callable[[str], Resident]
STRANGER = "99990119950612104"
ON = "2026-10-28"


@pytest.fixture
def page(signed_in: Callable[[str], Client]) -> Client:
    """The village's browser."""
    return signed_in("cun")


def registered(people: People, compare: Compare, number: str, name: str, event: str, head: str = "") -> str:
    """Let the police register deliver one event; returns the address at which it is entered."""
    row = {"身份证号": number, "姓名": name, "变动类型": event, "变动日期": ON}
    row |= {"户主身份证号": head} if head else {}
    delivered("household_registration", [row], by=people["xian"])
    compare("household_registration")
    return reverse("proposals:enter", args=[RegisterProposal.objects.get().pk])


def taken() -> LineageAct:
    """Return the one event that was entered, of which the proposal says that it was taken."""
    act, row = LineageAct.objects.get(), RegisterProposal.objects.get()
    assert (row.state, row.revision_id, act.revision.kind) == ("taken", act.revision_id, "feed")
    return act


@pytest.mark.parametrize(
    ("event", "departure", "kind"),
    [
        ("迁出", "moved_out", "moved_out"),
        ("婚出", "married_out", "marriage_out"),
        ("注销", "other", "left"),
    ],
)
def test_who_left_leaves_for_the_reason_that_was_registered(
    people: People, member: Member, compare: Compare, page: Client, event: str, departure: str, kind: str
) -> None:
    spouse = member(SPOUSE)
    address = registered(people, compare, number_of(spouse), spouse.name, event)
    assert page.get(address).context["form"].initial["departure"] == departure
    sent = {"seen": spouse.revision_id, "departure": departure, "happened_on": ON}
    assert page.post(address, sent | {"look": "1"}).context["plan"].kind == kind
    assert not LineageAct.objects.exists()
    assert page.post(address, sent).status_code == 302
    spouse.refresh_from_db()
    assert (taken().kind, spouse.departure, str(spouse.left_on)) == (kind, departure, ON)


@pytest.mark.parametrize(("event", "kind"), [("婚入", "marriage_in"), ("迁入", "came")])
def test_who_came_from_outside_the_register_comes_with_the_number_delivered(
    people: People, home: Household, member: Member, compare: Compare, page: Client, event: str, kind: str
) -> None:
    number = STRANGER + check_character(STRANGER)
    address = registered(people, compare, number, "裴立春", event, number_of(member(HEAD)))
    sent = {"name": "裴立春", "relation": "28", "happened_on": ON, "paper": "户口簿"}
    assert page.post(address, sent | {"look": "1"}).context["plan"].kind == kind
    assert page.post(address, sent).status_code == 302
    came = home.residents.get(name="裴立春")
    assert (taken().kind, number_of(came), str(came.came_on), came.source) == (kind, number, ON, "feed")


@pytest.mark.parametrize(
    ("event", "kind", "departure"), [("婚入", "marriage", "married_out"), ("迁入", "came", "other")]
)
def test_who_lived_in_a_household_of_the_village_leaves_it_by_the_same_act(
    people: People, home: Household, member: Member, compare: Compare, page: Client, event: str, kind: str,
    departure: str,
) -> None:  # fmt: skip
    other = make_household("YS000002", "杜谷雨", "万清明", by=people["xian"], area=VILLAGE)
    bride = other.residents.get(relation=SPOUSE)
    address = registered(people, compare, number_of(bride), bride.name, event, number_of(member(HEAD)))
    sent = {"name": bride.name, "relation": "28", "happened_on": ON, "paper": "结婚证"}
    plan = page.post(address, sent | {"look": "1"}).context["plan"]
    assert (plan.kind, plan.home, plan.other) == (kind, other, home)
    assert page.post(address, sent).status_code == 302
    bride.refresh_from_db()
    assert (bride.departure, str(bride.left_on)) == (departure, ON)
    lives = Resident.objects.get(identity=bride.identity_id, left_on__isnull=True)
    assert (lives.household, lives.relation, str(lives.came_on)) == (home, "28", ON)
    act = taken()
    assert {part.household_id for part in act.parts.all()} == {home.pk, other.pk}
    assert (
        page.post(reverse("households:family_undo", args=[act.pk]), {"reason": "登记错户"}).status_code == 302
    )
    assert Resident.objects.get(identity=bride.identity_id, left_on__isnull=True) == bride
    assert RegisterProposal.objects.get().state == "proposed"


def test_who_lives_where_the_village_has_no_say_is_not_taken_from_there(
    people: People, home: Household, member: Member, compare: Compare, page: Client
) -> None:
    far = make_household("YS000003", "鲁小雪", "祝冬至", by=people["lin_xian"], area=NEIGHBOUR_VILLAGE)
    bride = far.residents.get(relation=SPOUSE)
    address = registered(people, compare, number_of(bride), bride.name, "婚入", number_of(member(HEAD)))
    sent = {"name": bride.name, "relation": "28", "happened_on": ON, "paper": ""}
    answer = page.post(address, sent)
    assert answer.status_code == 200
    assert "东山村" not in answer.content.decode()
    assert far.code not in answer.content.decode()
    assert not LineageAct.objects.exists()
    assert RegisterProposal.objects.get().state == "proposed"
    assert Resident.objects.get(identity=bride.identity_id, left_on__isnull=True) == bride

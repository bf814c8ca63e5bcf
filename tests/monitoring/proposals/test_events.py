"""What the police register is entered as a family event: filled in, looked at, and taken or refused by a person."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from households.identity.numbers import check_character
from households.models import Household, HouseholdMove, LineageAct, Resident
from households.moving import answering
from monitoring.models import RegisterProposal
from monitoring.proposals.deciding import origin
from tests.households.families import HEAD, MOTHER, SON, SPOUSE
from tests.households.moving.lone import a_place
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare
from tests.people import NEIGHBOUR_VILLAGE

People = dict[str, User]
SignedIn = Callable[[str], Client]
Member = Callable[[str], Resident]
BORN = "99990120261001001"


def registered(people: People, compare: Compare, row: dict[str, object]) -> RegisterProposal:
    delivered("household_registration", [row], by=people["xian"])
    compare("household_registration")
    found: RegisterProposal = RegisterProposal.objects.get()
    return found


@pytest.fixture
def page(signed_in: SignedIn) -> Client:
    """The village's browser."""
    return signed_in("cun")


def test_a_birth_is_entered_without_anybody_typing_the_number(
    people: People, home: Household, member: Member, compare: Compare, page: Client
) -> None:
    row = registered(people, compare, {
        "身份证号": BORN + check_character(BORN), "姓名": "沈秋分", "变动类型": "出生", "变动日期": "2026-10-01",
        "户主身份证号": number_of(member(HEAD)),
    })  # fmt: skip
    address = reverse("proposals:enter", args=[row.pk])
    assert address in page.get(reverse("households:household", args=[home.pk])).content.decode()
    form = page.get(address).context["form"]
    assert (form.initial["name"], str(form.initial["happened_on"])) == ("沈秋分", "2026-10-01")
    sent = {"name": "沈秋分", "relation": SON, "happened_on": "2026-10-01", "paper": "", "look": "1"}
    assert page.post(address, sent).context["plan"].newcomer.name == "沈秋分"
    assert not LineageAct.objects.exists()
    assert page.post(address, sent | {"look": ""}).status_code == 302
    child = home.residents.get(name="沈秋分")
    act = LineageAct.objects.get()
    row.refresh_from_db()
    assert (row.state, row.revision_id, act.revision.kind) == ("taken", act.revision_id, "feed")
    assert (child.identity_id, child.source, act.kind) == (row.subject_id, "feed", "birth")


def test_a_death_of_the_head_asks_who_follows(
    people: People, home: Household, member: Member, compare: Compare, page: Client
) -> None:
    head = member(HEAD)
    row = registered(
        people, compare,
        {"身份证号": number_of(head), "姓名": head.name, "变动类型": "死亡", "变动日期": "2026-10-11"},
    )  # fmt: skip
    address = reverse("proposals:enter", args=[row.pk])
    form = page.get(address).context["form"]
    assert form.initial["departure"] == "died"
    sent = {"seen": head.revision_id, "departure": "died", "happened_on": "2026-10-11"}
    assert "new_head" in page.post(address, sent).context["form"].errors
    assert page.post(address, sent | {"new_head": member(SPOUSE).pk}).status_code == 302
    head.refresh_from_db()
    row.refresh_from_db()
    assert (head.departure, row.state) == ("died", "taken")


def test_a_split_is_offered_with_who_was_registered_as_its_head(
    people: People, home: Household, member: Member, compare: Compare, page: Client
) -> None:
    mother = member(MOTHER)
    row = registered(
        people, compare,
        {"身份证号": number_of(mother), "姓名": mother.name, "变动类型": "分户", "变动日期": "2026-10-11"},
    )  # fmt: skip
    address = reverse("proposals:enter", args=[row.pk])
    assert page.get(address).context["form"].initial[f"member_{mother.pk}"] == HEAD
    sent = {f"member_{mother.pk}": HEAD, "keeps": "stayers", "happened_on": "2026-10-11", "paper": "户口簿"}
    assert page.post(address, sent).status_code == 302
    assert Household.objects.get(code=f"{home.code}-1").residents.get().identity_id == mother.identity_id
    row.refresh_from_db()
    assert row.state == "taken"


def test_other_fields_are_no_events_and_readers_enter_none(
    people: People, home: Household, member: Member, compare: Compare, signed_in: SignedIn
) -> None:
    spouse = member(SPOUSE)
    row = registered(
        people, compare,
        {"身份证号": number_of(spouse), "姓名": spouse.name, "变动类型": "迁出", "变动日期": "2026-10-11"},
    )  # fmt: skip
    address = reverse("proposals:enter", args=[row.pk])
    assert signed_in("lin_cun").get(address).status_code == 404
    assert signed_in("shuji").get(address).status_code == 403
    RegisterProposal.objects.filter(pk=row.pk).update(field="member.insured", proposed=True)
    answer = signed_in("cun").get(address)
    assert (answer.status_code, answer["Location"]) == (302, reverse("households:household", args=[home.pk]))


def test_an_event_taken_back_lets_its_proposal_wait_again(
    people: People, home: Household, member: Member, compare: Compare, page: Client
) -> None:
    row = registered(people, compare, {
        "身份证号": BORN + check_character(BORN), "姓名": "沈秋分", "变动类型": "出生", "变动日期": "2026-10-01",
        "户主身份证号": number_of(member(HEAD)),
    })  # fmt: skip
    address = reverse("proposals:enter", args=[row.pk])
    sent = {"name": "沈秋分", "relation": SON, "happened_on": "2026-10-01", "paper": "", "look": ""}
    assert page.post(address, sent).status_code == 302
    act = LineageAct.objects.get()
    assert (
        page.post(reverse("households:family_undo", args=[act.pk]), {"reason": "不是这一户"}).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.state, row.revision_id, row.decided_on) == ("proposed", None, None)
    assert page.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert row.state == "taken"


def test_who_went_to_another_area_is_offered_to_it_filled_in(
    people: People, home: Household, member: Member, compare: Compare, page: Client
) -> None:
    goes = member(SON)
    row = registered(people, compare, {
        "身份证号": number_of(goes), "姓名": goes.name, "变动类型": "婚出", "变动日期": "2026-10-11",
    })  # fmt: skip
    _said, _words, away = page.get(reverse("proposals:enter", args=[row.pk])).context["aside"]
    assert away.startswith(reverse("moves:propose_person", args=[home.pk]))
    form = page.get(away).context["form"]
    assert (form["kind"].value(), form["member"].value(), form["happened_on"].value()) == (
        "marriage", str(goes.pk), "2026-10-11",
    )  # fmt: skip
    assert origin(row) == form["document"].value()
    sent = {name: form[name].value() or "" for name in form.fields}
    page.post(away, sent | {"to_area": NEIGHBOUR_VILLAGE, "why": "结婚", "look": ""})
    move = HouseholdMove.objects.get(person=goes)
    row.refresh_from_db()
    assert (move.state, str(move.moved_on), row.state) == ("proposed", "2026-10-11", "proposed")
    answering.accept(move, by=people["lin_zhen"], place=a_place(people))
    row.refresh_from_db()
    assert row.state == "overtaken"
    assert Resident.objects.get(identity=goes.identity_id, left_on__isnull=True).area_id == NEIGHBOUR_VILLAGE


def test_who_died_is_offered_to_nobody(
    people: People, home: Household, member: Member, compare: Compare, page: Client
) -> None:
    row = registered(people, compare, {
        "身份证号": number_of(member(SON)), "姓名": "沈小满", "变动类型": "死亡", "变动日期": "2026-10-11",
    })  # fmt: skip
    assert page.get(reverse("proposals:enter", args=[row.pk])).context["aside"] is None

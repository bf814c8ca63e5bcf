"""Of an event from a feed the delivery's line stands as the paper; another paper and a reason are kept beside it."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from households.identity.numbers import check_character
from households.models import Household, LineageAct, Resident
from monitoring.models import RegisterProposal
from monitoring.proposals.deciding import origin
from tests.households.families import HEAD, MOTHER, SON
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare

People = dict[str, User]
Member = Callable[[str], Resident]
BORN = "99990120261001001"
pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(people: People, compare: Compare) -> Callable[..., RegisterProposal]:
    """Deliver one row of the police and return what is proposed of it."""

    def run(number: str, name: str, event: str, **more: str) -> RegisterProposal:
        row = {"身份证号": number, "姓名": name, "变动类型": event, "变动日期": "2026-10-11"} | more
        delivered("household_registration", [row], by=people["xian"])
        compare("household_registration")
        return RegisterProposal.objects.get()

    return run


def test_the_line_of_the_delivery_is_the_paper_of_a_death(
    signed_in: Callable[[str], Client], member: Member, registered: Callable[..., RegisterProposal]
) -> None:
    mother, page = member(MOTHER), signed_in("cun")
    row = registered(number_of(mother), mother.name, "死亡")
    address = reverse("proposals:enter", args=[row.pk])
    assert not page.get(address).context["form"].fields["paper"].required
    sent = {
        "seen": mother.revision_id,
        "departure": "died",
        "happened_on": "2026-10-11",
        "paper": "",
        "reason": "",
    }
    assert page.post(address, sent).status_code == 302
    act, line = LineageAct.objects.get(), origin(row)
    assert ", line 2" in line
    assert (act.paper, act.revision.reason) == (line, line)
    assert line in page.get(reverse("households:family_event", args=[act.pk])).content.decode()


def test_the_reason_of_a_split_is_kept_behind_the_line(
    signed_in: Callable[[str], Client], member: Member, registered: Callable[..., RegisterProposal]
) -> None:
    mother, page = member(MOTHER), signed_in("cun")
    row = registered(number_of(mother), mother.name, "分户")
    address = reverse("proposals:enter", args=[row.pk])
    sent = {f"member_{mother.pk}": HEAD, "keeps": "stayers", "happened_on": "2026-10-11", "paper": "分户协议"}
    assert "reason" in page.post(address, sent | {"reason": "长" * 150}).context["form"].errors
    assert page.post(address, sent | {"reason": "单独立户照看菜园"}).status_code == 302
    act = LineageAct.objects.get()
    assert (act.paper, act.revision.reason) == ("分户协议", f"{origin(row)} · 单独立户照看菜园")


def test_so_it_is_of_a_birth(
    home: Household,
    signed_in: Callable[[str], Client],
    member: Member,
    registered: Callable[..., RegisterProposal],
) -> None:
    child = BORN + check_character(BORN)
    row = registered(child, "沈秋分", "出生", 户主身份证号=number_of(member(HEAD)))
    sent = {"name": "沈秋分", "relation": SON, "happened_on": "2026-10-11", "paper": ""}
    assert signed_in("cun").post(reverse("proposals:enter", args=[row.pk]), sent).status_code == 302
    assert LineageAct.objects.get().paper == origin(row)
    assert home.residents.get(name="沈秋分").came_on == datetime.date(2026, 10, 11)

"""Pages of family events: nothing is written before somebody saw what follows; the history leads both ways."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.lineage.acting import perform
from households.lineage.planning import Told, plan_joining
from households.lineage.plans import Kind, Newcomer
from households.models import Household, LineageAct
from tests.households.arriving import arrive
from tests.households.families import HEAD, MOTHER, SON, SPOUSE, id_number, make_household
from tests.people import COUNTY

People = dict[str, User]
SignedIn = Callable[[str], Client]
DAY = "2026-11-01"


@pytest.fixture
def other(people: People) -> Household:
    """A second family of the village."""
    return make_household("YS000002", "杜谷雨", "万清明", by=people["xian"])


def page_of(home: Household) -> str:
    return reverse("households:household", args=[home.pk])


def test_a_split_is_looked_at_before_it_is_written(signed_in: SignedIn, home: Household) -> None:
    client, mother = signed_in("cun"), home.residents.get(relation=MOTHER)
    choose = reverse("households:family", args=[home.pk])
    assert choose in client.get(page_of(home)).content.decode()
    address = reverse("households:family_split", args=[home.pk])
    assert address in client.get(choose).content.decode()
    sent = {
        f"member_{mother.pk}": HEAD, "keeps": "stayers", "happened_on": DAY, "paper": "分户协议", "look": "1",
    }  # fmt: skip
    assert "paper" in client.post(address, sent | {"paper": ""}).context["form"].errors
    seen = client.post(address, sent)
    assert seen.context["plan"].founding.code == "YS000001-1"
    assert not LineageAct.objects.exists()
    hidden = dict(seen.context["sent"])
    assert "look" not in hidden
    again = client.post(address, hidden | {"back": "1"})
    assert again.context["form"].initial is not None
    assert not LineageAct.objects.exists()
    done = client.post(address, hidden, follow=True)
    assert done.redirect_chain[-1][0] == page_of(home)
    made = Household.objects.get(code="YS000001-1")
    assert page_of(made) in done.content.decode()
    assert page_of(home) in client.get(page_of(made)).content.decode()


def test_what_cannot_be_is_said_at_its_field_before_the_look(
    signed_in: SignedIn, home: Household, other: Household
) -> None:
    client, bride = signed_in("cun"), other.residents.get(relation=SPOUSE)
    address = reverse("households:family_join", args=[other.pk])
    sent = {
        "kind": "marriage", "member": bride.pk, "other": home.code, "relation": HEAD, "happened_on": DAY,
        "paper": "结婚证", "look": "1",
    }  # fmt: skip
    assert "relation" in client.post(address, sent).context["form"].errors
    assert "other" in client.post(address, sent | {"other": "YS999999"}).context["form"].errors
    assert client.post(address, sent | {"relation": "05"}).context["plan"].other == home
    sent.pop("look")
    assert client.post(address, sent | {"relation": "05"}).status_code == 302
    assert home.residents.get(relation="05").identity_id == bride.identity_id


def test_everybody_of_a_household_joins_another(
    signed_in: SignedIn, home: Household, other: Household
) -> None:
    client = signed_in("cun")
    relations = {f"member_{row.pk}": "28" for row in other.residents.all()}
    sent = {"other": home.code, "happened_on": DAY, "paper": "并户申请", **relations}
    answer = client.post(reverse("households:family_merge", args=[other.pk]), sent)
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.dissolved_on is not None
    assert reverse("households:family", args=[other.pk]) not in client.get(page_of(other)).content.decode()


def test_a_death_and_a_moving_out_are_found_by_their_own_words(signed_in: SignedIn, home: Household) -> None:
    client, mother = signed_in("cun"), home.residents.get(relation=MOTHER)
    page = client.get(reverse("households:family", args=[home.pk]), headers={"Accept-Language": "en"})
    text, address = page.content.decode(), reverse("households:member_left", args=[mother.pk])
    for label, departure in (("Death", "died"), ("Marriage out", "married_out"), ("Moved out", "moved_out")):
        assert f">{label}</h3>" in text
        assert f"{address}?departure={departure}" in text
        form = client.get(f"{address}?departure={departure}").context["form"]
        assert form["departure"].value() == departure
    assert reverse("moves:propose", args=[home.pk]) in text


def test_a_birth_says_that_it_is_one_and_is_taken_back(signed_in: SignedIn, home: Household) -> None:
    client = signed_in("cun")
    address = reverse("households:member_came", args=[home.pk])
    assert client.get(f"{address}?kind=adoption").context["form"].initial["kind"] == "adoption"
    number = id_number(COUNTY, datetime.date(2026, 10, 20), 622)
    sent = {"kind": "birth", "name": "沈小雪", "id_number": number, "relation": SON, "happened_on": DAY}
    seen = client.post(address, sent | {"paper": "出生医学证明", "look": "1"})
    assert seen.status_code == 200
    assert home.residents.count() == 4
    client.post(address, dict(seen.context["sent"]))
    act = LineageAct.objects.get()
    assert (act.kind, act.paper) == ("birth", "出生医学证明")
    event, undo = (reverse(f"households:family_{name}", args=[act.pk]) for name in ("event", "undo"))
    shown = client.get(event).content.decode()
    assert "沈小雪" in shown
    assert undo in shown
    assert "reason" in client.post(undo, {"reason": ""}).context["form"].errors
    assert client.post(undo, {"reason": "录错户"}).status_code == 302
    assert home.residents.count() == 4
    assert Entry.objects.filter(verb="lineage.undone").count() == 1
    assert undo not in client.get(event).content.decode()
    assert client.get(page_of(home)).status_code == 200


def test_who_only_reads_enters_nothing_and_sees_no_other_village(
    people: People, signed_in: SignedIn, home: Household
) -> None:
    far = make_household("LX000009", "柳白露", "柳惊蛰", by=people["lin_xian"], area="999902001001")
    child = Newcomer("柳小寒", id_number(COUNTY, datetime.date(2026, 10, 20), 624), SON)
    arrive(far, child, datetime.date(2026, 11, 1), by=people["lin_cun"], kind=Kind.BIRTH)
    act = LineageAct.objects.get()
    assert signed_in("cun").get(reverse("households:family_event", args=[act.pk])).status_code == 404
    for route in ("family", "family_split", "family_join", "family_merge"):
        address = reverse(f"households:{route}", args=[home.pk])
        assert signed_in("shuji").get(address).status_code in (302, 403)


def test_a_reader_of_one_side_reads_of_the_other_no_more_than_that_it_is(
    people: People, signed_in: SignedIn, home: Household, other: Household
) -> None:
    bride = other.residents.get(relation=SPOUSE)
    told = Told(datetime.date(2026, 11, 1), paper="结婚证")
    act = perform(plan_joining(bride, home, Kind.MARRIAGE, "05", told, by=people["cun"]), by=people["cun"])
    Household.objects.filter(pk=other.pk).update(area="999902001001")
    shown = signed_in("cun").get(reverse("households:family_event", args=[act.pk])).content.decode()
    assert "万清明" in shown
    assert other.code not in shown

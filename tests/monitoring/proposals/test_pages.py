"""Pages of proposed changes: the worklist, deciding on several, one at a time, the household's panel, the list."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.desk.home import Worklist
from households.corrections import correct
from households.models import Household, Resident
from monitoring.models import RegisterProposal
from monitoring.proposals.worklists import waiting_proposals
from tests.households.families import HEAD, MOTHER, SPOUSE
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare
from tests.monitoring.proposals.test_deciding import SEEN
from tests.people import VILLAGE

People = dict[str, User]
SignedIn = Callable[[str], Client]
LIST, DECIDE = "/proposals/", "/proposals/decide/"


@pytest.fixture
def proposed(people: People, home: Household, compare: Compare) -> dict[str, RegisterProposal]:
    """Head and spouse are insured, says the office; the mother was cremated."""
    people_of = {each.relation: each for each in home.residents.select_related("identity")}
    rows = [
        {
            "身份证号": number_of(people_of[each]),
            "姓名": people_of[each].name,
            "参保年度": 2026,
            "是否参保": "是",
        }
        for each in (HEAD, SPOUSE)
    ]
    delivered("medical_insurance_status", rows, by=people["yibao"])
    dead = people_of[MOTHER]
    delivered(
        "cremation",
        [{"身份证号": number_of(dead), "姓名": dead.name, "火化日期": "2026-10-09"}],
        by=people["xian"],
    )
    compare("medical_insurance_status")
    compare("cremation")
    return {row.resident.relation: row for row in RegisterProposal.objects.all() if row.resident}


def test_the_worklist_shows_both_sides_with_source_and_day(
    signed_in: SignedIn, proposed: dict[str, RegisterProposal]
) -> None:
    page = signed_in("cun").get(LIST).content.decode()
    assert "柳霜降" in page
    assert "2026-10-31" in page
    # The mother's death has no box to mark: it is entered by its form, which shows what follows.
    assert page.count('name="proposal"') == 2
    assert reverse("proposals:enter", args=[proposed[MOTHER].pk]) in page
    assert reverse("proposals:take", args=[proposed[MOTHER].pk]) not in page
    assert "as of" in page


def test_it_is_narrowed_by_field_and_dataset(
    signed_in: SignedIn, proposed: dict[str, RegisterProposal]
) -> None:
    client = signed_in("zhen")
    for query, count in (("field=resident.insured", 2), ("dataset=cremation", 1), ("field=nonsense", 3)):
        assert len(client.get(f"{LIST}?area={VILLAGE}&{query}").context["told"]) == count


def test_others_see_nothing_of_it(signed_in: SignedIn, proposed: dict[str, RegisterProposal]) -> None:
    assert signed_in("lin_cun").get(LIST).context["told"] == []
    assert signed_in("yibao").get(LIST).status_code == 403
    spouse = proposed[SPOUSE]
    for act in ("take", "refuse", "reopen"):
        assert signed_in("lin_cun").post(f"{LIST}{spouse.pk}/{act}/", {"reason": "x"}).status_code == 404
    keys = {"proposal": [spouse.pk], "act": "take"}
    signed_in("lin_cun").post(DECIDE, keys)
    spouse.refresh_from_db()
    assert spouse.state == "proposed"


def test_who_only_reads_is_offered_no_act(
    signed_in: SignedIn, home: Household, proposed: dict[str, RegisterProposal]
) -> None:
    assert 'name="proposal"' not in signed_in("shuji").get(LIST).content.decode()
    assert signed_in("shuji").post(DECIDE, {"act": "take"}).status_code == 403
    panel = signed_in("shuji").get(reverse("households:household", args=[home.pk])).content.decode()
    assert "Departments say otherwise" in panel
    assert "/take/" not in panel


def test_several_are_decided_with_a_result_for_each(
    signed_in: SignedIn, people: People, proposed: dict[str, RegisterProposal]
) -> None:
    spouse = Resident.objects.get(pk=proposed[SPOUSE].resident_id)
    Resident.objects.filter(pk=spouse.pk).update(insured=None)
    sent = {
        "proposal": [row.pk for row in proposed.values()],
        "act": "take",
        "back": f"{LIST}?area={VILLAGE}",
    }
    answer = signed_in("cun").post(DECIDE, sent, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?area={VILLAGE}", 302)]
    said = [str(message) for message in answer.context["messages"]]
    assert said[0] == "Taken into the register: 1."
    assert len(said) == 3
    assert "柳霜降" in said[1] + said[2]
    assert "Enter it as a family event" in said[1] + said[2]
    proposed[MOTHER].refresh_from_db()
    assert (proposed[MOTHER].state, Resident.objects.get(relation=MOTHER).left_on) == ("proposed", None)


def test_a_death_is_not_taken_by_its_address_either(
    signed_in: SignedIn, proposed: dict[str, RegisterProposal]
) -> None:
    client, row = signed_in("cun"), proposed[MOTHER]
    for send in (client.get, client.post):
        answer = send(reverse("proposals:take", args=[row.pk]), follow=True)
        assert answer.redirect_chain[0] == (reverse("proposals:enter", args=[row.pk]), 302)
        assert "Enter it as a family event" in str(next(iter(answer.context["messages"])))
    row.refresh_from_db()
    assert row.state == "proposed"


def test_refusing_several_needs_a_reason(signed_in: SignedIn, proposed: dict[str, RegisterProposal]) -> None:
    sent = {"proposal": [proposed[HEAD].pk], "act": "refuse"}
    signed_in("cun").post(DECIDE, sent)
    proposed[HEAD].refresh_from_db()
    assert proposed[HEAD].state == "proposed"
    signed_in("cun").post(DECIDE, sent | {"reason": "缴费未成功"})
    proposed[HEAD].refresh_from_db()
    assert proposed[HEAD].state == "refused"


def test_nothing_marked_is_said(signed_in: SignedIn, proposed: dict[str, RegisterProposal]) -> None:
    for sent in (
        {"act": "take"},
        {"act": "dance", "proposal": ["1"]},
        {"act": "take", "proposal": ["9" * 30]},
    ):
        answer = signed_in("cun").post(DECIDE, sent, follow=True)
        assert len(list(answer.context["messages"])) == 1
    assert signed_in("cun").post(DECIDE, {"back": "//elsewhere.example/"}).headers["Location"] == LIST


def test_one_is_taken_from_the_households_page(
    signed_in: SignedIn, home: Household, proposed: dict[str, RegisterProposal]
) -> None:
    client, page = signed_in("cun"), reverse("households:household", args=[home.pk])
    address = reverse("proposals:take", args=[proposed[SPOUSE].pk])
    assert address in client.get(page).content.decode()
    assert "柳霜降" in client.get(address).content.decode()
    assert client.post(address).headers["Location"] == page
    assert "delivery of a department" in client.get(page).content.decode()


def test_a_newer_hand_says_so_and_offers_no_taking(
    signed_in: SignedIn,
    people: People,
    home: Household,
    compare: Compare,
    proposed: dict[str, RegisterProposal],
) -> None:
    for insured in (True, False):
        spouse = home.residents.select_related("household").get(relation=SPOUSE)
        correct(spouse, {"insured": insured}, by=people["cun"], checked_on=SEEN, seen=spouse.revision_id)
    compare("medical_insurance_status")
    row = RegisterProposal.objects.waiting().get(resident__relation=SPOUSE)
    page = signed_in("cun").get(LIST).content.decode()
    assert "Checked by hand on 2026-11-03" in page
    assert reverse("proposals:take", args=[row.pk]) not in page


def test_a_refused_one_is_opened_again_from_the_list(
    signed_in: SignedIn, proposed: dict[str, RegisterProposal]
) -> None:
    client, pk = signed_in("cun"), proposed[HEAD].pk
    client.post(reverse("proposals:refuse", args=[pk]), {"reason": "看过"})
    page = client.get("/proposals/all/?state=refused")
    assert [row.record.pk for row in page.context["table"].rows] == [pk]
    client.post(reverse("proposals:reopen", args=[pk]), {"reason": "看错"})
    proposed[HEAD].refresh_from_db()
    assert proposed[HEAD].state == "proposed"


def test_the_list_is_exported(signed_in: SignedIn, proposed: dict[str, RegisterProposal]) -> None:
    answer = signed_in("zhen").post(reverse("desk:export"), {"address": "/proposals/all/?", "form": "csv"})
    text = b"".join(answer).decode("utf-8-sig") if answer.streaming else answer.content.decode("utf-8-sig")
    assert "柳霜降" in text
    assert number_of(proposed[SPOUSE].resident or Resident()) not in text


def test_home_says_how_many_wait(people: People, proposed: dict[str, RegisterProposal]) -> None:
    found: Worklist = waiting_proposals
    assert [item.url for item in found(people["cun"])] == [f"{LIST}?area={VILLAGE}"]
    assert "3" in found(people["xian"])[0].title
    assert found(people["shuji"]) == found(people["lin_cun"]) == []


def test_an_empty_worklist_says_so(signed_in: SignedIn, home: Household) -> None:
    assert "Nothing waits here" in signed_in("cun").get(LIST).content.decode()

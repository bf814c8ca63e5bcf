"""The page of a household: what it shows, to whom, what it hides, and what opening it leaves behind."""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.roles import Right
from foundation.ledger.models import Entry
from households.corrections import correct
from households.income.stating import Stated, state
from households.models import Household, Identity
from households.standing import Held, hold
from households.standing import correct as correct_standing
from tests.households.families import HEAD, MOTHER, SPOUSE, make_household, stand
from tests.people import NEIGHBOUR_VILLAGE
from tests.reading import visible

SignedIn = Callable[..., Client]
People = dict[str, User]
DAY = datetime.date(2026, 11, 4)


def opened(client: Client, home: Household) -> HttpResponse:
    answer = client.get(reverse("households:household", args=[home.pk]))
    assert answer.status_code == 200
    return answer


def words(client: Client, home: Household) -> str:
    return opened(client, home).content.decode()


def test_it_shows_the_family_in_words_with_masked_numbers(signed_in: SignedIn, home: Household) -> None:
    shown = words(signed_in("cun"), home)
    for told in ("沈立夏", "户主", "柳霜降", "长期慢性病、残疾", "石桥村一组 1 号", "1380*****34"):
        assert told in shown
    assert "1980" not in visible(shown)
    members = opened(signed_in("cun"), home).context["page"].members
    assert [each.age for each in members] == [46, 44, 14, 76]
    assert all(each.number.startswith("9999************") for each in members)
    assert members[1].facts["insured"].bad
    assert not members[2].facts["insured"].bad


def test_outside_ones_areas_there_is_no_household(
    signed_in: SignedIn, people: People, home: Household
) -> None:
    far = make_household("LX1", "贺春分", by=people["xian"], area=NEIGHBOUR_VILLAGE)
    for address in (far.pk, 10**9):
        assert signed_in("xian").get(reverse("households:household", args=[address])).status_code == 404
    assert not Entry.objects.filter(verb="household.opened").exists()


def test_each_opening_is_an_entry_and_shown_by_person_and_day(
    signed_in: SignedIn, people: People, home: Household
) -> None:
    for who in ("cun", "cun", "xian", "shuji", "shi"):
        opened(signed_in(who), home)
    assert Entry.objects.filter(verb="household.opened", object_id=str(home.pk)).count() == 5
    looked = opened(signed_in("cun"), home).context["looked"]
    assert [(each.who, each.times) for each in looked] == [("cun", 3), ("shi", 1), ("shuji", 1), ("xian", 1)]
    assert opened(signed_in("shuji"), home).context["looked"] == []


def test_a_reader_from_beside_is_named_by_role_alone(
    signed_in: SignedIn, people: People, home: Household
) -> None:
    from households.openings import record_opening

    record_opening(home, by=people["lin_zhen"])
    (beside, *_own) = opened(signed_in("cun"), home).context["looked"][::-1]
    assert beside.who == ""
    assert beside.role


def test_openings_are_found_in_the_record_of_acts(signed_in: SignedIn, home: Household) -> None:
    opened(signed_in("cun"), home)
    found = signed_in("wenshen").get(f"{reverse('desk:record')}?object=household:{home.pk}")
    assert [row.record.verb for row in found.context["table"].rows] == ["household.opened"]
    assert f"?object=household:{home.pk}" in words(signed_in("wenshen"), home)


def test_standing_is_told_with_period_basis_and_risks(signed_in: SignedIn, home: Household) -> None:
    stand(home, "lifted_out")
    stand(
        home,
        "marginal",
        from_day="2024-03-01",
        until_day="2025-06-30",
        risk_types=["01"],
        removal_way="assisted",
    )
    stand(home, "dibao", resident=home.residents.get(relation=MOTHER), from_day="2026-01-01")
    page = opened(signed_in("cun"), home).context["page"]
    assert [(each.whose, each.in_force) for each in page.periods] == [
        ("何冬至", True),
        ("", True),
        ("", False),
    ]
    over = page.periods[-1]
    assert (over.risks, over.removal) == ("因病", "帮扶消除")
    assert len(page.badges) == 2
    assert "2024-03-01" in words(signed_in("cun"), home)


def test_history_says_what_changed_by_whom_and_why(
    signed_in: SignedIn, people: People, home: Household
) -> None:
    mother = home.residents.get(relation=MOTHER)
    correct(
        mother,
        {"health": ["3"]},
        by=people["cun"],
        checked_on=DAY,
        seen=mother.revision_id,
        reason="入户所见",
    )
    correct(home, {"water_safe": False}, by=people["xian"], checked_on=DAY, seen=home.revision_id)
    home.refresh_from_db()
    phone = Identity.objects.get(pk=home.phone_id)
    correct(home, {"phone": None}, by=people["xian"], checked_on=DAY, seen=home.revision_id)
    steps = opened(signed_in("shuji"), home).context["steps"]
    told = [(change.whose, change.before, change.after) for step in steps for change in step.changes]
    assert ("何冬至", "长期慢性病、残疾", "患有大病") in told
    assert ("", "是", "否") in told
    assert any(before == "1380*****34" for _whose, before, _after in told)
    assert [step.who for step in steps] == ["xian", "xian", "cun", "xian"]
    assert steps[2].reason == "入户所见"
    assert steps[-1].began
    assert steps[-1].arrived == ["沈立夏", "柳霜降", "沈小满", "何冬至"]
    assert phone.subject.hex not in words(signed_in("shuji"), home)


def test_history_tells_of_standings_and_incomes(signed_in: SignedIn, people: People, home: Household) -> None:
    held = Held("marginal", datetime.date(2026, 11, 2), risk_types=["01"])
    standing = hold(home, held, members=[home.residents.get(relation=HEAD)], by=people["cun"])
    correct_standing(standing, {"risk_types": ["01", "09"]}, by=people["zhen"], reason="补充风险")
    state(home, Stated({"A1": Decimal(12000)}, 4, DAY), by=people["cun"])
    steps = opened(signed_in("shuji"), home).context["steps"]
    told = [(change.before, change.after) for step in steps for change in step.changes]
    assert ("因病", "因病、因学") in told
    assert ("", "边缘易致贫户") in told
    assert [before for before, after in told if "2026-" in after] == [""]
    assert sorted(step.who for step in steps) == ["cun", "cun", "xian", "zhen"]


def test_a_household_that_follows_its_village_says_so(signed_in: SignedIn, home: Household) -> None:
    Household.objects.filter(pk=home.pk).update(area="999901001002")
    steps = opened(signed_in("xian"), home).context["steps"]
    (change,) = [change for step in steps for change in step.changes if change.whose == ""]
    assert (change.before, change.after) == ("石桥村", "芒种村")
    assert not [step for step in steps if step.began and step.changes]


def test_every_field_knows_its_source(signed_in: SignedIn, people: People, home: Household) -> None:
    head = home.residents.get(relation=HEAD)
    correct(head, {"labour": "3"}, by=people["cun"], checked_on=DAY, seen=head.revision_id)
    page = opened(signed_in("cun"), home).context["page"]
    (shown,) = [each for each in page.members if each.resident.pk == head.pk]
    assert (shown.facts["labour"].source.kind, shown.facts["labour"].source.day) == ("hand", DAY)
    assert shown.facts["health"].source.kind == "register_file"
    assert [
        (line.whose, len(line.fields), line.rest) for line in page.sources if line.source.kind == "hand"
    ] == [(("沈立夏",), 1, False)]
    assert len(page.sources) == 3


def test_ones_own_household_is_read_only_with_the_rule(
    signed_in: SignedIn, people: People, home: Household
) -> None:
    kin.declare(home.code, Kin.Relation.KIN, by=people["cun"])
    answer = opened(signed_in("cun"), home)
    assert answer.context["may"].rule in answer.content.decode()
    assert answer.context["may"].rule
    assert reverse("households:household_correct", args=[home.pk]) not in answer.content.decode()
    for name in ("household_correct", "phone"):
        refused = signed_in("cun").get(reverse(f"households:{name}", args=[home.pk]), follow=True)
        assert refused.status_code == 200
    sent = signed_in("cun").post(reverse("households:phone", args=[home.pk]), {"reason": "想打电话"})
    assert "13800001234" not in sent.content.decode()


def test_acts_are_offered_to_who_may_do_them(signed_in: SignedIn, home: Household) -> None:
    acts = {
        name: opened(signed_in(name), home).context["may"] for name in ("cun", "shending", "shuji", "wenshen")
    }
    assert [name for name, may in acts.items() if may.correct] == ["cun"]
    assert [name for name, may in acts.items() if may.reveal] == ["cun", "shending"]
    assert [name for name, may in acts.items() if may.read_record] == ["wenshen"]


def test_a_bigger_family_costs_no_more_queries(signed_in: SignedIn, people: People, home: Household) -> None:
    small = make_household("YS000002", "杜谷雨", by=people["xian"], phone="13800005678")
    client = signed_in("cun")
    opened(client, small)
    with CaptureQueriesContext(connection) as few:
        opened(client, small)
    with CaptureQueriesContext(connection) as many:
        opened(client, home)
    assert len(many) <= len(few) + 1


def test_a_family_without_a_head_says_so(signed_in: SignedIn, people: People, home: Household) -> None:
    home.residents.filter(relation=HEAD).update(left_on="2026-11-01", departure="died")
    answer = opened(signed_in("cun"), home)
    assert answer.context["page"].head is None
    assert [each.resident.name for each in answer.context["page"].former] == ["沈立夏"]


class Panel:
    """A section that a later storey might add."""

    order, template, right = 10, "households/_fact.html", Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Nothing for one household, words for all others."""
        return None if household.code == "YS000002" else {"code": household.code}


panel = Panel()


def test_later_storeys_add_sections(
    signed_in: SignedIn, people: People, home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    from households import panels

    monkeypatch.setattr(panels, "parts", lambda name: (panel,))
    other = make_household("YS000002", "杜谷雨", by=people["xian"])
    assert [each.context for each in panels.panels_for(home, people["cun"])] == [{"code": "YS000001"}]
    assert panels.panels_for(other, people["cun"]) == []
    assert panels.panels_for(home, people["lin_cun"]) == []


@pytest.mark.parametrize(("relation", "member"), [(SPOUSE, "柳霜降"), (MOTHER, "何冬至")])
def test_a_number_is_shown_once_with_a_reason(
    signed_in: SignedIn, home: Household, relation: str, member: str
) -> None:
    row = home.residents.get(relation=relation)
    address = reverse("households:number", args=[row.pk])
    client = signed_in("cun")
    refused = client.post(address, {"reason": " "})
    assert refused.context["form"].errors
    shown = client.post(address, {"reason": "核对医保"})
    number = shown.context["number"]
    assert len(number) == 18
    assert member in shown.context["title"]
    assert number not in client.get(address).content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    entry = Entry.objects.get(verb="identity.revealed")
    assert number.encode() not in bytes(entry.body)
    assert [each.in_full for each in opened(client, home).context["looked"]] == [False, True]


def test_a_telephone_is_called_after_it_is_shown(signed_in: SignedIn, home: Household) -> None:
    assert "tel:" not in words(signed_in("cun"), home)
    shown = signed_in("cun").post(reverse("households:phone", args=[home.pk]), {"reason": "约入户时间"})
    assert 'href="tel:13800001234"' in shown.content.decode()
    assert signed_in("shuji").get(reverse("households:phone", args=[home.pk])).status_code == 403


@pytest.mark.parametrize("who", ["lin_zhen", "xitong"])
def test_8_2_2_a_household_of_another_area_is_answered_as_one_that_is_not_there(
    signed_in: Callable[..., Client], home: Household, who: str
) -> None:
    """Not mine and not there are one page, but for the tokens of the moment and the address itself."""
    client = signed_in(who)
    foreign, none = (client.get(f"/households/{key}/") for key in (home.pk, 999_999_999))
    assert foreign.status_code == none.status_code
    assert _without_tokens(foreign) == _without_tokens(none)
    assert {*foreign.headers} == {*none.headers}


def _without_tokens(answer: Any) -> str:
    """Return a page without its address and without the tokens that are made anew each time."""
    page = answer.content.decode().replace(answer.wsgi_request.path, "")
    return re.sub(r"[A-Za-z0-9_-]{64}|(?<=nonce=\")[^\"]+", "", page)

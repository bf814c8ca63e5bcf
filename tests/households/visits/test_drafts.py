"""Begun forms: saved field by field, found again by their maker alone, gone when the visit is written down."""

import datetime
import json
from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.identity.erasure import Ground, erase
from households.models import Household, Visit, VisitDraft
from households.visits import drafts
from households.visits.book import in_force
from households.visits.drafts import Typed
from households.visits.writing import record_visit
from tests.households.visits.made import head_of, told

SignedIn = Callable[[str], Client]
KEY = UUID("11111111-2222-4333-8444-555555555555")


def save(client: Client, home: Household, fields: object, **changes: object) -> HttpResponse:
    body = {"key": str(KEY), "form": "call", "fields": fields} | changes
    address = reverse("households:visit_draft", args=[home.pk])
    answer: HttpResponse = client.post(address, json.dumps(body), content_type="application/json")
    return answer


def begin(home: Household, by: User, **fields: tuple[int, str]) -> VisitDraft | None:
    given = {name: Typed(version, (text,)) for name, (version, text) in fields.items()}
    return drafts.keep(home, KEY, in_force(clock.today())["call"], given, by=by)


def test_what_was_typed_is_there_when_the_form_is_opened_again(home: Household, signed_in: SignedIn) -> None:
    typed = {"q_found": [2, ["屋顶漏雨"]], "met": [1, [str(head_of(home).pk)]], "q_risk_seen": [1, ["maybe"]]}
    answer = save(signed_in("cun"), home, typed)
    assert answer.json()["versions"] == {"q_found": 2, "met": 1, "q_risk_seen": 1}
    form = signed_in("cun").get(reverse("households:visit_write", args=[home.pk])).context["form"]
    begun = {name: form[name].value() for name in ("q_found", "met", "q_risk_seen", "key")}
    assert begun == {
        "q_found": "屋顶漏雨",
        "met": [str(head_of(home).pk)],
        "q_risk_seen": "maybe",
        "key": str(KEY),
    }
    others = signed_in("zhen").get(reverse("households:visit_write", args=[home.pk])).context
    assert (others["draft"], others["form"]["q_found"].value()) == (None, None)


def test_of_two_versions_of_a_field_the_greater_stands(home: Household, people: dict[str, User]) -> None:
    begin(home, people["cun"], q_found=(3, "第三稿"), note=(1, "一"))
    draft = begin(home, people["cun"], q_found=(2, "第二稿"), note=(2, "二"))
    assert draft is not None
    assert {name: field["is"] for name, field in draft.fields.items()} == {
        "q_found": ["第三稿"],
        "note": ["二"],
    }


def test_the_draft_goes_with_the_visit_and_does_not_come_back(
    home: Household, people: dict[str, User]
) -> None:
    begin(home, people["cun"], q_found=(1, "一切正常"))
    record_visit(home, told(home), by=people["cun"], key=KEY)
    assert begin(home, people["cun"], q_found=(2, "迟到的保存")) is None
    assert not VisitDraft.objects.exists()


def test_numbers_of_people_are_masked_in_a_draft_too(home: Household, people: dict[str, User]) -> None:
    draft = begin(home, people["cun"], note=(1, "电话13800000000"), q_wages=(1, "99999999"))
    assert draft is not None
    assert "13800000000" not in draft.fields["note"]["is"][0]
    assert draft.fields["q_wages"]["is"] == ["99999999"]


@pytest.mark.parametrize(
    "fields", [{"q_found": "x"}, {"Q": [1, ["x"]]}, {"a": [0, ["x"]]}, {"a": [1, ["x" * 1001]]}, []]
)
def test_what_is_no_form_of_ours_is_not_saved(home: Household, signed_in: SignedIn, fields: object) -> None:
    assert save(signed_in("cun"), home, fields).status_code == 409
    assert save(signed_in("cun"), home, {}, key="-").status_code == 400
    assert save(signed_in("cun"), home, {}, form="poem").status_code == 400
    assert not VisitDraft.objects.exists()


def test_a_draft_stays_with_its_household(
    home: Household, people: dict[str, User], signed_in: SignedIn
) -> None:
    assert save(signed_in("lin_cun"), home, {"note": [1, ["x"]]}).status_code == 404
    begin(home, people["cun"], note=(1, "一"))
    other = Household.objects.get(pk=home.pk)
    other.pk = None
    other.code = "YS000077"
    other.save(force_insert=True)
    with pytest.raises(Refused):
        begin(other, people["cun"], note=(2, "二"))


def test_begin_anew_throws_it_away(home: Household, people: dict[str, User], signed_in: SignedIn) -> None:
    begin(home, people["cun"], note=(1, "一"))
    answer = signed_in("cun").post(reverse("households:visit_anew", args=[home.pk]), {"form": "call"})
    assert answer["Location"].endswith("?form=call")
    assert not VisitDraft.objects.exists()


def test_old_drafts_and_those_of_an_erased_person_are_removed(
    home: Household, people: dict[str, User]
) -> None:
    begin(home, people["cun"], note=(1, "一"))
    drafts.night_work(by=people["cun"], on=clock.today())
    assert VisitDraft.objects.count() == 1
    VisitDraft.objects.update(saved_at=timezone.now() - datetime.timedelta(days=400))
    drafts.night_work(by=people["cun"], on=clock.today())
    assert not VisitDraft.objects.exists()
    begin(home, people["cun"], note=(1, "一"))
    erase(head_of(home), ground=Ground.REQUEST, by=people["shending"])
    assert not VisitDraft.objects.exists()
    assert not Visit.objects.exists()

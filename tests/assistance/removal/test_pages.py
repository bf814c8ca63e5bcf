"""Pages of removals: guards on the case, the proposal, the papers that hold both, after-care, and the letter."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.deciding.letter_words import words_of
from assistance.models import CaseBatch, CaseLetter, Removal
from assistance.removal.aftercare import PURPOSE
from assistance.removal.places import of_removals
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.models import VisitPurpose
from tests.assistance.deciding.made import case_at, concluded
from tests.assistance.removal.made import CHECKED, TODAY, enrolled, now, on, proposed, ready, visited
from tests.assistance.removal.walked import at_review, removed

pytestmark = pytest.mark.usefixtures("english", "line")
In = Callable[[str], Client]
YEAR = datetime.date(2027, 11, 4)
ASKED = {"way": "assisted", "why": "务工稳定半年", "contact_name": "贺立冬", "contact_phone": "13800000000"}


def test_the_page_of_a_case_shows_every_guard_with_its_day(people: dict[str, User], signed_in: In) -> None:
    case = enrolled(people, datetime.date(2026, 10, 1))
    page = signed_in("cun").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "of 8 conditions of a removal hold" in page
    assert "Could hold from" in page
    assert "2027" in page
    assert reverse("cases:propose_removal", args=[case.pk]) in page
    assert reverse("cases:state_measure", args=[case.pk]) not in page
    assert reverse("cases:state_measure", args=[case.pk]) in (
        signed_in("zhen").get(reverse("cases:case", args=[case.pk])).content.decode()
    )


def test_a_removal_is_proposed_on_its_page_and_refused_with_the_guards(
    people: dict[str, User], signed_in: In
) -> None:
    early, fit = enrolled(people), ready(people)
    client = signed_in("cun")
    refused = client.post(reverse("cases:propose_removal", args=[early.pk]), ASKED)
    assert (refused.status_code, "Not held yet" in refused.content.decode()) == (200, True)
    client.post(reverse("cases:propose_removal", args=[fit.pk]), ASKED)
    removal = Removal.objects.get()
    assert (removal.case_id, removal.state) == (fit.pk, "proposed")
    page = client.get(reverse("cases:removal", args=[removal.pk])).content.decode()
    assert "Democratic evaluation" in page
    listed = client.get(reverse("cases:removals"), {"open": "yes"}).content.decode()
    assert reverse("cases:removal", args=[removal.pk]) in listed


def test_the_township_states_a_measure_on_a_form(people: dict[str, User], signed_in: In) -> None:
    case = enrolled(people)
    told = {"measure": "公益性岗位", "on": TODAY.isoformat(), "why": "发放表在乡镇"}
    signed_in("zhen").post(reverse("cases:state_measure", args=[case.pk]), told)
    assert case.measure_statements.get().by == people["zhen"]
    assert Entry.objects.filter(verb="removal.measure_stated").count() == 1


def test_one_form_decides_a_case_and_a_removal(people: dict[str, User], signed_in: In) -> None:
    removal, entry = at_review(people), case_at("review", people)
    concluded(entry, people["zhen"])
    client, address = signed_in("zhen"), reverse("cases:reviews_new")
    asked = client.get(address, {"removal": removal.pk}).content.decode()
    assert "Removals of risk on the same paper" in asked
    seen = f"{entry.pk}:{entry.version}"
    told = {
        "confirmed": "1",
        "seen": seen,
        "on": TODAY.isoformat(),
        "removals": f"{removal.pk}:{now(removal).version}",
    }
    client.post(address, told)
    batch = CaseBatch.objects.get()
    assert sorted(batch.items.values_list("what", "result")) == [("entry", "done"), ("removal", "done")]
    shown = client.get(reverse("cases:reviews_paper", args=[batch.pk])).content.decode()
    assert "removal of the risk" in shown
    assert now(removal).waits_for == ["decide"]


def test_saying_no_needs_its_reason_and_the_version_that_was_seen(
    people: dict[str, User], signed_in: In
) -> None:
    removal = at_review(people)
    address = reverse("cases:removal_move", args=[removal.pk, "refuse"])
    client = signed_in("zhen")
    client.post(address, {"version": 1, "reason": "务工不稳定"})
    assert now(removal).state == "proposed"
    client.post(address, {"version": now(removal).version, "reason": "务工不稳定"})
    assert now(removal).state == "declined"
    assert client.get(reverse("cases:removal_move", args=[removal.pk, "review"])).status_code == 404


def test_the_sheet_is_printed_on_record(people: dict[str, User], signed_in: In) -> None:
    removal = proposed(people)
    made = signed_in("cun").post(reverse("cases:removal_sheet", args=[removal.pk]))
    assert b"".join(made).startswith(b"%PDF")
    assert Entry.objects.filter(verb="removal.printed").count() == 1


def test_the_household_hears_by_letter_that_its_risk_is_removed(people: dict[str, User]) -> None:
    removal = removed(people)
    letter = CaseLetter.objects.get(case=removal.case)
    said = [line for part in words_of(letter).parts for line in part.lines]
    assert letter.verb == "remove"
    assert any("no longer monitored" in line for line in said)
    assert any(removal.why in line for line in said)


def test_after_the_removal_a_visit_is_due_every_year(people: dict[str, User]) -> None:
    removal = removed(people)
    home = removal.household
    assert removal.visit_due_on == YEAR
    assert not any("After-care" in item.title for item in of_removals(people["cun"]))
    with on(YEAR):
        assert any("After-care visits due: 1" in item.title for item in of_removals(people["cun"]))
        (due,) = PURPOSE.due_at(home, people["cun"])
        assert due.ticked
        visit = visited(home, people["cun"], YEAR, CHECKED)
        VisitPurpose.objects.create(
            visit=visit, model=due.purpose.model, object_id=due.purpose.object_id, added_on=YEAR
        )
        PURPOSE.served(visit, due.purpose.object_id, by=people["cun"])
        assert now(removal).visit_due_on == datetime.date(2028, 11, 4)
        PURPOSE.unserved(visit, due.purpose.object_id, by=people["cun"])
        assert now(removal).visit_due_on == YEAR


def test_a_household_identified_again_is_looked_after_by_its_new_case(people: dict[str, User]) -> None:
    removal = removed(people)
    with on(YEAR):
        enrolled(people, datetime.date(2027, 10, 1), removal.household)
        assert PURPOSE.due_at(removal.household, people["cun"]) == []


def test_the_steps_that_wait_stand_on_the_home_page(people: dict[str, User]) -> None:
    removal = proposed(people)
    assert any("wait for a meeting: 1" in item.title for item in of_removals(people["cun"]))
    assert of_removals(people["shending"]) == []
    later = at_review(people)
    told = [item.title for item in of_removals(people["zhen"])]
    assert told == ["Removals that wait for a meeting: 1", "Removals of risk, Township review: 1"]
    assert {removal.pk, later.pk} == set(Removal.objects.values_list("pk", flat=True))

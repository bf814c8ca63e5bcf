"""After a decision: letters that say no or take a mark back, another contact, a struck statement, a late roll-back."""

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assistance.deciding import letters
from assistance.deciding.correction_tables import decision_of
from assistance.deciding.letter_words import printed, words_of
from assistance.helping import handing_over
from assistance.helping.handing_over import Handed
from assistance.helping.sentences import lines_of
from assistance.models import CaseLetter, ContactChange, Removal
from assistance.national.facts import facts_of, monitored
from assistance.removal import contacts, escalating, proposing, rolling_back, tables
from assistance.removal.places import of_removals
from foundation.accounts import clock
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from tests.assistance.helping.helped import a_helper, helped, post_of
from tests.assistance.removal.made import ASSISTED, TODAY, enrolled, guard, now, proposed, ready, stated
from tests.assistance.removal.walked import removed
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
In = Callable[[str], Client]
People = dict[str, User]


def said(letter: CaseLetter) -> list[str]:
    return [line for part in words_of(letter).parts for line in part.lines]


def test_who_was_told_that_monitoring_ended_is_told_that_it_goes_on(people: People, signed_in: In) -> None:
    removal = removed(people)
    rolling_back.propose(removal, "整户无劳动力，不应消除", by=people["zhen"])
    rolling_back.confirm(now(removal), "家中已无劳动力", by=people["shending"])
    letter = CaseLetter.objects.get(case=removal.case_id)
    assert (letter.verb, letter.concluded_on, letter.delivered_on) == ("monitored_again", TODAY, None)
    assert words_of(letter).title == "Your household is monitored again"
    assert "The county has decided: the mark is cancelled, and your household is monitored again." in said(
        letter
    )
    assert "The reason: 家中已无劳动力" in said(letter)
    assert decision_of(letter) == "Removal rolled back"
    assert b"".join(printed(letter, by=people["cun"]).pieces).startswith(b"%PDF")
    page = reverse("cases:letter", args=[letter.pk])
    signed_in("cun").post(page, {"way": "handed", "on": TODAY.isoformat(), "taken_by": ""})
    letter.refresh_from_db()
    assert letter.delivered_on == TODAY


def test_a_letter_that_was_delivered_stays_beside_the_one_that_takes_it_back(people: People) -> None:
    removal = removed(people)
    first = CaseLetter.objects.get(case=removal.case_id)
    letters.deliver(first, letters.Delivery("handed", TODAY, ""), by=people["cun"])
    rolling_back.propose(removal, "仍需帮扶", by=people["zhen"])
    rolling_back.confirm(now(removal), "同意回退", by=people["shending"])
    told = CaseLetter.objects.filter(case=removal.case_id).order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["remove", "monitored_again"]


def test_no_letter_where_the_village_takes_its_proposal_back(people: People) -> None:
    proposing.withdraw(proposed(people), "算错了收入", by=people["cun"])
    assert not CaseLetter.objects.exists()


def test_another_contact_is_named_with_the_reason_and_the_reports_name_them(
    people: People, signed_in: In
) -> None:
    removal = removed(people)
    page = reverse("cases:removal_contact", args=[removal.pk])
    told = {"contact_name": "杜谷雨", "contact_phone": "13900000000", "why": ""}
    client = signed_in("cun")
    assert client.post(page, told).status_code == 200, "no reason, no change"
    client.post(page, told | {"why": "贺立冬调走"})
    row = now(removal)
    assert (row.contact_name, row.contact_phone) == ("杜谷雨", "13900000000")
    made = ContactChange.objects.get(removal=row)
    assert (made.name_before, made.phone_before, made.by) == ("贺立冬", "13800000000", people["cun"])
    assert Entry.objects.filter(verb="removal.contact_changed", object_id=str(row.pk)).count() == 1
    shown = client.get(tables.page_of(row)).content.decode()
    assert "instead of 贺立冬" in shown
    assert page in shown
    (facts,) = facts_of(monitored(people["xian"], COUNTY))
    assert (facts.contact, facts.contact_phone) == ("杜谷雨", "13900000000")
    for changed in (made.save, made.delete):
        with pytest.raises(IntegrityError, match="stays as it was written"), transaction.atomic():
            changed()
    with pytest.raises(Refused, match="nothing would change"):
        contacts.change(row, "杜谷雨", "13900000000", "再记一次", by=people["zhen"])
    with pytest.raises(Refused, match="digits alone"):
        contacts.change(row, "杜谷雨", "村部", "x", by=people["zhen"])
    assert signed_in("shending").get(page).status_code == 403
    Kin.objects.create(
        user=people["cun"], household=row.household.code, relation=Kin.Relation.OWN, declared_on=TODAY
    )
    with pytest.raises(Refused, match="kin"):
        contacts.change(row, "柳霜降", "13900000001", "x", by=people["cun"])


def test_nobody_stays_in_touch_because_of_a_removal_that_came_to_nothing(people: People) -> None:
    removal = proposed(people)
    proposing.withdraw(removal, "算错了收入", by=people["cun"])
    with pytest.raises(Refused, match="came to nothing"):
        contacts.change(removal, "杜谷雨", "13900000000", "调走", by=people["cun"])


def test_when_the_helper_hands_over_the_contact_is_asked_for(people: People) -> None:
    case, giver, receiver = ready(people), people["bangfu"], a_helper("lishi")
    helped(case, giver, people["zhen"])
    removal = removed(people, case)
    contacts.change(removal, giver.name, "13900000000", "由帮扶人联系", by=people["cun"])
    assert not contacts.left_behind(Removal.objects.all()).exists()
    begun = handing_over.begin(Handed(giver, post_of(receiver), TODAY, "调往县里"), by=people["zhen"])
    (line,) = [
        each for each in lines_of([now(removal).case], people["cun"])[case.pk] if "in touch" in each.sentence
    ]
    assert (giver.name in line.sentence, line.url) == (
        True,
        reverse("cases:removal_contact", args=[removal.pk]),
    )
    handing_over.accept(begun.row, by=receiver)
    assert list(contacts.left_behind(Removal.objects.all())) == [removal]
    assert any("contact is gone: 1" in item.title for item in of_removals(people["cun"]))
    contacts.change(removal, receiver.name, "13900000001", "交接", by=people["cun"])
    assert not contacts.left_behind(Removal.objects.all()).exists()


def test_a_struck_statement_counts_no_more_and_stays_readable(people: People, signed_in: In) -> None:
    case = enrolled(people)
    made = stated(case, people)
    page, strike = reverse("cases:case", args=[case.pk]), reverse("cases:strike_measure", args=[made.pk])
    assert guard(case, "measures").holds
    assert strike in signed_in("zhen").get(page).content.decode()
    assert strike not in signed_in("cun").get(page).content.decode()
    assert signed_in("cun").get(strike).status_code == 403
    signed_in("zhen").post(strike, {"why": "名单上不是这户"})
    made.refresh_from_db()
    assert (made.struck_on, made.struck_why, made.struck_by) == (TODAY, "名单上不是这户", people["zhen"])
    assert guard(case, "measures").why == "measures_none"
    shown = signed_in("cun").get(page).content.decode()
    assert "<s>" in shown
    assert "名单上不是这户" in shown
    assert Entry.objects.filter(verb="removal.measure_struck").count() == 1
    with pytest.raises(Refused, match="struck already"):
        proposing.strike_measure(made, "再划一次", by=people["zhen"])


def test_a_proposed_roll_back_is_taken_back_or_told_above_the_county_when_late(people: People) -> None:
    removal = removed(people)
    rolling_back.propose(removal, "收入可能不稳", by=people["zhen"])
    due = now(removal).step_due_on
    Removal.objects.filter(pk=removal.pk).update(step_due_on=None)
    escalating.night_work(by=User.objects.built_in("system"), on=TODAY)
    assert now(removal).step_due_on == due, "one from before there was a last day gets its own by the night"
    row = now(removal)
    due = row.step_due_on
    assert due == datetime.date(2026, 11, 11), "five working days after the fourth"
    night, late = User.objects.built_in("system"), due + datetime.timedelta(20)
    with clock.at(late):
        assert escalating.escalate(by=night, on=late) == 1
        assert escalating.is_escalated(now(removal), late)
        assert list(tables.rows_for(people["zhen"]).filter(escalating.overdue(late))) == [row]
    told = {each.recipient for each in Notice.objects.filter(kind="removals_overdue_below")}
    assert told
    assert not told & {people["zhen"], people["cun"], people["shending"]}
    with pytest.raises(Refused):
        rolling_back.withdraw(now(removal), "查清了", by=people["cun"])
    assert Notice.objects.filter(kind="rollbacks_waiting").exists()
    rolling_back.withdraw(now(removal), "查清了，收入稳定", by=people["zhen"])
    row = now(removal)
    assert (row.state, row.case.state, row.step_due_on) == ("removed", "removed", None)
    assert not Notice.objects.filter(kind="rollbacks_waiting").exists(), "nobody is asked any more"


def test_each_condition_leads_to_its_evidence(people: People, signed_in: In) -> None:
    case = ready(people)
    removal = proposing.propose(case, ASSISTED, by=people["cun"])
    assert removal.visit is not None
    visit = reverse("households:visit", args=[removal.visit.pk])
    page = signed_in("cun").get(tables.page_of(removal)).content.decode()
    # Check, income, expense, guarantees, risks and labour rest on it; months and a stated measure have no page.
    assert page.count(f'class="guard-evidence" href="{visit}"') == 6

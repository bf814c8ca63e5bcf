"""Another category for a monitored household: proposed with facts and reason, decided apart, counted by its day."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assistance.deciding import letters
from assistance.deciding.conclusion import holding
from assistance.deciding.keeping import Chosen
from assistance.deciding.letter_words import words_of
from assistance.followups import keeping
from assistance.models import Case, CaseLetter, Conclusion, FollowUp, Recategorisation
from assistance.recategorising import proposing
from assistance.recategorising.judging import work_out_today
from assistance.recategorising.places import of_categories
from assistance.removal.evidence import Evidence
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households import standing
from households.models import CategoryChange
from households.monitored.summary import Summary, summary
from tests.assistance.removal.made import CHECKED, IDENTIFIED, TODAY, enrolled, on, visited
from tests.people import COUNTY

pytestmark = pytest.mark.usefixtures("english", "line")
In = Callable[[str], Client]
LATER = datetime.date(2026, 12, 7)
SUDDEN = Chosen("sudden", ("01",), "high", reason="11 月大病住院，自付 6 万元")
FORM = {"category": "sudden", "risk_main": "01", "level": "high", "reason": "大病住院"}


def changed(people: dict[str, User], case: Case | None = None, chosen: Chosen = SUDDEN) -> Case:
    """Return a case whose category the county has just changed."""
    case = case or enrolled(people, level="low", risk_types=["05"])
    row = proposing.propose(case, chosen, by=people["zhen"])
    proposing.decide(row, "同意", by=people["shending"])
    return Case.objects.select_related("household", "standing").get(pk=case.pk)


def counted(people: dict[str, User], day: datetime.date) -> Summary:
    return summary(people["xian"], COUNTY, day)


def test_the_household_goes_on_in_the_other_category_from_the_day_of_the_decision(
    people: dict[str, User],
) -> None:
    case = changed(people)
    assert (case.state, case.category, case.risk_types, case.level) == ("enrolled", "sudden", ["01"], "high")
    held = case.standing
    assert (held.kind, held.from_day, held.until_day) == ("sudden", IDENTIFIED, None)
    assert (held.risk_types, held.members.count()) == (["01"], 2)
    change = CategoryChange.objects.get()
    assert (change.before, change.after, change.from_day) == ("marginal", "sudden", TODAY)
    assert [version.kind for version in held.versions.all()] == ["marginal"]
    assert Evidence(case, TODAY).identified_on == IDENTIFIED
    assert Entry.objects.filter(verb="standing.recategorised").count() == 1


def test_counts_of_earlier_days_keep_the_category_of_their_day(people: dict[str, User]) -> None:
    case = enrolled(people, level="low")
    with on(LATER):
        changed(people, case)
        before, after = counted(people, TODAY), counted(people, LATER)
    assert {kind: each.households for kind, each in before.current.by_kind.items()} == {
        "unstable": 0, "marginal": 1, "sudden": 0,
    }  # fmt: skip
    assert {kind: each.persons for kind, each in after.current.by_kind.items()} == {
        "unstable": 0, "marginal": 0, "sudden": 2,
    }  # fmt: skip
    for found in (before, after):
        assert (found.cumulative.total.households, found.removed.total.households) == (1, 0)


def test_two_changes_leave_three_categories_in_the_counts(people: dict[str, User]) -> None:
    case = enrolled(people, level="low")
    days = (TODAY, TODAY + datetime.timedelta(days=3), TODAY + datetime.timedelta(days=6))
    with on(days[1]):
        changed(people, case)
    with on(days[2]):
        changed(people, case, Chosen("unstable", ("01",), "middle", reason="核对后属脱贫户"))
        told = [
            next(kind for kind, each in counted(people, day).current.by_kind.items() if each.households)
            for day in days
        ]
    assert told == ["marginal", "sudden", "unstable"]


def test_a_change_on_the_same_day_waits_for_the_next(people: dict[str, User]) -> None:
    case = changed(people)
    row = proposing.propose(
        case, Chosen("marginal", ("01",), "middle", reason="点错了类别"), by=people["zhen"]
    )
    with pytest.raises(Refused, match="changed today already"):
        proposing.decide(row, "同意", by=people["shending"])


def test_what_it_rests_on_is_the_newest_visit_and_the_line_of_today(people: dict[str, User]) -> None:
    case = enrolled(people, risk_types=["05"])
    visited(case.household, people["cun"], IDENTIFIED, {"living_together": 2, "wages": "10000"}, "doorstep")
    newest = visited(case.household, people["cun"], TODAY, CHECKED)
    found = work_out_today(case)
    assert (found.facts.visit, found.facts.day) == (newest.pk, TODAY)
    assert str(found.facts.net) == "11700.00"
    assert found.facts.line is not None
    assert found.risk_types == ("05",)


def test_a_visit_of_over_a_year_ago_says_nothing(people: dict[str, User]) -> None:
    case = enrolled(people)
    visited(case.household, people["cun"], TODAY - datetime.timedelta(days=367), CHECKED)
    assert work_out_today(case).facts.visit is None


def test_the_conclusion_before_stays_and_the_new_one_holds(people: dict[str, User]) -> None:
    case = changed(people)
    held = holding([case])[case.pk]
    assert (held.category, held.by_county, held.changed_because) == ("sudden", True, SUDDEN.reason)
    with on(LATER):
        changed(people, case, Chosen("marginal", ("01",), "middle", reason="已缓解"))
    assert list(Conclusion.objects.order_by("pk").values_list("category", "superseded")) == [
        ("sudden", True), ("marginal", False),
    ]  # fmt: skip


def test_the_next_visit_is_due_by_the_new_level(people: dict[str, User]) -> None:
    case = enrolled(people, level="low")
    keeping.owe([case])
    before = FollowUp.objects.get().due_on
    changed(people, case)
    row = FollowUp.objects.get()
    assert (row.level, row.counts_from) == ("high", TODAY)
    assert row.due_on < before


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (Chosen("sudden", ("01",), "high", reason=" "), "Say why"),
        (Chosen("dibao", ("01",), "high", reason="x"), "three categories"),
        (Chosen("sudden", (), "high", reason="x"), "risk types"),
        (Chosen("marginal", ("05",), "low", reason="x"), "nothing would change"),
    ],
)
def test_what_cannot_be_is_refused_with_its_sentence(
    people: dict[str, User], chosen: Chosen, sentence: str
) -> None:
    case = enrolled(people, level="low", risk_types=["05"])
    with pytest.raises(Refused, match=sentence):
        proposing.propose(case, chosen, by=people["zhen"])


def test_only_a_monitored_household_and_only_one_proposal_at_a_time(people: dict[str, User]) -> None:
    case = enrolled(people, level="low")
    proposing.propose(case, SUDDEN, by=people["zhen"])
    with pytest.raises(Refused, match="already"):
        proposing.propose(case, SUDDEN, by=people["zhen"])
    with pytest.raises(Refused, match="while the household is monitored"):
        proposing.propose(enrolled(people, state="correcting"), SUDDEN, by=people["zhen"])


def test_a_standing_that_ended_meanwhile_stops_the_decision(people: dict[str, User]) -> None:
    case = enrolled(people, level="low")
    row = proposing.propose(case, SUDDEN, by=people["zhen"])
    standing.end(case.standing, TODAY, removal_way="natural", by=people["zhen"])
    with pytest.raises(Refused, match="not have this household as monitored"):
        proposing.decide(Recategorisation.objects.get(pk=row.pk), "同意", by=people["shending"])
    row.refresh_from_db()
    assert row.state == "proposed"


def test_a_case_that_changed_meanwhile_is_proposed_anew(people: dict[str, User]) -> None:
    case = enrolled(people, level="low")
    row = proposing.propose(case, SUDDEN, by=people["zhen"])
    Case.objects.filter(pk=case.pk).update(level="middle")
    with pytest.raises(Refused, match="propose anew"):
        proposing.decide(row, "同意", by=people["shending"])


def test_who_proposes_does_not_decide(people: dict[str, User]) -> None:
    row = proposing.propose(enrolled(people, level="low"), SUDDEN, by=people["zhen"])
    with pytest.raises(Refused):
        proposing.decide(row, "同意", by=people["zhen"])


def test_a_declined_change_leaves_everything_and_tells_the_village(people: dict[str, User]) -> None:
    case = enrolled(people, level="low")
    row = proposing.propose(case, SUDDEN, by=people["zhen"])
    assert [each.title for each in of_categories(people["shending"])] == ["Changes of category to decide: 1"]
    proposing.decline(row, "收入仍在线下", by=people["shending"])
    case.refresh_from_db()
    assert (case.category, CategoryChange.objects.count()) == ("marginal", 0)
    told = set(Notice.objects.filter(kind="categories_decided").values_list("recipient", flat=True))
    assert people["cun"].pk in told
    assert of_categories(people["shending"]) == []


def test_it_goes_over_the_pages_from_the_case_to_the_decision(people: dict[str, User], signed_in: In) -> None:
    case = enrolled(people, level="low", risk_types=["05"])
    township, county = signed_in("zhen"), signed_in("shending")
    address = reverse("cases:propose_category", args=[case.pk])
    assert address in township.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "What is computed" in township.get(address).content.decode()
    refused = township.post(address, FORM | {"reason": ""})
    assert (refused.status_code, Recategorisation.objects.count()) == (200, 0)
    township.post(address, FORM)
    row = Recategorisation.objects.get()
    page = county.get(reverse("cases:recategorisation", args=[row.pk])).content.decode()
    decide: dict[str, Any] = {"verb": "decide", "pk": row.pk}
    assert reverse("cases:recategorisation_move", kwargs=decide) in page
    county.post(
        reverse("cases:recategorisation_move", kwargs=decide), {"version": row.version, "reason": "同意"}
    )
    case.refresh_from_db()
    assert case.category == "sudden"
    listed = county.get(reverse("cases:recategorisations"), {"state": "decided"}).content.decode()
    assert reverse("cases:recategorisation", args=[row.pk]) in listed
    assert "Changes of category" in county.get(reverse("cases:case", args=[case.pk])).content.decode()


def test_the_household_hears_of_its_new_category_by_letter(people: dict[str, User], signed_in: In) -> None:
    case = changed(people)
    letter = CaseLetter.objects.get()
    assert (letter.verb, letter.concluded_on, letter.delivered_on) == ("category_changed", TODAY, None)
    words = words_of(letter)
    said = " ".join(line for part in words.parts for line in part.lines)
    assert "another category" in words.title
    for told in ("instead of", SUDDEN.reason, "nothing that was promised is taken away"):
        assert told in said
    letters.after_move([case], by=people["zhen"])  # the case moves on while the letter is owed
    assert CaseLetter.objects.owed().filter(pk=letter.pk).exists()
    client = signed_in("cun")
    page = client.get(
        reverse("cases:recategorisation", args=[Recategorisation.objects.get().pk])
    ).content.decode()
    assert reverse("cases:letter", args=[letter.pk]) in page
    assert "Category changed" in client.get(reverse("cases:letters")).content.decode()
    printed = client.post(reverse("cases:letter_pdf", args=[letter.pk]))
    assert b"".join(printed).startswith(b"%PDF")
    assert Entry.objects.filter(verb="case.letter_printed").count() == 1
    delivered = client.post(
        reverse("cases:letter", args=[letter.pk]), {"way": "handed", "on": f"{TODAY}", "taken_by": ""}
    )
    letter.refresh_from_db()
    assert (delivered.status_code, letter.delivered_on) == (302, TODAY)


def test_another_level_alone_owes_no_letter(people: dict[str, User]) -> None:
    case = enrolled(people, level="low", risk_types=["05"])
    changed(people, case, Chosen("marginal", ("05",), "high", reason="收入下降"))
    assert not CaseLetter.objects.exists()

"""The pages of assessments: counts that lead to their lists, many confirmed at once, the sheet, what each may do."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.assessment.places import of_assessments
from assistance.models import Assessment, RosterComparison
from assistance.roster.places import of_rosters, rosters
from foundation.accounts.models import User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.models import Household, Income
from tests.assistance.assessment.made import TODAY, able, declared, rows, walked
from tests.assistance.assessment.test_rosters import UNKNOWN
from tests.people import TOWNSHIP, VILLAGE

pytestmark = pytest.mark.usefixtures("english", "line")
In = Callable[[str], Client]


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    """Return a page as text."""
    answered = client.get(reverse(f"cases:{name}", args=args) + query)
    assert answered.status_code == 200, answered.status_code
    return answered.content.decode()


def test_it_is_declared_on_a_page_and_judged_by_a_job(people: dict[str, User], signed_in: In) -> None:
    able(people)
    sent = {"area": TOWNSHIP, "whom": ["lifted_out"], "on": TODAY.isoformat(), "note": "首轮"}
    answered = signed_in("zhen").post(reverse("cases:assessment_declare"), sent)
    made = Assessment.objects.get()
    assert answered["Location"] == reverse("cases:assessment", args=[made.pk])
    assert "being judged" in text(signed_in("zhen"), "assessment", made.pk)
    run_here(Job.objects.get(uuid=made.job))
    assert "leaves in order" in text(signed_in("cun"), "assessment", made.pk)
    assert "首轮" in text(signed_in("shending"), "assessment", made.pk)


def test_each_number_leads_to_its_households(people: dict[str, User], signed_in: In) -> None:
    stays, leaves = able(people), able(people)
    Household.objects.filter(pk=stays.pk).update(water_safe=None)
    made = declared(people)
    told = text(signed_in("zhen"), "assessment", made.pk)
    assert f"?area={VILLAGE}&amp;result=stays#households" in told
    assert 'data-label="stays"' in told  # a phone shows the label beside the number
    listed = text(signed_in("zhen"), "assessment", made.pk, query=f"?area={VILLAGE}&result=stays")
    assert stays.code in listed
    assert leaves.code not in listed
    unknown = text(signed_in("zhen"), "assessment", made.pk, query="?unknown=yes&result=stays")
    assert stays.code in unknown


def test_many_are_confirmed_at_once_by_the_filters(people: dict[str, User], signed_in: In) -> None:
    for _each in range(3):
        able(people)
    other = able(people)
    Household.objects.filter(pk=other.pk).update(water_safe=None)
    made = declared(people)
    url = reverse("cases:assessment_step", args=[made.pk])
    sent = {"act": "confirm", "result": "", "why": "", "every": "on"}
    answered = signed_in("zhen").post(f"{url}?result=leaves", sent, follow=True)
    assert "Done for 3 households" in answered.content.decode()
    assert sorted(row.state for row in rows(made)) == ["confirmed"] * 3 + ["proposed"]
    key = next(row.pk for row in rows(made) if row.state == "proposed")
    answered = signed_in("zhen").post(
        url, {"act": "confirm", "result": "leaves", "why": "", "row": [key]}, follow=True
    )
    assert "Say why the result differs" in answered.content.decode()


def test_an_act_that_is_not_ones_own_is_refused(people: dict[str, User], signed_in: In) -> None:
    able(people)
    made = declared(people)
    url = reverse("cases:assessment_step", args=[made.pk])
    key = rows(made)[0].pk
    signed_in("cun").post(url, {"act": "confirm", "result": "", "row": [key]})
    signed_in("shending").post(url, {"act": "confirm", "result": "", "row": [key]})
    assert rows(made)[0].state == "proposed"
    assert signed_in("lin_zhen").post(url, {"act": "confirm", "row": [key]}).status_code == 404
    assert signed_in("yibao").get(reverse("cases:assessments")).status_code == 403


def test_the_sheet_shows_every_criterion_with_evidence_and_source(
    people: dict[str, User], signed_in: In
) -> None:
    home = able(people)
    Income.objects.filter(household=home).update(net_per_head="7000.00")
    made = declared(people)
    (row,) = rows(made)
    told = text(signed_in("zhen"), "assessed", row.pk)
    for said in (
        "7,000.00",
        "8,800",
        "does not hold",
        "proposal of this platform",
        "Grade A",
        "becomes an object",
    ):
        assert said in told, said
    assert told.count("<tr>") == 14
    assert "Confirm or change" in told
    assert "Confirm or change" not in text(signed_in("cun"), "assessed", row.pk)


def test_the_household_page_tells_it(people: dict[str, User], signed_in: In) -> None:
    home = able(people)
    declared(people)
    told = signed_in("cun").get(reverse("households:household", args=[home.pk])).content.decode()
    assert "Batch assessment" in told


def test_lists_and_paper_come_out(people: dict[str, User], signed_in: In) -> None:
    able(people)
    made = declared(people)
    for name in ("assessments", "policy_ends", "rosters"):
        text(signed_in("zhen"), name)
    paper = signed_in("cun").post(reverse("cases:assessment_print", args=[made.pk]))
    assert b"".join(paper.streaming_content if paper.streaming else [paper.content]).startswith(b"%PDF")


def test_everybody_finds_what_waits_for_them(people: dict[str, User]) -> None:
    able(people)
    made = declared(people)
    assert [item.title for item in of_assessments(people["zhen"])] == ["Assessed households to confirm: 1"]
    assert of_assessments(people["cun"]) == []
    walked(people, made, "confirmed")
    assert [item.title for item in of_assessments(people["cun"])] == [
        "Assessed households for the village meeting: 1"
    ]


def test_a_list_is_handed_in_and_settled_on_pages(people: dict[str, User], signed_in: In) -> None:
    file = io.BytesIO(f"身份证号,姓名,救助类别\n{UNKNOWN},外来人,低保\n".encode())
    file.name = "民政.csv"
    sent = {"area": TOWNSHIP, "as_of": TODAY.isoformat(), "file": file}
    answered = signed_in("zhen").post(reverse("cases:roster_hand_in"), sent)
    assert answered.status_code == 302, answered.content.decode()[:3000]
    run_here(Job.objects.get(kind="compare_roster"))
    made = RosterComparison.objects.get()
    assert of_rosters(people["zhen"])[0].title.endswith("1")
    key = made.differences.get().pk
    signed_in("zhen").post(
        reverse("cases:roster", args=[made.pk]), {"row": [key], "outcome": "check", "reason": "请村里看"}
    )
    assert of_rosters(people["zhen"]) == []
    assert made.differences.get().outcome == "check"
    assert "外来人" in text(signed_in("jingban"), "rosters") + text(signed_in("jingban"), "roster", made.pk)
    assert rosters.is_for(people["jingban"])
    assert not rosters.is_for(people["yibao"])

"""Pages of data quality: who finds which households, what a finding says, and what the acts answer."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from households.models import Household, QualityFinding
from households.quality.panel import DOUBTS
from households.quality.worklists import waiting_findings
from tests.households.quality.made import checked, family, person, watched
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

SignedIn = Callable[..., Client]


@pytest.fixture
def village(people: dict[str, User]) -> dict[str, Household]:
    """Two doubtful households in the village, one beside it and one in the next county; checked."""
    made = {
        "A": family("A", person(name="沈立夏"), person("03", name="沈小满", age=18, school_stage="04")),
        "B": family("B", person(name="柳霜降", health=[]), case=watched("2026-09-01", measures=[])),
        "C": family("C", person(insured=None), area="999901002001"),
        "D": family("D", person(insured=None), area=NEIGHBOUR_VILLAGE),
    }
    checked("999901")
    checked("999902")
    return made


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"quality:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def finding(rule: str) -> QualityFinding:
    return QualityFinding.objects.get(rule=rule)


def test_a_village_assistant_sees_household_by_household_what_is_wrong(
    village: dict[str, Household], signed_in: SignedIn
) -> None:
    client = signed_in("cun")
    answer = client.get(reverse("quality:area", args=[VILLAGE]))
    shown = {
        group.household.code: [each.finding.rule for each in group.findings]
        for group in answer.context["groups"]
    }
    assert shown == {"A": ["R-32"], "B": ["R-07a", "R-13"]}
    told = answer.content.decode()
    assert "沈立夏" in told
    assert "<strong>沈小满</strong>" in told
    pupil = village["A"].residents.get(relation="03")
    assert reverse("households:member_correct", args=[pupil.pk]) in told
    assert reverse("households:household", args=[village["B"].pk]) in told


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_finding_says_what_it_found_in_words(
    village: dict[str, Household], signed_in: SignedIn, language: str
) -> None:
    client = signed_in("cun")
    client.cookies["django_language"] = language
    told = page(client, "area", VILLAGE)
    assert "2026-09" in told
    assert {"zh-hans": "七年级", "en": "grade 7"}[language] in told


def test_the_worklist_of_others_does_not_exist(village: dict[str, Household], signed_in: SignedIn) -> None:
    assert signed_in("cun").get(reverse("quality:area", args=["999901002001"])).status_code == 404
    assert signed_in("yibao").get(reverse("quality:overview")).status_code == 403


def test_one_rule_at_a_time(village: dict[str, Household], signed_in: SignedIn) -> None:
    answer = signed_in("cun").get(reverse("quality:area", args=[VILLAGE]), {"rule": "R-13"})
    assert [each.finding.rule for group in answer.context["groups"] for each in group.findings] == ["R-13"]
    answer = signed_in("cun").get(reverse("quality:area", args=[VILLAGE]), {"rule": "R-99"})
    assert len(answer.context["groups"]) == 2


def test_a_long_worklist_has_pages_and_loses_nobody(people: dict[str, User], signed_in: SignedIn) -> None:
    for number in range(45):
        family(f"H{number:02d}", person(health=[]))
    checked()
    client, url, seen = signed_in("cun"), reverse("quality:area", args=[VILLAGE]), []
    while url:
        answer = client.get(url)
        seen += [group.household.code for group in answer.context["groups"]]
        url = answer.context["next_url"]
    assert seen == [f"H{number:02d}" for number in range(45)]
    assert answer.context["previous_url"]


def test_judging_right_and_doubting_again_through_the_page(
    village: dict[str, Household], signed_in: SignedIn, people: dict[str, User]
) -> None:
    client, row = signed_in("cun"), finding("R-32")
    answer = client.post(reverse("quality:right", args=[row.pk]), {"reason": "休学两年"}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("quality:area", args=[VILLAGE])
    assert "沈小满" not in answer.content.decode()
    assert "休学两年" in page(client, "area", VILLAGE, shown="judged")
    client.post(reverse("quality:again", args=[row.pk]), {"reason": "记错"})
    assert QualityFinding.objects.waiting().filter(pk=row.pk).exists()


def test_a_refusal_keeps_what_was_typed(village: dict[str, Household], signed_in: SignedIn) -> None:
    row = finding("R-32")
    client = signed_in("cun")
    assert client.post(reverse("quality:right", args=[row.pk]), {"reason": " "}).status_code == 200
    client.post(reverse("quality:right", args=[row.pk]), {"reason": "休学两年"})
    again = client.post(reverse("quality:right", args=[row.pk]), {"reason": "再来一次"})
    assert again.status_code == 200
    assert "再来一次" in again.content.decode()


@pytest.mark.parametrize("act", ["right", "again"])
def test_findings_of_others_do_not_exist(
    village: dict[str, Household], signed_in: SignedIn, act: str
) -> None:
    row = QualityFinding.objects.get(household__code="D")
    answer = signed_in("cun").post(reverse(f"quality:{act}", args=[row.pk]), {"reason": "x"})
    assert answer.status_code == 404
    assert signed_in("shuji").get(reverse(f"quality:{act}", args=[row.pk])).status_code == 403


def test_readers_see_the_worklist_without_acts(village: dict[str, Household], signed_in: SignedIn) -> None:
    told = page(signed_in("shuji"), "area", VILLAGE)
    assert "沈立夏" in told
    assert "/right/" not in told


def test_the_county_sees_counts_by_area_and_rule(village: dict[str, Household], signed_in: SignedIn) -> None:
    answer = signed_in("xian").get(reverse("quality:overview"))
    assert answer.context["whole"].now == 4
    assert {each.area.code: each.tally.now for each in answer.context["areas"]} == {
        "999901001": 3,
        "999901002": 1,
    }
    assert {each.rule.code for each in answer.context["rules"]} == {"R-07a", "R-07b", "R-13", "R-32"}
    assert "东山村" not in answer.content.decode()


def test_a_township_is_the_same_one_step_down(village: dict[str, Household], signed_in: SignedIn) -> None:
    answer = signed_in("xian").get(reverse("quality:area", args=["999901001"]))
    assert [each.area.code for each in answer.context["areas"]] == [VILLAGE]


def test_counts_are_exported_as_a_workbook(village: dict[str, Household], signed_in: SignedIn) -> None:
    answer = signed_in("xian").post(
        reverse("desk:export"), {"address": reverse("quality:overview") + "?rule=R-13", "form": "xlsx"}
    )
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert {"石桥村", "R-13"} <= cells
    assert "R-32" not in cells
    assert Entry.objects.filter(verb="list.exported").exists()


def test_the_list_of_findings_filters_and_is_exported_with_its_sentences(
    village: dict[str, Household], signed_in: SignedIn
) -> None:
    client = signed_in("xian")
    answer = client.get(reverse("quality:findings"), {"rule": "R-32"})
    assert [row.record.household.code for row in answer.context["table"].rows] == ["A"]
    answer = client.post(reverse("desk:export"), {"address": reverse("quality:findings"), "form": "csv"})
    assert "沈小满" in b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_the_list_costs_the_same_however_long_it_is(
    people: dict[str, User], signed_in: SignedIn, django_assert_max_num_queries: Callable
) -> None:  # type: ignore[type-arg]
    for number in range(30):
        family(f"H{number:02d}", person(), person("03", age=18, school_stage="04"))
    checked()
    client = signed_in("cun")
    for name, args in (("findings", []), ("area", [VILLAGE]), ("overview", [])):
        with django_assert_max_num_queries(40):
            client.get(reverse(f"quality:{name}", args=args))


def test_the_rules_and_what_is_not_asked_are_told_with_their_reasons(
    signed_in: SignedIn, people: object
) -> None:
    told = page(signed_in("cun"), "rules")
    assert "R-01a" in told
    assert "R-37" in told


def test_a_check_is_asked_for_where_one_may(village: dict[str, Household], signed_in: SignedIn) -> None:
    client = signed_in("xian")
    assert reverse("quality:check") in page(client, "overview")
    answer = client.post(reverse("quality:check"), {"area": COUNTY})
    assert answer.status_code == 302
    assert "/jobs/" in answer["Location"]
    assert client.post(reverse("quality:check"), {"area": "999902"}).status_code == 200
    assert signed_in("lingdao").get(reverse("quality:check")).status_code == 403


def test_home_says_how_many_households_wait(village: dict[str, Household], people: dict[str, User]) -> None:
    with translation.override("en"):
        (item,) = waiting_findings(people["cun"])
    assert item.title.endswith(": 2")
    assert item.url == reverse("quality:area", args=[VILLAGE])
    assert waiting_findings(people["shuji"]) == []
    assert [item.url for item in waiting_findings(people["zhen"])] == [
        reverse("quality:area", args=["999901001"])
    ]


def test_who_works_in_two_villages_gets_one_line_for_both(
    village: dict[str, Household], people: dict[str, User]
) -> None:
    Posting.objects.create(
        user=people["cun"], role=Role.VILLAGE_ASSISTANT, area_id="999901002001", from_day="2026-01-01"
    )
    (item,) = waiting_findings(User.objects.get(pk=people["cun"].pk))
    assert item.url == reverse("quality:overview")


def test_the_household_page_shows_what_waits(village: dict[str, Household], people: dict[str, User]) -> None:
    panel = DOUBTS.context(village["B"], people["cun"])
    assert panel is not None
    assert [each.finding.rule for each in panel["findings"]] == ["R-07a", "R-13"]
    assert DOUBTS.context(family("sound"), people["cun"]) is None

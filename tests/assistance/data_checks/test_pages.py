"""Pages of data checks: who reads them, what they say, the judgement of the township, and the export."""

import csv
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import conditional_escape

from assistance.data_checks.counting import checks, unasked
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households.models import QualityFinding
from households.quality.judging import doubt_again, judge_right
from tests.assistance.data_checks.made import conclude, held
from tests.households.quality.made import checked
from tests.people import COUNTY, NEIGHBOUR_COUNTY, VILLAGE

SignedIn = Callable[[str], Client]


@pytest.fixture
def case(people: dict[str, User]) -> Case:
    """A case from before whose risk “other” nobody has explained."""
    made = held(risks=("99",), origin="import", code="SJ-OTHER")
    checked()
    return made


def test_the_page_counts_lists_and_says_what_is_missing(case: Case, signed_in: SignedIn) -> None:
    shown = signed_in("xian").get(reverse("cases:data_checks"))
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "nobody has said which" in page
    assert "SJ-OTHER" in page
    assert "rule=R-21&amp;judged=no" in page
    for each in unasked():
        assert all(conditional_escape(words) in page for words in (each.number, each.question, each.why))
    assert "Of R-30、R-34、R-37 only a part is asked" in page
    assert not {"R-33", "R-36"} & {rule.number for rule in checks()}, (
        "what is not asked is no rule that found nothing"
    )


def test_a_village_reads_its_own_and_nobody_elses(case: Case, signed_in: SignedIn) -> None:
    own = signed_in("cun").get(reverse("cases:data_checks_of", args=[VILLAGE]))
    assert "SJ-OTHER" in own.content.decode()
    assert signed_in("cun").get(reverse("cases:data_checks_of", args=[NEIGHBOUR_COUNTY])).status_code == 404
    assert signed_in("lin_xian").get(reverse("cases:data_checks_of", args=[COUNTY])).status_code == 404
    assert signed_in("yibao").get(reverse("cases:data_checks")).status_code == 403


def test_nothing_doubted_says_how_it_would_come(people: dict[str, User], signed_in: SignedIn) -> None:
    page = signed_in("lin_xian").get(reverse("cases:data_checks")).content.decode()
    assert "Of what is asked, nothing contradicts itself here" in page
    assert "Of R-30、R-34、R-37 only a part is asked" in page


def test_the_list_is_filtered_by_rule_origin_and_judgement(case: Case, signed_in: SignedIn) -> None:
    place, client = reverse("cases:data_checks"), signed_in("xian")
    for wanted, there in (
        ("rule=R-21", True), ("rule=R-14", False), ("old=yes", True), ("old=no", False), ("judged=yes", False),
    ):  # fmt: skip
        page = client.get(f"{place}?{wanted}").content.decode()
        assert ("nobody has said which" in page) == there, wanted


def test_the_case_page_says_it_and_leads_the_township_to_its_judgement(
    case: Case, signed_in: SignedIn
) -> None:
    place = reverse("cases:case", args=[case.pk])
    finding = QualityFinding.objects.get(rule="R-21")
    right = reverse("quality:right", args=[finding.pk])
    assert right in signed_in("zhen").get(place).content.decode()
    village = signed_in("cun").get(place).content.decode()
    assert "nobody has said which" in village
    assert right not in village
    signed_in("zhenling").post(right, {"reason": "欠债"})
    page = signed_in("zhen").get(place).content.decode()
    assert "1 judged right as it is" in page
    assert "欠债" in page


def test_the_township_accepts_what_the_village_may_not(
    case: Case, people: dict[str, User], english: None
) -> None:
    finding = QualityFinding.objects.get(rule="R-21")
    with pytest.raises(Refused, match="review cases"):
        judge_right(finding, by=people["cun"], reason="欠债")
    judge_right(finding, by=people["zhen"], reason="欠债")
    assert not QualityFinding.objects.waiting().filter(rule="R-21").exists()
    assert Entry.objects.filter(verb="finding.judged_right").exists()
    doubt_again(finding, by=people["zhen"], reason="说错了")
    assert QualityFinding.objects.waiting().filter(rule="R-21").exists()


def test_an_accepted_exception_holds_until_its_facts_change(case: Case, people: dict[str, User]) -> None:
    judge_right(QualityFinding.objects.get(rule="R-21"), by=people["zhen"], reason="欠债")
    checked()
    assert not QualityFinding.objects.waiting().filter(rule="R-21").exists()
    said = conclude(case, other_risk="欠债")
    checked()
    assert not QualityFinding.objects.open().filter(rule="R-21").exists()
    said.other_risk = ""
    said.save(update_fields=["other_risk"])
    checked()
    assert QualityFinding.objects.open().get(rule="R-21").judged_reason == "欠债"
    case.state = "ended"
    case.save(update_fields=["state"])
    again = held_again(case)
    checked()
    row = QualityFinding.objects.waiting().get(rule="R-21")
    assert row.facts == {"case": again.pk}


def held_again(case: Case) -> Case:
    """Return another case of the same household."""
    return Case.objects.create(
        household=case.household, area=case.area, state="enrolled", origin="alert", opened_on=case.opened_on,
        first_clue_on=case.opened_on, category="marginal",
    )  # fmt: skip


def test_the_list_is_exported_with_its_sentences(case: Case, signed_in: SignedIn) -> None:
    place = reverse("cases:data_checks") + "?rule=R-21"
    answer = signed_in("xian").post(reverse("desk:export"), {"address": place, "form": "csv"})
    told = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "SJ-OTHER" in told
    assert "nobody has said which" in told
    assert Entry.objects.filter(verb="list.exported").exists()


def test_the_page_costs_the_same_however_much_is_doubted(
    case: Case, signed_in: SignedIn, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _number in range(30):
        held(looked=None)
    checked()
    client = signed_in("xian")
    for place in (reverse("cases:data_checks"), reverse("cases:data_checks_of", args=[VILLAGE])):
        with django_assert_max_num_queries(40):
            client.get(place)


def test_the_matrix_is_taken_out_as_a_file_within_ones_area(case: Case, signed_in: SignedIn) -> None:
    place = reverse("cases:data_check_matrix", args=[COUNTY])
    page = signed_in("xian").get(place).content.decode()
    assert "R-21" in page
    assert f"{reverse('cases:data_check_matrix', args=[COUNTY])}?old=yes" in (
        signed_in("xian").get(f"{reverse('cases:data_checks')}?old=yes").content.decode()
    )
    sent = signed_in("xian").post(reverse("desk:export"), {"address": f"{place}?old=yes", "form": "csv"})
    written = b"".join(sent.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    whole = next(row for row in csv.reader(written.splitlines()) if row and row[0] == "示例县")
    assert [cell.strip("'\t=\"") for cell in whole][1:4] == [COUNTY, "1", "1"]
    entry = Entry.objects.get(verb="list.exported")
    assert entry.object_id == "data_check_matrix"
    assert '"filters":{"old":"=yes"}' in bytes(entry.body).decode()
    assert signed_in("cun").get(place).status_code == 404
    assert signed_in("lin_xian").get(place).status_code == 404
    assert signed_in("yibao").get(place).status_code == 403

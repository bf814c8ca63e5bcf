"""The pages of help: five presses and one more, the task of an office, the board, and the plan."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.measures.worklists import of_measures
from assistance.models import Case, Measure, Plan
from assistance.plans.worklists import of_plans
from foundation.accounts.models import User
from tests.assistance.help.helped import ENOUGH, member, ticked
from tests.house.planted_help import a_measure

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


def test_five_measures_are_ticked_in_five_presses_and_one_to_send(case: Case, signed_in: Sign) -> None:
    browser = signed_in("cun")
    url = reverse("cases:measures_of", args=[case.pk])
    page = browser.get(url).content.decode()
    shown = page.split('<details class="card help-others"', maxsplit=1)[0]
    boxes = re.findall(r'<input type="checkbox" name="tick" value="([^"]+)"', shown)
    assert len(boxes) >= 5
    assert "<select" not in shown
    assert "required" not in shown
    answer = browser.post(url, {"tick": boxes[:5]})
    assert answer.headers["Location"] == reverse("cases:case", args=[case.pk])
    assert Measure.objects.filter(case=case, state="asked").count() == 5


def test_what_is_not_suggested_is_ticked_for_a_chosen_member(case: Case, signed_in: Sign) -> None:
    son = case.household.residents.order_by("pk")[2]
    url = reverse("cases:measures_of", args=[case.pk])
    signed_in("cun").post(
        url, {"other": "assistive_devices", "for_assistive_devices": son.pk, "note": "轮椅"}
    )
    made = Measure.objects.get(case=case)
    assert (made.resident_id, made.department_id, made.note) == (son.pk, "disabled", "轮椅")


def test_what_was_given_once_is_ticked_again_on_the_page(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    a_measure("landed", case, people["cun"], resident=member(case, 0), per="once", amount=2000)
    key, url = f"medical_aid:{member(case, 0).pk}:01", reverse("cases:measures_of", args=[case.pk])
    browser = signed_in("cun")
    others = browser.get(url).content.decode().split('<details class="card help-others"')[1]
    assert f'name="tick" value="{key}"' in others
    assert browser.post(url, {"tick": key}).status_code == 302
    assert set(Measure.objects.filter(case=case).values_list("state", flat=True)) == {"landed", "asked"}


def test_a_refusal_keeps_what_was_ticked(case: Case, people: dict[str, User], signed_in: Sign) -> None:
    ticked(case, people["cun"], ENOUGH[0])
    url = reverse("cases:measures_of", args=[case.pk])
    head, son = (case.household.residents.order_by("pk")[n].pk for n in (0, 2))
    answer = signed_in("cun").post(url, {"tick": [f"fee_reduction:{son}:09", f"medical_aid:{head}:01"]})
    assert answer.status_code == 200
    assert "promised already" in answer.content.decode()
    assert f'value="fee_reduction:{son}:09" checked' in answer.content.decode()


def test_an_office_reads_masked_names_and_answers_on_the_page(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    browser = signed_in("yibao")
    assert of_measures(people["yibao"])[0].url.endswith("?state=asked")
    listed = browser.get(reverse("cases:measure_tasks")).content.decode()
    assert "medical aid" in listed
    assert "沈立夏" not in listed
    page = reverse("cases:measure", args=[made.pk])
    shown = browser.get(page).content.decode()
    assert "沈立夏" not in shown
    assert "illness" not in shown
    assert "沈立夏" in browser.post(reverse("cases:measure_whom", args=[made.pk])).content.decode()
    land = reverse("cases:measure_move", args=[made.pk, "land"])
    version = Measure.objects.get(pk=made.pk).version
    given = {"landed_on": "2026-11-05", "amount": "490", "per": "month", "version": version}
    day = browser.get(land).content.decode()
    given["landed_on"] = re.search(r'name="landed_on" value="([^"]+)"', day)[1]  # type: ignore[index]
    assert browser.post(land, given).headers["Location"] == page
    made.refresh_from_db()
    assert (made.state, made.amount) == ("landed", Decimal("490.00"))
    assert of_measures(people["yibao"]) == []


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    browser, url = signed_in("yibao"), reverse("cases:measure_tasks")
    counts = []
    for number in range(2):
        for each in range(1 + 8 * number):
            a_measure("landed", case, people["cun"], code=f"code_{number}_{each}", resident=member(case, 0))
        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_board_shows_the_risk_without_a_measure(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    ticked(case, people["cun"], ENOUGH[0])
    page = signed_in("cun").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Plan board" in page
    assert page.count("no measure") == 1
    ticking = reverse("cases:measures_of", args=[case.pk])
    assert ticking in _board_of(page)
    reader = signed_in("lingdao").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert ticking not in _board_of(reader)


def _board_of(page: str) -> str:
    return page.split('id="board-title"')[1].split("</section>", maxsplit=1)[0]


def test_a_plan_goes_from_the_village_to_the_township_by_its_pages(
    case: Case, people: dict[str, User], signed_in: Sign
) -> None:
    assert of_plans(people["cun"])
    ticked(case, people["cun"], *ENOUGH)
    village, township = signed_in("cun"), signed_in("zhen")
    village.post(reverse("cases:plan_make", args=[case.pk]), {"aim": "治好病"})
    plan = Plan.objects.get(case=case)
    assert any("Plans to approve" in item.title for item in of_plans(people["zhen"]))
    assert "治好病" in township.get(reverse("cases:plan", args=[plan.pk])).content.decode()
    move = reverse("cases:plan_move", args=[plan.pk, "return"])
    sent = {"reason": "缺少公益岗位", "version": plan.version, "happened_on": plan.made_on}
    township.post(move, sent)
    plan.refresh_from_db()
    assert (plan.state, plan.decision) == ("returned", "缺少公益岗位")
    listed = village.get(reverse("cases:plans")).content.decode()
    assert "sent back" in listed
    assert village.get(reverse("cases:plans") + "?state=missing").content.decode().count("data-label") > 1


def test_the_catalogue_is_read_by_who_promises(signed_in: Sign, people: dict[str, User]) -> None:
    page = signed_in("cun").get(reverse("cases:catalogue")).content.decode()
    assert page.count("<article>") >= 30

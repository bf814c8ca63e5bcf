"""Rows that were found wrong go back to their department, with line, reason and deadline, until they count no more."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from foundation.workflow.move import Request
from households.models import Household
from monitoring.intake.deciding import withdraw
from monitoring.models import CorrectionTask, Delivery, RegisterProposal
from monitoring.returning.returning import answer, return_row
from monitoring.returning.worklists import contested_rows, rows_to_correct
from tests.households.families import HEAD, make_household
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY, VILLAGE

People = dict[str, User]
SignedIn = Callable[[str], Client]


@pytest.fixture
def home(people: People) -> Household:
    return make_household("YS000001", "沈立夏", by=people["xian"])


def insured(home: Household, said: str) -> list[dict[str, object]]:
    head = home.residents.select_related("identity").get(relation=HEAD)
    return [{"身份证号": number_of(head), "姓名": head.name, "参保年度": 2026, "是否参保": said}]


@pytest.fixture
def delivery(people: People, home: Household) -> Delivery:
    return delivered("medical_insurance_status", insured(home, "是"), by=people["yibao"])


@pytest.fixture
def task(people: People, delivery: Delivery) -> CorrectionTask:
    """A row that the village found wrong."""
    return return_row(delivery, 2, area=Area.objects.get(pk=VILLAGE), reason="没有参保", by=people["cun"])


def last_job() -> Job:
    return Job.objects.filter(kind="settle_corrections").latest("pk")


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_a_row_goes_back_with_line_reason_and_deadline(task: CorrectionTask) -> None:
    assert (task.state, task.line, task.reason) == ("open", 2, "没有参保")
    assert task.due_on == datetime.date(2026, 11, 18)
    assert told("row_to_correct") == {"yibao"}


@pytest.mark.parametrize(
    ("who", "line", "reason", "field"),
    [
        ("cun", 3, "没有参保", "line"),
        ("cun", 2, " ", "reason"),
        ("shuji", 2, "x", None),
        ("lin_cun", 2, "x", None),
    ],
)
def test_what_cannot_go_back_is_refused(
    people: People, delivery: Delivery, who: str, line: int, reason: str, field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        return_row(delivery, line, area=Area.objects.get(pk=VILLAGE), reason=reason, by=people[who])
    assert refused.value.field == field


def test_a_row_goes_back_once(people: People, task: CorrectionTask) -> None:
    with pytest.raises(Refused):
        return_row(task.delivery, 2, area=task.area, reason="还是错", by=people["zhen"])
    assert CorrectionTask.objects.count() == 1


def test_a_corrected_row_closes_it_by_itself(people: People, home: Household, task: CorrectionTask) -> None:
    later = delivered("medical_insurance_status", insured(home, "否"), by=people["yibao"])
    assert run_here(last_job()).result == {"closed": 1}
    task.refresh_from_db()
    assert (task.state, task.corrected_by, task.closed_on) == ("corrected", later, datetime.date(2026, 11, 4))
    assert told("row_answered") == {"cun"}


def test_the_same_row_again_closes_nothing(people: People, home: Household, task: CorrectionTask) -> None:
    delivered("medical_insurance_status", insured(home, "是"), by=people["yibao"], period="2026-11")
    assert run_here(last_job()).result == {"closed": 0}


def test_a_withdrawn_delivery_closes_it(people: People, task: CorrectionTask) -> None:
    withdraw(task.delivery, by=people["yibao"], reason="送错了")
    assert run_here(last_job()).result == {"closed": 1}


def test_a_contested_row_is_judged_by_the_county(people: People, task: CorrectionTask) -> None:
    contest = Request("contest", reason="系统显示已参保")
    with pytest.raises(Refused):
        answer(task, contest, by=people["cun"])
    assert answer(task, contest, by=people["yibao"]).state == "contested"
    assert told("row_answered") == {"cun"}
    assert [item.url for item in contested_rows(people["xian"])] == [f"/corrections/{task.pk}/"]
    assert answer(task, Request("insist", reason="村里再查仍未参保"), by=people["xian"]).state == "open"
    answer(task, contest, by=people["yibao"])
    assert answer(task, Request("withdraw", reason="参保属实"), by=people["xian"]).state == "withdrawn"


def test_another_department_does_not_answer(people: People, task: CorrectionTask) -> None:
    for who in ("lin_xian", "jingban", "zhen"):
        with pytest.raises(Refused):
            answer(task, Request("contest", reason="x"), by=people[who])
    assert not CorrectionTask.objects.visible_to(people["jingban"]).exists()
    assert CorrectionTask.objects.visible_to(people["zhen"]).exists()
    assert not CorrectionTask.objects.visible_to(people["lin_cun"]).exists()


def test_it_stands_on_the_officers_list(people: People, task: CorrectionTask) -> None:
    (item,) = rows_to_correct(people["yibao"])
    assert (item.url, item.due) == (f"/corrections/{task.pk}/", task.due_on)
    assert rows_to_correct(people["cun"]) == []


class TestPages:
    def test_the_original_row_is_shown_masked_and_recorded(
        self, signed_in: SignedIn, home: Household, task: CorrectionTask
    ) -> None:
        client = signed_in("yibao")
        page = client.get(f"/corrections/{task.pk}/").content.decode()
        assert "没有参保" in page
        assert "参保年度" not in page
        shown = client.post(f"/corrections/{task.pk}/row/").content.decode()
        assert "参保年度" in shown
        assert number_of(home.residents.get()) not in shown
        assert Entry.objects.filter(verb="delivery.row_read").count() == 1

    def test_village_people_do_not_see_the_row(self, signed_in: SignedIn, task: CorrectionTask) -> None:
        assert signed_in("cun").get(f"/corrections/{task.pk}/").status_code == 200
        assert signed_in("cun").post(f"/corrections/{task.pk}/row/").status_code == 403
        assert signed_in("lin_cun").get(f"/corrections/{task.pk}/").status_code == 404

    def test_the_officer_contests_on_a_page(self, signed_in: SignedIn, task: CorrectionTask) -> None:
        asked = signed_in("yibao").get(f"/corrections/{task.pk}/contest/").content.decode()
        assert task.delivery.dataset.name in asked
        assert "medical_insurance_status" not in asked
        sent = {"reason": "系统显示已参保", "happened_on": "2026-11-04", "version": 1}
        answered = signed_in("yibao").post(f"/corrections/{task.pk}/contest/", sent, follow=True)
        assert "系统显示已参保" in answered.content.decode()

    def test_a_dispatcher_returns_a_line_of_a_delivery(self, signed_in: SignedIn, delivery: Delivery) -> None:
        address = f"/corrections/of-delivery/{delivery.pk}/"
        assert signed_in("cun").get(address).status_code == 404
        assert signed_in("xian").post(address, {"line": 7, "reason": "错"}).status_code == 200
        assert signed_in("xian").post(address, {"line": 2, "reason": "错"}).status_code == 302
        assert CorrectionTask.objects.get().area_id == COUNTY

    def test_a_refused_proposal_tells_the_department(
        self, signed_in: SignedIn, people: People, delivery: Delivery
    ) -> None:
        run_here(Job.objects.filter(kind="propose_changes").latest("pk"))
        row = RegisterProposal.objects.get()
        signed_in("cun").post(f"/proposals/{row.pk}/refuse/", {"reason": "没有参保", "tell": "on"})
        made = CorrectionTask.objects.get()
        assert (made.delivery, made.line, made.area_id, made.raised_by) == (
            delivery,
            2,
            VILLAGE,
            people["cun"],
        )

    def test_the_list_is_exported_and_filtered(self, signed_in: SignedIn, task: CorrectionTask) -> None:
        client = signed_in("yibao")
        assert len(client.get("/corrections/?late=no").context["table"].rows) == 1
        assert client.get("/corrections/?state=corrected").context["table"].rows == []
        wanted = {"address": "/corrections/?", "form": "xlsx"}
        assert client.post(reverse("desk:export"), wanted)["Content-Type"].startswith("application/")

"""Somebody cremated still stands in the roll: the office that pays is reminded, and says what it did (D1, story S4)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.workflow.move import Request
from households.models import Household
from monitoring.followers import findings_written
from monitoring.models import CorrectionTask, Finding, Reminder
from monitoring.reminders.settling import WrongRow, settle
from monitoring.reminders.worklists import reminders_to_answer
from tests.households.families import make_household
from tests.monitoring.comparison.found import compared, cremated, in_benefit, member, of_nobody
from tests.monitoring.feeds import delivered, number_of
from tests.people import VILLAGE

People = dict[str, User]
SignedIn = Callable[[str], Client]
D1 = "cremated_in_benefit"


@pytest.fixture
def home(people: People) -> Household:
    return make_household("YS000004", "邓雨水", "万清明", by=people["xian"])


@pytest.fixture
def reminder(people: People, home: Household) -> Reminder:
    """She was cremated on 9 October and stands in the October roll."""
    in_benefit(member(home), people["xian"])
    cremated(member(home), people["xian"])
    compared(D1)
    return the_reminder()


def the_reminder() -> Reminder:
    return Reminder.objects.select_related("finding__standard", "finding__household", "finding__area").get()


def told() -> set[str]:
    return set(Notice.objects.filter(kind="reminders_wait").values_list("recipient__username", flat=True))


def test_it_is_addressed_to_the_department_of_the_roll(reminder: Reminder) -> None:
    assert (reminder.state, reminder.department_id, reminder.area_code) == ("open", "civil_affairs", VILLAGE)
    assert told() == {"jingban"}
    assert Entry.objects.get(verb="reminder.remind").area == VILLAGE
    assert Finding.objects.get().taken_at is not None


def test_the_next_night_reminds_of_nothing_new(reminder: Reminder, home: Household) -> None:
    compared(D1)
    assert the_reminder().version == reminder.version
    assert Notice.objects.get(kind="reminders_wait").count == 1


def test_held_and_looking_back_findings_remind_nobody(
    people: People, reminder: Reminder, home: Household
) -> None:
    Reminder.objects.all().delete()
    for change in ({"result": "held"}, {"result": "new", "looks_back": True}):
        Finding.objects.update(taken_at=None, **change)
        findings_written(Finding.objects.get().run, by=people["xian"])
        assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("verb", "outcome"), [("stop_aid", "aid_stopped"), ("keep_aid", "aid_kept"), ("reassess", "reassessed")]
)
def test_the_office_says_what_it_did(people: People, reminder: Reminder, verb: str, outcome: str) -> None:
    done = settle(reminder, Request(verb, reason="十一月起停发"), by=people["jingban"])
    assert (done.state, done.outcome, str(done.settled_on)) == ("settled", outcome, "2026-11-04")
    assert Entry.objects.filter(verb=f"reminder.{verb}").count() == 1


def test_kept_aid_and_wrong_data_need_a_reason(people: People, reminder: Reminder) -> None:
    for verb in ("keep_aid", "data_wrong"):
        with pytest.raises(Refused) as refused:
            settle(reminder, Request(verb), by=people["jingban"], wrong=a_row(reminder))
        assert refused.value.field == "reason"


def a_row(reminder: Reminder) -> WrongRow:
    row = reminder.finding.evidence[0]
    return WrongRow(row["delivery"], row["sheet"], row["line"])


def test_wrong_data_goes_back_to_its_department(people: People, reminder: Reminder) -> None:
    row = a_row(reminder)
    done = settle(reminder, Request("data_wrong", reason="火化的是同名的人"), by=people["jingban"], wrong=row)
    task = CorrectionTask.objects.get()
    assert (done.outcome, done.correction, task.state) == ("data_wrong", task, "open")
    assert (task.delivery_id, task.line, task.raised_by) == (row.delivery, row.line, people["jingban"])


def test_wrong_data_needs_one_of_its_rows(people: People, reminder: Reminder) -> None:
    for wrong in (None, WrongRow(a_row(reminder).delivery, "", 99)):
        with pytest.raises(Refused) as refused:
            settle(reminder, Request("data_wrong", reason="错"), by=people["jingban"], wrong=wrong)
        assert refused.value.field == "row"
    assert the_reminder().state == "open"


@pytest.mark.parametrize("who", ["yibao", "lin_xian", "lin_cun", "lingdao", "shending"])
def test_others_do_not_answer(people: People, reminder: Reminder, who: str) -> None:
    with pytest.raises(Refused):
        settle(reminder, Request("stop_aid"), by=people[who])


def test_a_case_officer_of_another_department_does_not_see_it(people: People, reminder: Reminder) -> None:
    people["jingban"].postings.update(department="medical_insurance")
    other = User.objects.get(username="jingban")
    assert not Reminder.objects.visible_to(other).exists()
    with pytest.raises(Refused):
        settle(reminder, Request("stop_aid"), by=other)


def test_a_later_roll_that_still_names_her_opens_it_again(
    people: People, reminder: Reminder, home: Household
) -> None:
    settle(reminder, Request("stop_aid"), by=people["jingban"])
    compared(D1)
    assert the_reminder().state == "settled"
    in_benefit(member(home), people["xian"], period="2026-11-03")
    compared(D1)
    again = the_reminder()
    assert (again.state, again.outcome, again.settled_on) == ("open", "", None)
    assert Notice.objects.get(kind="reminders_wait").count == 2


def test_a_list_that_tells_the_cremation_once_more_opens_nothing(
    people: People, reminder: Reminder, home: Household
) -> None:
    settle(reminder, Request("stop_aid"), by=people["jingban"])
    gone, number = member(home), number_of(member(home))
    row = {"身份证号": number, "姓名": gone.name, "火化日期": "2026-10-09"}
    later = {"身份证号": of_nobody(number), "姓名": "单白露", "火化日期": "2026-11-02"}
    assert delivered("cremation", [row, later], by=people["xian"], period="2026-11").repeated == 1
    compared(D1)
    assert the_reminder().state == "settled"


def test_it_is_taken_back_with_its_finding(people: People, reminder: Reminder) -> None:
    run = Finding.objects.get().run
    Finding.objects.update(retracted_at=timezone.now(), retracted_by_run=run, retracted_why="更正")
    findings_written(run, by=people["xian"])
    assert the_reminder().state == "retracted"


def test_an_answer_stays_when_the_finding_is_taken_back(people: People, reminder: Reminder) -> None:
    settle(reminder, Request("stop_aid"), by=people["jingban"])
    run = Finding.objects.get().run
    Finding.objects.update(retracted_at=timezone.now(), retracted_by_run=run, retracted_why="更正")
    findings_written(run, by=people["xian"])
    assert (the_reminder().state, the_reminder().outcome) == ("settled", "aid_stopped")


def test_it_stands_on_the_list_of_the_office(people: People, reminder: Reminder) -> None:
    (item,) = reminders_to_answer(people["jingban"])
    assert (item.state, item.url) == ("today", "/reminders/?state=open")
    assert [item.state for item in reminders_to_answer(people["xian"])] == ["waiting"]
    assert reminders_to_answer(people["zhen"]) == reminders_to_answer(people["cun"]) == []
    Reminder.objects.update(department=None)
    assert [item.state for item in reminders_to_answer(people["zhen"])] == ["today"]
    assert reminders_to_answer(people["jingban"]) == []


class TestPages:
    def test_the_case_officer_reads_the_line_of_the_own_file_and_a_masked_name(
        self, signed_in: SignedIn, reminder: Reminder
    ) -> None:
        for address in (f"/reminders/{reminder.pk}/", "/reminders/"):
            page = signed_in("jingban").get(address).content.decode()
            assert "邓**" in page
            assert "邓雨水" not in page
            assert "YS000004" not in page
        page = signed_in("jingban").get(f"/reminders/{reminder.pk}/").content.decode()
        assert "dibao_roll.csv" in page
        assert "line 2" in page

    def test_who_knows_the_household_reads_the_name(self, signed_in: SignedIn, reminder: Reminder) -> None:
        for who in ("xian", "zhen", "cun"):
            page = signed_in(who).get(f"/reminders/{reminder.pk}/").content.decode()
            assert "邓雨水" in page
        assert "dibao_roll.csv" not in page  # the doorstep sees that it is so, not the rows

    @pytest.mark.parametrize(
        ("who", "status"), [("lin_xian", 404), ("lin_cun", 404), ("yibao", 403), ("rexian", 403)]
    )
    def test_it_is_closed_to_others(
        self, signed_in: SignedIn, reminder: Reminder, who: str, status: int
    ) -> None:
        assert signed_in(who).get(f"/reminders/{reminder.pk}/").status_code == status
        assert signed_in(who).get(f"/reminders/{reminder.pk}/stop_aid/").status_code == status

    def test_who_reads_findings_sees_it_and_answers_nothing(
        self, signed_in: SignedIn, reminder: Reminder
    ) -> None:
        page = signed_in("lingdao").get(f"/reminders/{reminder.pk}/").content.decode()
        assert f"/reminders/{reminder.pk}/stop_aid/" not in page
        assert signed_in("lingdao").get(f"/reminders/{reminder.pk}/stop_aid/").status_code == 403

    def test_it_is_answered_on_a_page(self, signed_in: SignedIn, reminder: Reminder) -> None:
        client, sent = signed_in("jingban"), {"happened_on": "2026-11-04", "version": 1}
        address = f"/reminders/{reminder.pk}/keep_aid/"
        assert client.post(address, sent).status_code == 200
        answered = client.post(address, sent | {"reason": "当月仍应发放"}, follow=True)
        assert "当月仍应发放" in answered.content.decode()

    def test_wrong_data_is_said_on_a_page(self, signed_in: SignedIn, reminder: Reminder) -> None:
        client, row = signed_in("jingban"), a_row(reminder)
        sent = {"happened_on": "2026-11-04", "version": 1, "reason": "同名的人"}
        address = f"/reminders/{reminder.pk}/data_wrong/"
        assert client.post(address, sent).status_code == 200
        sent["row"] = f"{row.delivery}:{row.line}:{row.sheet}"
        page = client.post(address, sent, follow=True).content.decode()
        assert "The row went back to its department" in page
        assert CorrectionTask.objects.get().reason == "同名的人"

    def test_the_platforms_own_moves_are_nobodys(self, signed_in: SignedIn, reminder: Reminder) -> None:
        for verb in ("retract", "find_again", "nothing"):
            assert signed_in("xian").get(f"/reminders/{reminder.pk}/{verb}/").status_code == 404

    def test_the_list_is_filtered_and_exported(self, signed_in: SignedIn, reminder: Reminder) -> None:
        client = signed_in("jingban")
        for query, count in (
            ("state=open", 1), ("state=settled", 0), (f"standard={D1}", 1), ("owner=civil_affairs", 1),
            ("owner=township", 0), (f"area={VILLAGE}", 1), ("outcome=aid_kept", 0),
        ):  # fmt: skip
            assert len(client.get(f"/reminders/?{query}").context["table"].rows) == count, query
        sent = client.post("/export/", {"address": "/reminders/?", "form": "xlsx"})
        assert sent["Content-Type"].startswith("application/")

    def test_the_household_and_the_finding_show_it(
        self, signed_in: SignedIn, home: Household, reminder: Reminder
    ) -> None:
        for who, address in (
            ("cun", f"/households/{home.pk}/"), ("xian", f"/findings/{reminder.finding_id}/"),
        ):  # fmt: skip
            assert f"/reminders/{reminder.pk}/" in signed_in(who).get(address).content.decode()

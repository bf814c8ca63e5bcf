"""What an office answers as landed is aid in the same act: counted once, handed in, and struck out with the answer."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assistance.aid import acknowledging, recording
from assistance.aid.handing_in import file_of
from assistance.aid.of_answers import answer_again, lacks_record, land
from assistance.aid.totals import by_year
from assistance.aid.worklists import unrecorded
from assistance.measures.answering import Landed
from assistance.models import AidRecord, Case, Measure
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from tests.assistance.aid.made import aid, once, recorded
from tests.assistance.help.helped import ENOUGH, member, ticked
from tests.house.planted_help import a_measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
D = datetime.date
SAID = "Measures that landed without a record of aid: 1"


@pytest.fixture
def asked(case: Case, people: dict[str, User]) -> Measure:
    """Return a measure that the medical insurance office was asked for on 1 September."""
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    Measure.objects.filter(pk=made.pk).update(ticked_on=D(2026, 9, 1), asked_on=D(2026, 9, 1))
    return Measure.objects.select_related("case__household").get(pk=made.pk)


def rows(case: Case) -> list[AidRecord]:
    found = AidRecord.objects.filter(case=case)
    return list(found.select_related("case__household", "resident__identity", "department"))


@pytest.mark.parametrize(
    ("told", "per", "until", "yuan"),
    [
        (Landed(D(2026, 9, 15), Decimal(2000), "once"), "once", None, 2000),
        (Landed(D(2026, 9, 15), Decimal(420), "month"), "month", None, 1260),
        (Landed(D(2026, 9, 15), Decimal(420), "month", D(2026, 10, 31)), "month", D(2026, 10, 1), 840),
        (Landed(D(2026, 9, 15), Decimal(1500), "term"), "once", None, 1500),
        (Landed(D(2026, 9, 15), Decimal(3000), "year"), "once", None, 3000),
        (Landed(D(2026, 9, 15), note="住院陪护"), "once", None, 0),
        (Landed(D(2026, 9, 15), until=D(2026, 10, 31)), "month", D(2026, 10, 1), 0),
    ],
)
def test_the_answer_is_aid_and_counted_as_it_was_given(
    asked: Measure, people: dict[str, User], told: Landed, per: str, until: D | None, yuan: int
) -> None:
    land(asked, told, by=people["yibao"])
    (row,) = rows(asked.case)
    assert (row.per, row.until_month, row.measure_id, row.resident_id) == (
        per,
        until,
        asked.pk,
        asked.resident_id,
    )
    assert (row.department_id, row.acknowledged_how) == ("medical_insurance", "")
    (year,) = by_year([row], clock.today())
    assert (year.year, year.yuan, year.aids) == (2026, Decimal(yuan), 1)
    handed = file_of(D(2026, 9, 1), [row], {}).decode()
    assert f"医疗救助,2026-09-15,{'' if told.amount is None else row.amount}" in handed
    # Who ticked is told once, of the answer.
    assert list(Notice.objects.filter(recipient=people["cun"]).values_list("kind", flat=True)) == [
        "measures_answered"
    ]


def test_what_is_recorded_already_is_not_written_twice(asked: Measure, people: dict[str, User]) -> None:
    recorded(asked.case, people["cun"], once(asked.case, measure=asked))
    land(asked, Landed(clock.today(), Decimal(2000), "once"), by=people["yibao"])
    assert len(rows(asked.case)) == 1


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"per": "once", "landed_on": D(2026, 9, 1)}, False),
        ({"per": "once", "landed_on": D(2026, 8, 31)}, True),
        ({"landed_on": D(2026, 7, 1)}, False),
        ({"landed_on": D(2026, 7, 1), "until_month": D(2026, 8, 1)}, True),
        ({"landed_on": D(2026, 7, 1), "until_month": D(2026, 9, 1)}, False),
        ({"per": "once", "landed_on": D(2026, 9, 20), "resident": 3}, True),
        ({"per": "once", "landed_on": D(2026, 9, 20), "code": "temporary_aid"}, True),
    ],
)
def test_the_same_help_that_nobody_put_under_it_is_its_record(
    asked: Measure, people: dict[str, User], said: dict[str, object], lacks: bool
) -> None:
    given = dict(said)
    whom = member(asked.case, int(str(given.pop("resident", 0)))).pk
    code = str(given.pop("code", "medical_aid"))
    recorded(asked.case, people["cun"], aid(asked.case, code, **given | {"resident": whom}))
    land(asked, Landed(D(2026, 9, 15), Decimal(420), "month"), by=people["yibao"], record=False)
    assert lacks_record(asked) is lacks


def test_taking_the_answer_back_strikes_its_record_out(asked: Measure, people: dict[str, User]) -> None:
    land(asked, Landed(clock.today(), Decimal(2000), "once"), by=people["yibao"])
    answer_again(asked, "填错了户", by=people["yibao"])
    (row,) = rows(asked.case)
    assert (asked.state, row.state) == ("asked", "struck")
    land(asked, Landed(clock.today(), Decimal(200), "once"), by=people["yibao"])
    assert by_year(rows(asked.case), clock.today())[0].yuan == Decimal(200)


def test_what_the_household_acknowledged_stays(asked: Measure, people: dict[str, User]) -> None:
    land(asked, Landed(clock.today(), Decimal(2000), "once"), by=people["yibao"])
    (row,) = rows(asked.case)
    acknowledging.by_phone(row, "柳霜降", by=people["cun"])
    answer_again(asked, "填错了户", by=people["yibao"])
    assert rows(asked.case)[0].state == "recorded"


def test_an_act_that_cannot_be_recorded_leaves_nothing(asked: Measure, people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        land(asked, Landed(clock.today(), Decimal(0), "once"), by=people["yibao"])
    assert rows(asked.case) == []


def test_what_landed_without_a_record_is_on_the_home_page_and_in_the_list(
    asked: Measure, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    land(asked, Landed(clock.today(), Decimal(2000), "once"), by=people["yibao"], record=False)
    for who in ("cun", "yibao"):
        (line,) = unrecorded(people[who])
        assert line.title == SAID
        assert "medical aid" in signed_in(who).get(line.url).content.decode()
    assert [unrecorded(people[who]) for who in ("jingban", "lin_zhen", "lingdao")] == [[], [], []]
    recorded(asked.case, people["yibao"], once(asked.case, measure=asked))
    assert unrecorded(people["cun"]) == []
    listed = signed_in("cun").get(f"{reverse('cases:measure_tasks')}?recorded=no").content.decode()
    assert "data-label" not in listed
    landed = signed_in("cun").get(f"{reverse('cases:measure_tasks')}?recorded=yes").content.decode()
    assert "medical aid" in landed


def test_the_form_begins_with_the_record(asked: Measure, signed_in: Callable[[str], Client]) -> None:
    url = reverse("cases:measure_move", args=[asked.pk, "land"])
    browser = signed_in("yibao")
    page = browser.get(url).content.decode()
    assert 'name="record"' in page
    assert "checked" in page.split('name="record"')[1].split(">")[0]
    day = clock.today().isoformat()
    sent = {"landed_on": day, "amount": "490", "per": "month", "version": asked.version, "record": "on"}
    assert browser.post(url, sent).status_code == 302
    assert [(row.amount, row.per) for row in rows(asked.case)] == [(Decimal(490), "month")]
    stop = reverse("cases:measure_move", args=[asked.pk, "stop"])
    assert "Stop · medical aid" in browser.get(stop).content.decode()
    version = Measure.objects.get(pk=asked.pk).version
    assert browser.post(stop, {"stopped_on": day, "reason": "已康复", "version": version}).status_code == 302
    assert "stopped after" in browser.get(reverse("cases:measure", args=[asked.pk])).content.decode()
    assert rows(asked.case)[0].stopped_month == clock.today().replace(day=1)


def test_what_runs_under_another_measure_is_not_recorded_a_second_time(
    case: Case, people: dict[str, User]
) -> None:
    head = member(case, 0)
    row = a_measure("asked", case, people["cun"], code="dibao", name="最低生活保障", resident=head)
    recorded(case, people["cun"], aid(case))
    land(Measure.objects.select_related("case__household").get(pk=row.pk), Landed(clock.today(), Decimal(420), "month"),
         by=people["yibao"])  # fmt: skip
    assert len(rows(case)) == 1
    recording.stop(rows(case)[0], clock.today(), "退出", by=people["cun"])

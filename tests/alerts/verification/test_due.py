"""By when a step and the whole are due: by the values of the area, from the first clue, pauses shown apart."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alerts import deciding
from alerts.deciding import Closing
from alerts.models import Alert, Channel
from alerts.reporting import Told, report
from alerts.verification.due import STEP_RULES, set_due
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.regulations.models import Value
from foundation.workflow import paths
from foundation.workflow.models import Course
from foundation.workflow.move import Request, move
from households.models import Household
from tests.alerts.made import find, follow, run_of, the_alert
from tests.households.families import make_household
from tests.monitoring.made import delivered
from tests.monitoring.runs.made import switched_off

D = datetime.date
#: A Wednesday; the calendar of the tests has no holidays near it.
DAY = D(2026, 11, 4)


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    run = run_of(people["xian"])
    find(run, "house_unsafe", home)
    follow(run)
    return the_alert(home)


def days(alert: Alert) -> tuple[object, object, object]:
    alert.refresh_from_db()
    return alert.first_clue_on, alert.step_due_on, alert.total_due_on


def visited(alert: Alert, people: dict[str, User]) -> None:
    go(alert, "dispatch", people["xian"], DAY)
    go(alert, "assign", people["zhen"], DAY, visitor=people["cun"])
    go(alert, "report", people["cun"], D(2026, 11, 6), visit="1")


def with_a_department(alert: Alert, people: dict[str, User]) -> None:
    visited(alert, people)
    go(alert, "refer", people["zhen"], D(2026, 11, 9))


def go(alert: Alert, verb: str, by: User, on: datetime.date, **given: object) -> None:
    with clock.at(on):
        alert.refresh_from_db()
        writes = {name: value for name, value in given.items() if name == "relook_on"}
        move(alert, Request(verb, reason="如实", given=given, writes=writes), by=by)
        set_due([alert])


def test_a_new_alert_is_due_to_be_dispatched_and_as_a_whole(alert: Alert) -> None:
    assert days(alert) == (DAY, D(2026, 11, 5), D(2026, 11, 19))


def test_every_state_in_which_somebody_is_to_act_has_a_value() -> None:
    without = set(Alert.lifecycle.states) - set(STEP_RULES) - set(Alert.lifecycle.finals)
    assert without == {"proposed", "watched", "unauthorised"}


def test_each_step_counts_from_the_day_it_began(alert: Alert, people: dict[str, User]) -> None:
    friday = D(2026, 11, 6)
    with clock.at(friday):
        deciding.dispatch(alert, Request("dispatch"), by=people["xian"])
    assert days(alert) == (DAY, D(2026, 11, 9), D(2026, 11, 19)), "one working day after a Friday is a Monday"
    go(alert, "assign", people["zhen"], D(2026, 11, 9), visitor=people["cun"])
    assert days(alert)[1:] == (D(2026, 11, 12), D(2026, 11, 19)), "three days for the visit"


def test_the_first_clue_is_the_delivery_and_not_the_night_that_read_it(
    home: Household, people: dict[str, User]
) -> None:
    early, late = (
        delivered("medical_settlement", "2026-10", people["yibao"], on=D(2026, 11, on)) for on in (1, 2)
    )
    run = run_of(people["xian"])
    rows = [{"delivery": each.pk, "line": 2} for each in (early, late)]
    find(run, "medical_single_stay", home, home.residents.get(relation="01"), evidence=rows)
    follow(run)
    assert days(the_alert(home))[0] == late.received_on, "before the last row came there was no clue"


def test_a_report_begins_the_clock_on_the_day_it_was_told(home: Household, people: dict[str, User]) -> None:
    told = Told(Channel.SELF_REPORT, D(2026, 10, 1), "illness", "住院花光了钱")
    report(home, told, by=people["cun"])
    assert days(the_alert(home))[0] == DAY, "the event itself lies a month back"


def test_a_later_signal_does_not_put_the_clock_back(alert: Alert, people: dict[str, User]) -> None:
    with clock.at(D(2026, 11, 10)):
        report(alert.household, Told(Channel.VISIT, DAY, "illness", "又住院"), by=people["cun"])
    assert days(alert) == (DAY, D(2026, 11, 5), D(2026, 11, 19))


def test_time_with_a_department_moves_the_last_day(alert: Alert, people: dict[str, User]) -> None:
    with_a_department(alert, people)
    assert days(alert) == (DAY, D(2026, 11, 16), None), (
        "it stands still, and the department has five working days"
    )
    go(alert, "resume", people["zhen"], D(2026, 11, 13))
    assert days(alert) == (DAY, D(2026, 11, 16), D(2026, 11, 23)), "four days stood still"


def test_where_the_area_knows_no_pauses_the_clock_runs_on(alert: Alert, people: dict[str, User]) -> None:
    switched_off("total_clock_pauses")
    with_a_department(alert, people)
    assert days(alert)[2] == D(2026, 11, 19)


def test_a_watched_alert_is_due_on_its_day(alert: Alert, people: dict[str, User]) -> None:
    visited(alert, people)
    go(alert, "watch", people["zhen"], D(2026, 11, 6), relook_on=D(2026, 12, 1))
    assert days(alert)[1:] == (D(2026, 12, 1), None)


def test_what_ended_has_no_step_left(alert: Alert, people: dict[str, User]) -> None:
    deciding.close(alert, Closing("not_eligible", "收入稳定", 90), by=people["xian"])
    assert days(alert)[1:] == (None, D(2026, 11, 19)), "the last day of the whole stays, to be held against"


def test_a_path_names_the_value_of_its_step(alert: Alert) -> None:
    text = """
        kind = "verification"
        from = 2026-01-02
        source = {title = "示例"}
        [[step]]
        code = "dispatch"
        label = "交办"
        verb = "dispatch"
        deadline = "helper_days"
    """
    path = paths.load(paths.read(text, file="示例.toml", lifecycle=Alert.lifecycle))
    Course.objects.filter(model="alerts.alert", object_id=str(alert.pk)).update(path=path)
    set_due([alert])
    assert alert.step_due_on == D(2026, 11, 11), "five working days, and the row in hand says so too"


def test_values_that_were_counted_with_cannot_change_any_more(alert: Alert) -> None:
    used = Value.objects.filter(used_on=DAY).values_list("subject_id", flat=True)
    assert {"total_clock", "warning_dispatch_days"} <= set(used)


def test_many_alerts_take_as_many_questions_as_few(alert: Alert, people: dict[str, User]) -> None:
    few = questions([alert.pk])
    run = run_of(people["xian"])
    for number in range(2, 12):
        other = make_household(f"YS{number:06d}", "方小满", by=people["xian"])
        find(run, "house_unsafe", other)
    follow(run)
    many = list(Alert.objects.values_list("pk", flat=True))
    assert (len(many), questions(many)) == (11, few)
    assert not Alert.objects.filter(total_due_on=None).exists()


def questions(alerts: list[int]) -> int:
    with CaptureQueriesContext(connection) as asked:
        set_due(alerts)
    return len(asked)

"""What the comparison found becomes one open alert per household, and never the same one twice."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from alerts.deciding import Closing, close, detach, reopen
from alerts.models import Alert
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.workflow.models import Passage
from foundation.workflow.move import Request
from households.models import Household
from monitoring.models import Finding
from tests.alerts.made import DAY, find, follow, run_of, the_alert
from tests.households.families import make_household, stand

STAY, YEAR, HALF = "medical_single_stay", "medical_self_paid_year", "medical_self_paid_half_year"


def head(home: Household) -> object:
    return home.residents.get(relation="01")


def closed(alert: Alert, by: User, *, days: int = 90) -> Alert:
    return close(alert, Closing("solved_by_policy", "商业保险已赔付", days), by=by)


def test_three_standards_in_one_night_are_one_alert(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    find(run, YEAR, home, head(home))
    find(run, HALF, home)
    taken = follow(run)
    alert = the_alert(home)
    assert (taken.alerts_raised, taken.signals_attached) == (1, 3)
    assert (alert.state, alert.opened_on, alert.run) == ("raised", DAY, run)
    assert alert.standards == sorted([STAY, YEAR, HALF])
    assert (alert.channels, alert.themes) == (["feed"], ["illness"])
    assert len({each.cause for each in alert.signals.all()}) == 1
    assert not Finding.objects.waiting().exists()


def test_raising_stands_in_the_record_and_the_history(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    finding = find(run, STAY, home, head(home))
    follow(run)
    alert = the_alert(home)
    entry = Entry.objects.get(verb="alert.raise", object_id=str(alert.pk))
    assert read_body(entry)["details"]["findings"] == [finding.pk]
    assert entry.area == home.area_id
    passage = Passage.objects.get(model="alerts.alert", object_id=str(alert.pk))
    assert (passage.to_state, passage.role, passage.entry) == ("raised", "platform", entry.uuid)


def test_following_a_run_again_changes_nothing(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    before = list(Alert.objects.values()), Entry.objects.count()
    again = follow(run)
    assert (again.alerts_raised, again.signals_attached) == (0, 0)
    assert (list(Alert.objects.values()), Entry.objects.count()) == before


def test_what_is_found_again_is_counted_and_says_what_is_measured_now(
    home: Household, people: dict[str, User]
) -> None:
    for measured in ("12600.00", "15200.00"):
        run = run_of(people["xian"])
        find(run, STAY, home, head(home), measured)
        taken = follow(run)
    alert = the_alert(home)
    (signal,) = alert.signals.all()
    assert (taken.alerts_raised, taken.signals_attached) == (0, 0)
    assert (alert.repeats, signal.repeats, str(signal.measured)) == (1, 1, "15200.0000")


def test_a_later_finding_joins_the_open_alert(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    before = the_alert(home)
    run = run_of(people["xian"])
    find(run, "house_unsafe", home)
    taken = follow(run)
    alert = the_alert(home)
    assert alert.pk == before.pk
    assert (taken.alerts_raised, taken.signals_attached) == (0, 1)
    assert alert.priority > before.priority
    assert alert.version > before.version, "who is deciding on it looks at it again"
    assert Entry.objects.filter(verb="alert.signals_attached", object_id=str(alert.pk)).count() == 1


def test_reminders_held_findings_and_runs_that_look_back_raise_nothing(
    home: Household, people: dict[str, User]
) -> None:
    run = run_of(people["xian"])
    find(run, "cremated_in_benefit", home)
    find(run, STAY, home, head(home), result="held")
    follow(run)
    back = run_of(people["xian"], looks_back=True)
    find(back, YEAR, home, head(home))
    follow(back)
    assert not Alert.objects.exists()


def test_the_database_knows_of_one_open_alert_per_household(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    with pytest.raises(IntegrityError, match="a_household_has_one_open_alert"), transaction.atomic():
        Alert.objects.create(household=home, area=home.area, opened_on=DAY, state="watched")


def test_dispatchers_are_told_once_for_a_run(home: Household, people: dict[str, User]) -> None:
    other = make_household("YS000002", "骆白露", by=people["xian"])
    run = run_of(people["xian"])
    for each in (home, other):
        find(run, STAY, each, head(each))
    follow(run)
    notices = Notice.objects.filter(kind="alerts_raised")
    assert [(each.recipient, each.count) for each in notices] == [(people["xian"], 2)]


def test_what_a_person_detached_stays_detached(home: Household, people: dict[str, User]) -> None:
    for _night in range(2):
        run = run_of(people["xian"])
        find(run, STAY, home, head(home))
        find(run, "house_unsafe", home)
        follow(run)
        alert = the_alert(home)
        if signal := alert.signals.living().filter(standard=STAY).first():
            detach(signal, by=people["xian"], reason="同名")
    assert [each.standard_id for each in alert.signals.living()] == ["house_unsafe"]
    assert alert.standards == ["house_unsafe"]


def test_a_monitored_household_gets_an_ordinary_alert_with_a_mark(people: dict[str, User]) -> None:
    home = make_household("YS000003", "蒲小满", by=people["xian"])
    stand(home, "marginal", from_day=datetime.date(2026, 3, 20))
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    assert (the_alert(home).state, the_alert(home).already_monitored) == ("raised", True)


def test_a_reopened_alert_takes_signals_again(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    alert = closed(the_alert(home), people["xian"])
    reopen(alert, Request("reopen", reason="办错了"), by=people["xian"])
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    alert.refresh_from_db()
    assert (alert.state, alert.repeats, alert.quiet_until, alert.outcome) == ("raised", 1, None, "")

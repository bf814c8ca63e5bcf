"""A closed alert keeps its standards quiet until its day or a step up; what is taken back takes its alert along."""

import datetime

import pytest

from alerts.deciding import Closing, close
from alerts.models import Alert
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.models import Household
from monitoring.models import Finding
from tests.alerts.made import DAY, find, follow, run_of, take_back, the_alert

STAY, YEAR, HALF = "medical_single_stay", "medical_self_paid_year", "medical_self_paid_half_year"


def head(home: Household) -> object:
    return home.residents.get(relation="01")


def closed(alert: Alert, by: User, *, days: int = 90) -> Alert:
    return close(alert, Closing("solved_by_policy", "商业保险已赔付", days), by=by)


def test_a_closed_alert_keeps_its_standards_quiet(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    closed(the_alert(home), people["xian"])
    run = run_of(people["xian"])
    finding = find(run, STAY, home, head(home))
    taken = follow(run)
    finding.refresh_from_db()
    assert (taken.alerts_raised, finding.result) == (0, "cooled_down")
    assert finding.taken_at is not None
    assert not Alert.objects.open().exists()


def test_the_day_after_the_cool_down_warns_again(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    assert closed(the_alert(home), people["xian"]).quiet_until == DAY + datetime.timedelta(days=90)
    for days, raised in ((90, 0), (91, 1)):
        with clock.at(DAY + datetime.timedelta(days=days)):
            run = run_of(people["xian"])
            find(run, STAY, home, head(home))
            assert follow(run).alerts_raised == raised
    assert the_alert(home).woke == "quiet_over"


def test_story_s7_a_step_up_wakes_and_says_why(home: Household, people: dict[str, User]) -> None:
    with clock.at(datetime.date(2026, 9, 1)):
        run = run_of(people["xian"])
        for standard, resident in ((STAY, head(home)), (YEAR, head(home)), (HALF, None)):
            find(run, standard, home, resident, "27300.00")
        follow(run)
    with clock.at(datetime.date(2026, 9, 10)):
        first = closed(the_alert(home), people["xian"])
    assert first.quiet_until == datetime.date(2026, 12, 9)
    run = run_of(people["xian"])
    stay = find(run, STAY, home, head(home), "27300.00")
    find(run, YEAR, home, head(home), "41900.00")
    find(run, HALF, home, None, "40949.99")
    taken = follow(run)
    alert = the_alert(home)
    assert (taken.alerts_raised, taken.signals_attached) == (1, 1)
    assert (alert.woke, alert.follows) == ("step_up", first)
    assert alert.standards == [YEAR], "40,949.99 is below 27,300 × 1.5 = 40,950, and the stay did not change"
    stay.refresh_from_db()
    assert stay.result == "cooled_down"


def test_another_standard_wakes_the_household(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    closed(the_alert(home), people["xian"])
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    find(run, "house_unsafe", home)
    follow(run)
    alert = the_alert(home)
    assert (alert.state, alert.woke, alert.standards) == ("raised", "other_standard", ["house_unsafe"])


def test_another_member_does_not_wake_the_same_standard(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    follow(run)
    closed(the_alert(home), people["xian"])
    run = run_of(people["xian"])
    find(run, STAY, home, home.residents.get(relation="02"))
    assert follow(run).alerts_raised == 0


def test_a_correction_retracts_signals_and_the_alert_with_the_last(
    home: Household, people: dict[str, User]
) -> None:
    run = run_of(people["xian"])
    stay, house = find(run, STAY, home, head(home)), find(run, "house_unsafe", home)
    follow(run)
    urgent = the_alert(home).priority
    run = run_of(people["xian"])
    take_back(run, [stay])
    follow(run)
    alert = the_alert(home)
    assert (alert.state, alert.standards) == ("raised", ["house_unsafe"])
    assert alert.priority < urgent
    run = run_of(people["xian"])
    take_back(run, [house], "the delivery was withdrawn")
    follow(run)
    alert = the_alert(home)
    assert alert.state == "retracted"
    assert {each.retracted_why for each in alert.signals.all()} == {
        "the row was corrected",
        "the delivery was withdrawn",
    }
    assert Entry.objects.filter(verb="alert.retract", object_id=str(alert.pk)).exists()


@pytest.mark.parametrize("state", ["reported", "proposed", "watched", "referred", "unauthorised"])
def test_who_was_visited_already_was_visited_in_vain(
    home: Household, people: dict[str, User], state: str
) -> None:
    run = run_of(people["xian"])
    finding = find(run, STAY, home, head(home))
    follow(run)
    Alert.objects.update(state=state)
    run = run_of(people["xian"])
    take_back(run, [finding])
    follow(run)
    assert (the_alert(home).state, the_alert(home).baseless_on) == (state, DAY)


def test_a_retraction_that_is_undone_puts_the_alert_back(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    finding = find(run, STAY, home, head(home))
    follow(run)
    first = the_alert(home)
    run = run_of(people["xian"])
    take_back(run, [finding])
    follow(run)
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    taken = follow(run)
    alert = the_alert(home)
    assert (alert.pk, alert.state, alert.reopened) == (first.pk, "raised", 1)
    assert (taken.alerts_raised, taken.signals_attached) == (1, 1)
    assert alert.priority == first.priority


def test_what_was_retracted_keeps_nothing_quiet(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    finding = find(run, STAY, home, head(home))
    follow(run)
    closed(the_alert(home), people["xian"])
    run = run_of(people["xian"])
    take_back(run, [finding])
    follow(run)
    assert the_alert(home).baseless_on == DAY
    run = run_of(people["xian"])
    find(run, STAY, home, head(home))
    assert follow(run).alerts_raised == 1


def test_what_a_person_refused_leaves_its_alert_with_the_next_run(
    home: Household, people: dict[str, User]
) -> None:
    run = run_of(people["xian"])
    finding = find(run, STAY, home, head(home))
    find(run, "house_unsafe", home)
    follow(run)
    take_back(run, [finding], "the unit was wrong")
    Finding.objects.filter(pk=finding.pk).update(retracted_by_run=None, held_because="refused")
    follow(run_of(people["xian"]))
    alert = the_alert(home)
    assert (alert.state, alert.standards) == ("raised", ["house_unsafe"])
    assert alert.signals.get(finding=finding).retracted_why == "the unit was wrong"

"""Runs write findings once: found, found again, corrected, withdrawn, looked back at."""

import datetime

import pytest

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from monitoring.comparison.counting import counts_of
from monitoring.intake import deciding
from monitoring.models import Delivery, Finding, StagedFinding
from tests.monitoring.comparison.stories import ON, compared, county, cremated, listed, paid, result
from tests.people import COUNTY, NEIGHBOUR_COUNTY, make_areas, make_people

YEAR = "medical_self_paid_year"


@pytest.fixture
def xian(own_database: str) -> User:
    """The dispatcher of the county, in a database in which a job may commit."""
    return make_people(make_areas())["xian"]


def test_a_finding_is_written_with_its_rows_its_line_and_its_window(xian: User) -> None:
    made = county(by=xian)
    bill = paid(made, ("甲0", "1", "26000.00"), by=xian)
    run = compared(xian, standards=[YEAR])
    (finding,) = Finding.objects.all()
    assert (finding.result, finding.measured, finding.line, finding.comparator) == ("new", 26000, 26000, ">=")
    assert (finding.window_first, finding.window_last) == (datetime.date(2026, 1, 1), ON)
    assert finding.evidence == [
        {
            "delivery": bill.pk, "digest": bill.batch.digest, "line": 2, "sheet": "", "seq": 0,
            "day": "2026-10-05", "value": "26000.00",
        }
    ]  # fmt: skip
    assert finding.line_value is not None
    assert finding.line_source
    assert (finding.run, finding.first_run, finding.area_id) == (run, run, "999901001001")
    assert not StagedFinding.objects.exists()


def test_the_counts_are_those_of_the_format_page(xian: User) -> None:
    paid(county(2, by=xian), ("甲0", "1", "26000"), ("甲1", "2", "100"), by=xian)
    told = counts_of(compared(xian))
    assert list(told) == ["run", "as_of", "standards", "alerts_raised", "signals_attached"]
    assert told["standards"][YEAR] == {
        "subjects": 2, "findings": 1, "new": 1, "repeated": 0, "cooled_down": 0, "held": 0, "retracted": 0,
        "silent": False,
    }  # fmt: skip
    assert len(told["standards"]) == 18


def test_the_same_run_again_doubles_nothing(xian: User) -> None:
    paid(county(by=xian), ("甲0", "1", "26000"), by=xian)
    first, second = compared(xian), compared(xian)
    (one, two) = result(first, YEAR), result(second, YEAR)
    assert (one.new, one.repeated, two.new, two.repeated) == (1, 0, 0, 1)
    found = Finding.objects.get(standard=YEAR)
    assert (found.run, found.first_run, found.result) == (second, first, "repeated")
    ended = Entry.objects.filter(verb="comparison.ended")
    assert ended.count() == 2


def test_a_withdrawn_delivery_takes_its_findings_back_and_says_so(xian: User) -> None:
    bill = paid(county(by=xian), ("甲0", "1", "26000"), by=xian)
    compared(xian)
    deciding.withdraw(bill, by=xian, reason="反馈有误")
    run = compared(xian)
    found = Finding.objects.get(standard=YEAR)
    assert (result(run, YEAR).retracted, found.retracted_by_run, found.retracted_for) == (1, run, bill)
    assert found.retracted_why
    assert result(compared(xian), YEAR).retracted == 0


def test_a_correction_takes_back_what_no_longer_reaches_the_line(xian: User) -> None:
    made = county(by=xian)
    paid(made, ("甲0", "1", "26000"), by=xian)
    compared(xian)
    later = paid(made, ("甲0", "1", "2600"), by=xian)
    run = compared(xian)
    assert Finding.objects.get(standard=YEAR).retracted_for == later
    assert (result(run, YEAR).subjects, result(run, YEAR).retracted) == (1, 1)


def test_a_correction_over_the_line_renews_the_finding(xian: User) -> None:
    made = county(by=xian)
    paid(made, ("甲0", "1", "26000"), by=xian)
    compared(xian)
    paid(made, ("甲0", "1", "27000"), by=xian)
    run = compared(xian)
    found = Finding.objects.get(standard=YEAR)
    assert (found.measured, found.result, found.retracted_at) == (27000, "repeated", None)
    assert result(run, YEAR).retracted == 0


def test_a_row_said_again_in_a_later_file_takes_nothing_back(xian: User) -> None:
    made = county(by=xian)
    paid(made, ("甲0", "1", "26000"), by=xian)
    compared(xian)
    paid(made, ("甲0", "1", "26000"), by=xian)
    run = compared(xian, as_of=datetime.date(2027, 1, 1))
    assert (result(run, YEAR).subjects, result(run, YEAR).retracted) == (0, 0)
    assert Finding.objects.get(standard=YEAR).retracted_at is None


def test_who_stands_in_a_list_that_replaces_the_newest_has_not_left(xian: User) -> None:
    made = county(by=xian)
    listed(made, "甲0", by=xian, period="2026-09")
    short = listed(made, by=xian)
    assert result(compared(xian), "dibao_left").new == 1
    whole = listed(made, "甲0", by=xian)
    Delivery.objects.filter(pk=short.pk).update(state="superseded", superseded_by=whole)
    run = compared(xian)
    found = Finding.objects.get(standard="dibao_left")
    assert (result(run, "dibao_left").retracted, found.retracted_for) == (1, whole)


def test_standing_in_an_earlier_list_does_not_keep_what_rests_on_the_newest(xian: User) -> None:
    made = county(by=xian)
    listed(made, "甲0", by=xian, period="2026-09")
    newest = listed(made, "甲0", by=xian)
    cremated(made, "甲0", by=xian)
    assert result(compared(xian), "cremated_in_benefit").new == 1
    whole = listed(made, by=xian)
    Delivery.objects.filter(pk=newest.pk).update(state="superseded", superseded_by=whole)
    run = compared(xian)
    found = Finding.objects.get(standard="cremated_in_benefit")
    assert (result(run, "cremated_in_benefit").retracted, found.retracted_for) == (1, whole)


def test_a_run_that_looks_back_writes_its_own_findings_and_touches_no_other(xian: User) -> None:
    bill = paid(county(by=xian), ("甲0", "1", "26000"), by=xian)
    newest = compared(xian)
    deciding.withdraw(bill, by=xian, reason="反馈有误")
    back = compared(xian, as_of=datetime.date(2026, 10, 30))
    assert back.looks_back
    assert result(back, YEAR).findings == 0
    assert Finding.objects.get(standard=YEAR, run=newest).retracted_at is None


def test_what_was_known_before_a_withdrawal_is_found_by_a_look_back(xian: User) -> None:
    made = county(by=xian)
    paid(made, ("甲0", "1", "26000"), by=xian)
    compared(xian)
    before = Finding.objects.get(standard=YEAR)
    run = compared(xian, as_of=datetime.date(2026, 10, 30))
    again = Finding.objects.get(run=run, standard=YEAR)
    assert (again.looks_back, again.result, result(run, YEAR).repeated) == (True, "repeated", 1)
    assert again.evidence == before.evidence
    before.refresh_from_db()
    assert (before.run, before.retracted_at) == (before.first_run, None)


def test_another_county_finds_nothing_of_ours(xian: User) -> None:
    paid(county(by=xian), ("甲0", "1", "26000"), by=xian)
    shell = User.objects.built_in("shell")
    assert result(compared(shell, NEIGHBOUR_COUNTY), YEAR).subjects == 0
    assert result(compared(shell, "99"), YEAR).new == 1
    assert result(compared(shell, COUNTY), YEAR).repeated == 1

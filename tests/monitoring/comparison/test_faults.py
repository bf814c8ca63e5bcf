"""What cannot be read, or means nothing, stops its own standard and no other; looking back at what was known."""

import dataclasses
import datetime

import pytest
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.workflow.models import Passage
from monitoring.comparison.evaluating import judge_area
from monitoring.intake.archive_store import store
from monitoring.models import Delivery, Finding
from monitoring.screening.book import standard
from tests.monitoring.comparison.stories import ON, compared, county, listed, paid, result
from tests.people import COUNTY, make_areas, make_people

YEAR = "medical_self_paid_year"


@pytest.fixture
def xian(own_database: str) -> User:
    """The dispatcher of the county, in a database in which a job may commit."""
    return make_people(make_areas())["xian"]


def spoiled(delivery: Delivery) -> None:
    path = store().local(delivery.batch.digest)
    path.chmod(0o600)
    path.write_bytes(b"PAR1 not a table PAR1")


def test_a_file_that_cannot_be_read_stops_its_own_standards_alone(xian: User) -> None:
    made = county(by=xian)
    paid(made, ("甲0", "1", "26000"), by=xian)
    compared(xian)
    spoiled(listed(made, "甲0", by=xian))
    run = compared(xian)
    assert result(run, "dibao_left").error
    assert "甲" not in result(run, "dibao_left").error
    assert (result(run, YEAR).error, result(run, YEAR).repeated) == ("", 1)


def test_a_standard_that_could_not_be_evaluated_takes_nothing_back(xian: User) -> None:
    bill = paid(county(by=xian), ("甲0", "1", "26000"), by=xian)
    compared(xian)
    spoiled(bill)
    assert result(compared(xian), YEAR).error
    assert Finding.objects.get(standard=YEAR).retracted_at is None


def test_a_line_that_nobody_declared_stops_its_own_standard_alone(xian: User) -> None:
    paid(county(by=xian), ("甲0", "1", "26000"), by=xian)
    broken = dataclasses.replace(standard(YEAR), code="broken", line="no_such_value")
    found = judge_area(COUNTY, ON, standards=[broken, standard(YEAR)])
    assert found["broken"].error
    assert len(found[YEAR].judged) == 1


def test_what_was_known_at_a_moment_is_what_was_in_force_then(xian: User) -> None:
    bill = paid(county(by=xian), ("甲0", "1", "26000"), by=xian)
    before = timezone.now()
    today = datetime.date(2026, 11, 4)
    act = Act("delivery.take", "monitoring.delivery", str(bill.pk), happened_on=today, entered_on=today)
    entry = record(act, by=xian.authority(Right.RUN_COMPARISON, COUNTY))
    Passage.objects.create(
        model="monitoring.delivery", object_id=str(bill.pk), verb="take", from_state="received",
        to_state="accepted", by=xian, role="platform", happened_on=today, entered_on=today, entry=entry.uuid,
    )  # fmt: skip
    earlier, now = compared(xian, known_at=before), compared(xian, known_at=timezone.now())
    assert (earlier.looks_back, now.looks_back) == (True, True)
    assert (result(earlier, YEAR).subjects, result(now, YEAR).new) == (0, 1)
    assert not Finding.objects.living().exists()

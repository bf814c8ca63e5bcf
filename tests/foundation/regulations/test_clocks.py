"""Clocks: a pause stops the net days, never the gross ones; what happened to a clock cannot be unwritten."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.accounts.refusals import Refused
from foundation.ledger.record import Actor
from foundation.regulations import clocks
from foundation.regulations.lookup import value
from foundation.regulations.models import Clock, ClockEvent
from foundation.regulations.units import Unit
from tests.people import COUNTY

pytestmark = pytest.mark.django_db
D = datetime.date
BY = Actor("staff:1", "county_dispatcher", COUNTY)


START = D(2026, 9, 28)


def started(on: D = START, rule: str = "total_clock", number: str = "1") -> Clock:
    return clocks.start(value(rule, area=COUNTY), clocks.About("case", number), COUNTY, on=on, by=BY)


def test_a_clock_counts_days_after_its_first_one() -> None:
    clock = started()
    reading = clocks.remaining(clock, D(2026, 9, 28))
    assert (reading.gross, reading.net, reading.left, reading.due.day) == (0, 0, 15, D(2026, 10, 13))
    reading = clocks.remaining(clock, D(2026, 10, 13))
    assert (reading.gross, reading.left, reading.over) == (15, 0, False)
    reading = clocks.remaining(clock, D(2026, 10, 15))
    assert (reading.left, reading.over) == (-2, True)


def test_working_days_are_counted_as_such_over_the_national_holiday() -> None:
    clock = started(D(2026, 9, 30), "helper_days")
    assert clock.span is Unit.WORKING_DAYS
    assert clocks.remaining(clock, D(2026, 10, 7)).gross == 0
    assert clocks.remaining(clock, D(2026, 10, 10)).gross == 3
    assert clocks.remaining(clock).due.day == D(2026, 10, 13)


def test_a_pause_stops_net_days_and_moves_the_end_but_gross_days_go_on() -> None:
    clock = started()
    clocks.pause(clock, "等待授权", on=D(2026, 10, 1), by=BY)
    during = clocks.remaining(clock, D(2026, 10, 6))
    assert (during.gross, during.net, during.paused_since) == (8, 3, D(2026, 10, 1))
    clocks.resume(clock, on=D(2026, 10, 6), by=BY)
    after = clocks.remaining(clock, D(2026, 10, 10))
    assert (after.gross, after.net, after.paused_since) == (12, 7, None)
    assert after.due.day - after.due_gross.day == datetime.timedelta(days=5)
    assert after.due_gross.day == D(2026, 10, 13)


def test_a_stopped_clock_stays_where_it_stopped() -> None:
    clock = started()
    clocks.stop(clock, on=D(2026, 10, 2), by=BY)
    reading = clocks.remaining(clock, D(2026, 11, 4))
    assert (reading.gross, reading.stopped_on, reading.over) == (4, D(2026, 10, 2), False)


def test_events_come_in_order_and_with_reasons() -> None:
    clock = started()
    with pytest.raises(Refused):
        clocks.resume(clock, on=D(2026, 10, 1), by=BY)
    with pytest.raises(Refused):
        clocks.pause(clock, " ", on=D(2026, 10, 1), by=BY)
    with pytest.raises(Refused):
        clocks.pause(clock, "x", on=D(2026, 9, 27), by=BY)
    clocks.pause(clock, "x", on=D(2026, 10, 1), by=BY)
    with pytest.raises(Refused):
        clocks.pause(clock, "x", on=D(2026, 10, 2), by=BY)
    clocks.stop(clock, on=D(2026, 10, 3), by=BY)
    with pytest.raises(Refused):
        clocks.resume(clock, on=D(2026, 10, 4), by=BY)


def test_what_happened_to_a_clock_cannot_be_unwritten() -> None:
    clock = started()
    clocks.pause(clock, "x", on=D(2026, 10, 1), by=BY)
    rows = ClockEvent.objects.filter(clock=clock)
    for change in (lambda: rows.update(on=D(2026, 9, 29)), rows.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_running_clock_keeps_the_length_it_began_with_and_uses_its_value() -> None:
    clock = started()
    clock.value.refresh_from_db()
    assert clock.value.used_on == D(2026, 11, 4)
    assert (clock.length, clock.unit) == (15, "days")


def test_without_a_period_in_force_no_clock_starts() -> None:
    silent = value("total_clock", area=COUNTY, on=D(2020, 1, 1))
    with pytest.raises(Refused):
        clocks.start(silent, clocks.About("case", "1"), COUNTY, on=D(2020, 1, 1), by=BY)


@settings(max_examples=25, deadline=None)
@given(
    gaps=st.lists(st.integers(0, 9), min_size=1, max_size=6),
    rule=st.sampled_from(["total_clock", "helper_days"]),
)
def test_whatever_the_pauses_net_and_gross_agree(gaps: list[int], rule: str) -> None:
    with transaction.atomic():
        clock = started(D(2026, 1, 28), rule)
        day, paused = clock.started_on, False
        for gap in gaps:
            day += datetime.timedelta(days=gap)
            (clocks.resume(clock, on=day, by=BY) if paused else clocks.pause(clock, "x", on=day, by=BY))
            paused = not paused
        reading = clocks.remaining(clock, day)
        assert 0 <= reading.net <= reading.gross
        assert reading.due.day >= reading.due_gross.day
        assert (reading.paused_since is not None) is paused
        if rule == "total_clock" and not reading.over:
            assert reading.left == clock.length - reading.net
        transaction.set_rollback(True)

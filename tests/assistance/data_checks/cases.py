"""One household that breaks each rule, and one or more on the good side of its boundary."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from assistance.models import Case
from tests.assistance.data_checks.made import SOUND, Gone, aided, excused, held, measure, visit
from tests.households.quality.made import DAY, person

Day = datetime.date


@dataclass(frozen=True)
class Example:
    """A rule, whether it speaks, and the household."""

    rule: str
    fires: bool
    make: Callable[[], Case]


def _yes(rule: str, make: Callable[[], Case]) -> Example:
    return Example(rule, True, make)


def _no(rule: str, make: Callable[[], Case]) -> Example:
    return Example(rule, False, make)


def _looked_after(day: Day, **answers: str) -> Case:
    """Return a removed household that somebody visited again."""
    case = held(gone=Gone(Day(2026, 10, 1)), since=Day(2025, 10, 1))
    visit(case.household, day, SOUND | answers)
    return case


def _posts(number: int) -> Case:
    case = held(person(), person("02"))
    for code in ("cleaner", "forest_guard", "road_keeper", "cook")[:number]:
        measure(case, code, "100A42", member=1)
    return case


def _removed(since: Day, day: Day, way: str = "assisted") -> Case:
    return measure(held(since=since, gone=Gone(day, way)), "dividend", "100A39", develops=True)


_OLD = {"since": Day(2025, 10, 1)}
_ABLE = person(labour="1")
_KEPT = person("01", labour="5", health=["3"], dibao="rural")
_GUIZHOU = "520000000001"
_TWO_MONTHS = {"state": "asked", "asked_on": Day(2026, 9, 4), "landed_on": None}
_STOPPED = {"per": "month", "landed_on": Day(2026, 8, 1), "stopped_month": Day(2026, 9, 1)}

EXAMPLES = (
    _yes("R-12d", lambda: _looked_after(Day(2026, 11, 1), all_at_school="no")),
    _no("R-12d", lambda: _looked_after(Day(2026, 11, 1), water_safe="no")),
    _no("R-12d", lambda: _looked_after(Day(2026, 9, 1), all_at_school="no")),
    _yes("R-12e", lambda: _looked_after(Day(2026, 11, 1), water_safe="no")),
    _yes("R-12e", lambda: held(gone=Gone(answers=SOUND | {"house_safe": "no"}), **_OLD)),
    _no("R-12e", lambda: _looked_after(Day(2026, 11, 1), all_at_school="no")),
    _yes("R-14e", lambda: held(looked=None)),
    _yes("R-14e", lambda: held(looked={"house_safe": "yes"})),
    _no("R-14e", held),
    _no("R-14e", lambda: held(looked=None, origin="import")),
    _yes("R-15", lambda: held(gone=Gone(way="natural", answers=None), **_OLD)),
    _yes("R-15", lambda: held(gone=Gone(net=""), **_OLD)),
    _no("R-15", lambda: held(gone=Gone(), **_OLD)),
    _no("R-15", lambda: held(origin="import", state="ended", **_OLD)),
    _yes("R-16b", lambda: held(_ABLE, gone=Gone(), **_OLD)),
    _no("R-16b", lambda: measure(held(_ABLE, gone=Gone(), **_OLD), "dividend", "100A39", develops=True)),
    _no("R-16b", lambda: held(_ABLE, gone=Gone(), words=("产业帮扶",), origin="import", **_OLD)),
    _no("R-16b", lambda: excused(held(_ABLE, gone=Gone(), **_OLD))),
    _no("R-16b", lambda: held(_ABLE, gone=Gone(way="natural"), **_OLD)),
    _yes("R-17b", lambda: held(gone=Gone(fields={"contact_name": ""}), **_OLD)),
    _yes("R-17b", lambda: held(gone=Gone(fields={"contact_phone": "1380000000"}), **_OLD)),
    _no("R-17b", lambda: held(gone=Gone(fields={"contact_phone": "0859-2222333"}), **_OLD)),
    # Six months end on 15 October: a day before is too early, the day itself is not.
    _yes("R-18c", lambda: _removed(Day(2026, 4, 15), Day(2026, 10, 14))),
    _no("R-18c", lambda: _removed(Day(2026, 4, 15), Day(2026, 10, 15))),
    _no("R-18c", lambda: _removed(Day(2026, 4, 15), Day(2026, 10, 14), "natural")),
    # The checker asks since April 2022.
    _yes("R-18c", lambda: _removed(Day(2021, 10, 15), Day(2022, 4, 1))),
    _no("R-18c", lambda: _removed(Day(2021, 10, 1), Day(2022, 3, 31))),
    _yes("R-19", lambda: held(gone=Gone(net="8,799.99"), **_OLD)),
    _no("R-19", lambda: held(gone=Gone(net="8,800.00"), **_OLD)),
    _no("R-19", lambda: held(gone=Gone(net="8,000.00", way="natural"), **_OLD)),
    _yes("R-21", lambda: held(risks=("99",), concluded={"other_risk": ""})),
    _yes("R-21", lambda: held(risks=("99",), origin="import")),
    _no("R-21", lambda: held(risks=("99",), concluded={"other_risk": "欠债"})),
    _yes("R-22", lambda: held(risks=("02",), concluded={})),
    _no("R-22", lambda: held(risks=("02",), concluded={"disaster_kind": "0201"})),
    _no("R-22", lambda: held(risks=("02", "0201"), origin="import")),
    _yes("R-28c", lambda: measure(held(), "house_repair", "100A50", **_TWO_MONTHS)),
    _yes("R-28c", lambda: measure(held(), "house_repair", "100A50", **_TWO_MONTHS | {"asked_on": Day(2026, 10, 4)})),
    _no("R-28c", lambda: measure(held(), "house_repair", "100A50", **_TWO_MONTHS | {"asked_on": Day(2026, 10, 5)})),
    _no("R-28c", lambda: measure(held(words=()), "house_repair", "100A50", **_TWO_MONTHS)),
    _yes("R-30", lambda: held(_KEPT, concluded={})),
    _no("R-30", lambda: held(_KEPT, no_labour=True)),
    _no("R-30", lambda: held(_KEPT, person("02", labour="3", health=["3"]))),
    _no("R-30", lambda: held(_KEPT, person("02", labour=""))),
    _no("R-30", lambda: held(_KEPT, origin="import")),
    _yes("R-31e", lambda: measure(held(person(age=70)), "cleaner", "100A42", member=0)),
    _no("R-31e", lambda: measure(held(person(age=69)), "cleaner", "100A42", member=0)),
    _no("R-31e", lambda: measure(held(person(age=70)), "cleaner", "100A42", member=0, until_day=Day(2026, 11, 3))),
    _yes("R-31f", lambda: _posts(4)),
    _no("R-31f", lambda: _posts(3)),
    _yes("R-35a", lambda: held(since=Day(2026, 3, 31), area=_GUIZHOU)),
    _no("R-35a", lambda: held(since=Day(2026, 4, 1), area=_GUIZHOU)),
    _no("R-35a", lambda: held(since=Day(2026, 3, 31))),
    _no("R-35a", lambda: measure(held(since=Day(2026, 3, 31), area=_GUIZHOU), "premium_subsidy", "100A45", member=0)),
    _yes("R-35b", lambda: measure(held(since=Day(2026, 4, 1), area=_GUIZHOU), "premium_subsidy", "100A45", member=0)),
    _no("R-35b", lambda: measure(held(since=Day(2026, 3, 31), area=_GUIZHOU), "premium_subsidy", "100A45", member=0)),
    _yes("R-37a", lambda: measure(held(), "travel_subsidy", "100A40", member=0)),
    _no("R-37a", lambda: measure(held(), "travel_subsidy", "100A40", member=0, amount=300, per="once")),
    _yes("R-37b", lambda: measure(held(), "labour_export", "100A40", member=0)),
    _no("R-37b", lambda: measure(held(person(work_place="东莞", work_months=3)), "labour_export", "100A40", member=0)),
    # What is recorded as aid counts as what an office answered does, and where both speak, the record says until when.
    _yes("R-26b", lambda: aided(held(words=()), "dibao", "100A48", member=0, per="month")),
    _no("R-26b", lambda: aided(held(words=()), "dibao", "100A48", member=0, **_STOPPED)),
    _no("R-26b", lambda: measure(aided(held(words=()), "dibao", "100A48", member=0, **_STOPPED), "dibao", "100A48",
                                 member=0, landed_on=Day(2026, 8, 20))),
    _yes("R-26b", lambda: measure(aided(held(words=()), "dibao", "100A48", member=0, **_STOPPED), "dibao", "100A48",
                                  member=0)),
    _no("R-26b", lambda: measure(held(words=()), "dibao", "100A48", member=0, stopped_on=Day(2026, 11, 3))),
    _yes("R-26b", lambda: measure(held(words=()), "dibao", "100A48", member=0, stopped_on=DAY)),
    _no("R-26b", lambda: measure(held(words=()), "dibao", "100A48", member=0, amount=900, per="year",
                                 landed_on=Day(2025, 11, 4))),
    _yes("R-26b", lambda: measure(held(words=()), "dibao", "100A48", member=0, amount=900, per="year",
                                  landed_on=Day(2025, 11, 5))),
    _yes("R-31e", lambda: aided(held(person(age=70)), "cleaner", "100A42", member=0, per="month")),
    _no("R-31e", lambda: aided(held(person(age=70)), "cleaner", "100A42", member=0, **_STOPPED)),
    _no("R-31e", lambda: measure(held(person(age=70)), "cleaner", "100A42", member=0, stopped_on=Day(2026, 11, 3))),
    _yes("R-31f", lambda: aided(_posts(3), "cook", "100A42", member=1, per="month")),
    _no("R-31f", lambda: aided(_posts(3), "cleaner", "100A42", member=1, per="month")),
    _no("R-31f", lambda: aided(_posts(4), "cleaner", "100A42", member=1, per="month", landed_on=Day(2026, 10, 1),
                               stopped_month=Day(2026, 10, 1))),
    _no("R-35a", lambda: aided(held(since=Day(2026, 3, 31), area=_GUIZHOU), "premium_subsidy", "100A45", member=0)),
    _yes("R-35a", lambda: aided(held(since=Day(2026, 3, 31), area=_GUIZHOU), "premium_subsidy", "100A45", member=0,
                                landed_on=Day(2025, 12, 31))),
    _yes("R-35a", lambda: aided(held(since=Day(2026, 3, 31), area=_GUIZHOU), "premium_subsidy", "100A45", member=0,
                                state="struck")),
    _yes("R-35b", lambda: aided(held(since=Day(2026, 4, 1), area=_GUIZHOU), "premium_subsidy", "100A45", member=0)),
    _yes("R-37a", lambda: aided(held(), "travel_subsidy", "100A40", member=0, amount=None, service="车票")),
    _no("R-37a", lambda: aided(held(), "travel_subsidy", "100A40", member=0)),
    _no("R-37a", lambda: aided(measure(held(), "travel_subsidy", "100A40", member=0), "travel_subsidy", "100A40",
                               member=0)),
    _yes("R-37b", lambda: aided(held(), "labour_export", "100A40", member=0)),
    _no("R-37b", lambda: aided(held(person(work_place="东莞", work_months=3)), "labour_export", "100A40", member=0)),
    # Rules of the register, which now read what landed of the measures of the case. A month after 4 October is today.
    _yes("R-13", lambda: held(words=(), since=Day(2026, 10, 4))),
    _no("R-13", lambda: held(words=(), since=Day(2026, 10, 5))),
    _no("R-13", lambda: measure(held(words=(), since=Day(2026, 10, 4)), "medical_aid", "100A45", member=0)),
    _yes("R-13", lambda: measure(held(words=(), since=Day(2026, 10, 4)), "medical_aid", "100A45", **_TWO_MONTHS)),
    _yes("R-16", lambda: held(words=(), gone=Gone(), **_OLD)),
    _no("R-16", lambda: measure(held(words=(), gone=Gone(), **_OLD), "medical_aid", "100A45", member=0)),
    _yes("R-26b", lambda: measure(held(words=()), "dibao", "100A48", member=0)),
    _no("R-26b", lambda: measure(held(words=()), "dibao", "100A48", member=0, until_day=Day(2026, 11, 3))),
    # Six months from 4 May are over today.
    _yes("R-28b", lambda: measure(held(_ABLE, words=(), since=Day(2026, 5, 4)), "medical_aid", "100A45", member=0)),
    _no("R-28b", lambda: measure(held(_ABLE, words=(), since=Day(2026, 5, 5)), "medical_aid", "100A45", member=0)),
    _no("R-28b", lambda: measure(held(_ABLE, words=(), since=Day(2026, 5, 4)), "dividend", "100A39", develops=True)),
)  # fmt: skip
assert Day(2026, 11, 4) == DAY

"""Tables of regulations: subjects and their values, proposals of local ones, working days, clocks."""

from foundation.regulations.models.calendar import CalendarYear, Holiday
from foundation.regulations.models.clocks import Clock, ClockEvent
from foundation.regulations.models.local import LocalValue
from foundation.regulations.models.values import Revision, Subject, Value

__all__ = [
    "CalendarYear",
    "Clock",
    "ClockEvent",
    "Holiday",
    "LocalValue",
    "Revision",
    "Subject",
    "Value",
]

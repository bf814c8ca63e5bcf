"""What stands on the leaflet, as it holds in an area on a day: every part is a dated value that areas may set."""

import datetime
from dataclasses import dataclass

from foundation.accounts import clock
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language

TITLE = "leaflet_title"
#: In the order of the sheet.
PARTS = ("leaflet_who", "leaflet_ways", "leaflet_help", "leaflet_notes")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The whole text; `edition` is the day from which it holds as it stands."""

    title: str
    parts: tuple[Part, ...]
    edition: datetime.date


def text_of(area: str, on: datetime.date | None = None) -> Text:
    """Return the text of an area on a day (default: the business day), in the language of the page.

    A part that an area has ended is left out.
    """
    title, *parts = values_of(area, on)
    shown = tuple(
        Part(each.subject.label, tuple(in_language(item["zh"], item["en"]) for item in each.items))
        for each in parts
        if not each.silent
    )
    return Text(title.text, shown, edition_in([title, *parts]))


def edition_of(area: str, on: datetime.date | None = None) -> datetime.date:
    """Return the day from which the text of an area holds as it stands."""
    return edition_in(values_of(area, on))


def values_of(area: str, on: datetime.date | None = None) -> list[Resolved]:
    """Return the values that the text of an area is made of, the title first."""
    day = on or clock.today()
    return [value(key, area=area, on=day) for key in (TITLE, *PARTS)]


def edition_in(answers: list[Resolved]) -> datetime.date:
    """Return the newest beginning among the values: from that day on the text is the one it is."""
    days = [answer.value.from_day for answer in answers if answer.value is not None]
    return max(days, default=datetime.date.min)

"""A book of families as a person would keep it by hand: who came where on which day, and which village that was.

Nothing here asks the register: the book hears of each act what it means, and is asked for the counts of a day.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

Day = datetime.date


@dataclass(frozen=True, slots=True)
class Line:
    """That people (`many` more or fewer) or a household began or ended to be there on a day, by which act."""

    act: int
    home: int
    on: Day
    people: int = 0
    homes: int = 0


@dataclass
class Book:
    """Everything that happened: lines by act, and the village of each household from a day on."""

    lines: list[Line] = field(default_factory=list)
    places: dict[int, list[tuple[Day, str]]] = field(default_factory=dict)

    def settled(self, home: int, village: str, people: int) -> None:
        """A household that was there from the beginning."""
        self.places[home] = [(Day.min, village)]
        self.lines.append(Line(0, home, Day.min, people, 1))

    def wrote(self, *lines: Line) -> None:
        """What an act means."""
        self.lines.extend(lines)

    def founded(self, home: int, out_of: int) -> None:
        """A household that split from another was, on earlier days, where that one was."""
        self.places[home] = list(self.places[out_of])

    def taken_back(self, act: int) -> None:
        """An act that was wrong never was."""
        self.lines = [line for line in self.lines if line.act != act]

    def moved(self, home: int, village: str, on: Day) -> None:
        """A household belongs to another village from a day on, or back."""
        self.places[home].append((on, village))

    def village(self, home: int, on: Day) -> str:
        """Where a household belonged at the end of a day."""
        return [village for since, village in self.places[home] if since <= on][-1]

    def people(self, on: Day, homes: Iterable[int] | None = None) -> Counter[str]:
        """How many people each village had at the end of a day, of some households or of all."""
        chosen = None if homes is None else set(homes)
        counted: Counter[str] = Counter()
        for line in self.lines:
            if line.on <= on and (chosen is None or line.home in chosen):
                counted[self.village(line.home, on)] += line.people
        return Counter({village: many for village, many in counted.items() if many})

    def homes(self, on: Day, homes: Iterable[int] | None = None) -> Counter[str]:
        """How many households each village had at the end of a day, of some or of all."""
        chosen = None if homes is None else set(homes)
        counted: Counter[str] = Counter()
        for line in self.lines:
            if line.on <= on and (chosen is None or line.home in chosen):
                counted[self.village(line.home, on)] += line.homes
        return Counter({village: many for village, many in counted.items() if many})

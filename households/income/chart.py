"""Income as a picture: two bars for each period, net and reference income per head, against the monitoring line.

Drawn on the server: it shows without scripts, on a phone and on paper. Lengths are in units of the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 640, 220
_LEFT, _TOP, _BOTTOM = 8, 18, 24
_WIDEST = 120
_GAP = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place, its height and the amount it stands for."""

    x: int
    y: int
    width: int
    height: int
    amount: Decimal
    is_net: bool

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Mark:
    """The line of one period, drawn across its bars."""

    x1: int
    x2: int
    y: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """One period: its name and where it stands."""

    label: str
    middle: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that templates/households/_income_chart.html draws."""

    width: int
    height: int
    floor: int
    bars: list[Bar]
    marks: list[Mark]
    groups: list[Group]


def chart(periods: Sequence[tuple[str, Decimal, Decimal, Decimal | None]]) -> Chart:
    """Return the picture of periods: name, net and reference income per head, and the line where there is one.

    A loss is drawn as nothing: its amount stands in words.
    """
    amounts = [amount for _name, *rest in periods for amount in rest if amount is not None]
    highest = max([*amounts, Decimal(1)])
    floor = HEIGHT - _BOTTOM
    step = min((WIDTH - 2 * _LEFT) // max(len(periods), 1), 2 * _WIDEST)
    bar = (step - 4 * _GAP) // 2
    bars, marks, groups = [], [], []
    for number, (name, net, reference, line) in enumerate(periods):
        left = _LEFT + number * step
        for place, amount in enumerate((net, reference)):
            tall = _tall(amount, highest)
            bars.append(Bar(left + _GAP + place * (bar + _GAP), floor - tall, bar, tall, amount, place == 0))
        if line is not None:
            marks.append(Mark(left, left + step - _GAP, floor - _tall(line, highest), line))
        groups.append(Group(name, left + _GAP + bar + _GAP // 2))
    return Chart(_LEFT * 2 + step * len(periods), HEIGHT, floor, bars, marks, groups)


def _tall(amount: Decimal, highest: Decimal) -> int:
    return max(0, int((HEIGHT - _TOP - _BOTTOM) * amount / highest))

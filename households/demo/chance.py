"""The one die of the demonstration, and decks of cards that keep shares exact where a die would scatter.

Everything is drawn from `random()`, whose sequence Python keeps the same from version to version; its other
draws have changed before.
"""

import datetime
import random
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance:
    """A die with a seed."""

    __slots__ = ("roll",)

    def __init__(self, seed: str) -> None:
        """Begin the sequence of `seed`."""
        #: A number from 0 up to, but not, 1.
        self.roll = random.Random(seed).random  # noqa: S311  (invented people, and the same ones every time)

    def happens(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self.roll() < share

    def between(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`, both included."""
        return least + int(self.roll() * (most - least + 1))

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of equally likely things."""
        return things[int(self.roll() * len(things))]

    def of(self, table: "Weighted[T]") -> T:
        """Return one of the things of a table by their weights."""
        return table.things[bisect(table.limits, self.roll() * table.whole)]

    def bell(self) -> float:
        """Return a number about 0, seldom beyond -2 or 2 (a normal spread, cut at ±3)."""
        roll = self.roll
        return (roll() + roll() + roll() + roll() - 2.0) * 1.7320508

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return the things in another order."""
        cards = list(things)
        for last in range(len(cards) - 1, 0, -1):
            other = int(self.roll() * (last + 1))
            cards[last], cards[other] = cards[other], cards[last]
        return cards


class Weighted(Generic[T]):
    """Things with the weights by which one is drawn."""

    __slots__ = ("limits", "things", "whole")

    def __init__(self, weights: Mapping[T, float]) -> None:
        """Read the weights; they need not add up to anything."""
        self.things = tuple(weights)
        self.limits = tuple(accumulate(weights.values()))[:-1]
        self.whole = float(sum(weights.values()))


def deck(chance: Chance, counts: Mapping[T, int]) -> Iterator[T]:
    """Deal for ever from a deck with so many cards of each kind, shuffled anew whenever it is used up."""
    cards = [card for card, count in counts.items() for _ in range(count)]
    while True:
        yield from chance.shuffled(cards)


def shared_out(number: int, weights: Mapping[T, float]) -> dict[T, int]:
    """Divide a number by weights so that the parts add up to it (largest remainders get the rest)."""
    whole = sum(weights.values())
    exact = {thing: number * weight / whole for thing, weight in weights.items()}
    parts = {thing: int(share) for thing, share in exact.items()}
    rest = sorted(exact, key=lambda thing: parts[thing] - exact[thing])
    for thing in rest[: number - sum(parts.values())]:
        parts[thing] += 1
    return parts


def spread(chance: Chance, chosen: int, among: int) -> Iterator[bool]:
    """Say for each of `among` places in turn whether it is chosen, so that exactly `chosen` are."""
    for left in range(among, 0, -1):
        taken = chance.roll() * left < chosen
        chosen -= taken
        yield taken


@lru_cache(maxsize=65_536)
def day_of(ordinal: int) -> datetime.date:
    """Return the day of a proleptic number; lives of the same century share their days."""
    return datetime.date.fromordinal(ordinal)

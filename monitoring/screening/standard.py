"""A warning standard, as its file under `monitoring/standards/` declares it."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.regulations.units import in_language
from monitoring.screening.terms import (
    About,
    AgeOn,
    Aggregation,
    Dead,
    EventKind,
    Kind,
    Owner,
    Severity,
    Span,
    Theme,
)

#: The datasets that say who died, beside the register: every row, or those with a value in a column.
DEATHS: dict[str, tuple[str, str] | None] = {
    "cremation": None,
    "household_registration": ("变动类型", "死亡"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row must fulfil in one column. Exactly one of the tests is set.

    An empty cell fulfils only `is_not`: absent is not zero, and what is not cancelled is in force.
    """

    column: str
    is_in: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    above: Decimal | None = None
    year_of_day: bool = False
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """From when rows count; `months` only where the span is so many months back from the as-of day."""

    span: Span
    months: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, on which rows of which dataset.

    `where` says which rows are looked at, `holds` which of them say yes, `at_once` which are enough by themselves
    whatever the sum. `column` is the number measured (empty: yes or no); `less` are columns subtracted from it in each
    row; `fell_from` makes the answer the share by which the sum of `column` lies below the sum of that column.
    """

    dataset: str
    aggregation: Aggregation
    window: Window
    column: str = ""
    less: tuple[str, ...] = ()
    fell_from: str = ""
    where: tuple[Condition, ...] = ()
    holds: tuple[Condition, ...] = ()
    at_once: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Ages:
    """Completed years from and up to and including, on the as-of day or the day of the row."""

    least: int
    most: int
    on: AgeOn


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Who and what does not count. `classes` are population classes whose households are left out.

    A household in which nobody lives any more is left out, unless `empty_households_count`.
    """

    dead: Dead = Dead.LATER_ROWS
    ages: Ages | None = None
    classes: tuple[str, ...] = ()
    empty_households_count: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """After an alert is closed: quiet for so many days, unless the measured value rose by this share."""

    cooldown_days: int
    step_up: Decimal


@dataclass(frozen=True, slots=True)
class Example:
    """A published case that the standard would have named, in both languages."""

    zh: str
    en: str

    @property
    def says(self) -> str:
        """The case in the language of the page."""
        return in_language(self.zh, self.en)


@dataclass(frozen=True)
class Standard:
    """One question put to the data.

    `line` is the key of a regulation value: its amount, or yes where nothing is counted. Where no line is in force the
    standard is silent. `core` standards are always evaluated; another one where an area has a line for it. `also_in`
    is the roll that a conflict is with. A finding of a standard that does not open alerts is a reminder, and `owner`
    says which office answers it.
    """

    code: str
    file: str
    digest: str
    label_zh: str
    label_en: str
    asks_zh: str
    asks_en: str
    core: bool
    theme: Theme
    kind: Kind
    about: About
    line: str
    risk_type: str
    event_kind: EventKind
    severity: Severity
    opens_alert: bool
    measure: Measure
    also_in: str
    excludes: Exclusions
    repeat: Repeat
    examples: tuple[Example, ...] = ()
    owner: Owner | None = None

    @property
    def label(self) -> str:
        """Name in the language of the page."""
        return in_language(self.label_zh, self.label_en)

    @property
    def asks(self) -> str:
        """The question in the language of the page."""
        return in_language(self.asks_zh, self.asks_en)

    @property
    def roll(self) -> str:
        """The dataset whose department answers a reminder: the roll of a conflict, else what is measured."""
        return self.also_in or self.measure.dataset

    @property
    def datasets(self) -> tuple[str, ...]:
        """Every dataset that feeds the answer, the one that is measured first."""
        deaths = tuple(DEATHS) if self.excludes.dead is Dead.PERSON else ()
        named = (self.measure.dataset, self.also_in, *deaths)
        return tuple(dict.fromkeys(each for each in named if each))

"""A contract: what a department delivers, column by column, as its file under `monitoring/datasets/` declares it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from foundation.regulations.sources import Source
from foundation.regulations.units import in_language
from monitoring.contracts.terms import CellType, Every, Field, Kind, PeriodForm


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list: as it is stored, and the other ways of writing it that are accepted."""

    value: str
    also: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that a cell may hold to mean this value."""
        return (self.value, *self.also)

    def __str__(self) -> str:
        return "/".join(self.spellings)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `header` is its name to the letter; `aliases` are other names for it.

    `least` and `most` bound numbers (most None: as large as the archive holds). `empty` is what an empty cell counts
    as, and `otherwise` what any word outside the list counts as ("" : neither). `basis` says of money what exactly
    it is a sum of (口径), in both languages. Purposes say why the platform may hold the column at all.
    """

    header: str
    type: CellType
    required: bool
    purpose_zh: str
    purpose_en: str
    example: str
    aliases: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    empty: str = ""
    otherwise: str = ""
    may_be_future: bool = False
    basis_zh: str = ""
    basis_en: str = ""

    @property
    def purpose(self) -> str:
        """Why the column is asked for, in the language of the page."""
        return in_language(self.purpose_zh, self.purpose_en)

    @property
    def basis(self) -> str:
        """What a sum consists of, in the language of the page; empty where the column is no money."""
        return in_language(self.basis_zh, self.basis_en)

    @property
    def names(self) -> tuple[str, ...]:
        """Every header that means this column, its own first."""
        return (self.header, *self.aliases)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a delivery is expected, and on which day of the next month at the latest (None: no day is set)."""

    every: Every
    by_day: int | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """The dataset knows a field of the register better than the register: an accepted row proposes the change.

    `how` says in both languages what of the row becomes what of the register.
    """

    field: Field
    columns: tuple[str, ...]
    how_zh: str
    how_en: str

    @property
    def how(self) -> str:
        """What becomes what, in the language of the page."""
        return in_language(self.how_zh, self.how_en)


@dataclass(frozen=True)
class Contract:
    """One dataset. `subject` and `subject_name` are the columns that say who a row is about.

    `key` makes two rows the same event or subject. `day` is the event day of events and the day of a state row; a
    state without one is ordered by its period, then by receipt. `reject_share` is the share of rejected rows above
    which a delivery waits for a decision. Raw rows are kept `retention_months` months.
    """

    code: str
    file: str
    digest: str
    department: str
    office_zh: str
    office_en: str
    name_zh: str
    name_en: str
    purpose_zh: str
    purpose_en: str
    kind: Kind
    on_query: bool
    subject: str
    subject_name: str
    key: tuple[str, ...]
    day: str
    periods: tuple[PeriodForm, ...]
    rhythm: Rhythm
    reject_share: Decimal
    retention_months: int
    legal: Source
    columns: tuple[Column, ...]
    authoritative: tuple[Authority, ...] = ()

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return in_language(self.name_zh, self.name_en)

    @property
    def office(self) -> str:
        """Which office of the department keeps the data, in the language of the page; empty: the department."""
        return in_language(self.office_zh, self.office_en)

    @property
    def purpose(self) -> str:
        """What the dataset is used for, in the language of the page."""
        return in_language(self.purpose_zh, self.purpose_en)

    @property
    def by_head(self) -> bool:
        """Whether rows name the head of a household rather than the person concerned."""
        return self.subject.startswith("户主")

    @cached_property
    def by_header(self) -> Mapping[str, Column]:
        """The columns by their own headers."""
        return {column.header: column for column in self.columns}

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns that a header row must name."""
        return tuple(column for column in self.columns if column.required)

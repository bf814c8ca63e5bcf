"""What came of a standard: one answer for each subject, with the rows behind it, and how they are digested."""

import datetime
import hashlib
import json
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self

from foundation.regulations.book import Resolved

_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that counted. `digest` is that of its batch; `value` the text of what it was measured by."""

    delivery: int
    digest: str
    line: int
    sheet: str
    seq: int
    day: datetime.date
    value: str

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Self:
        """Return a row of evidence as it is stored."""
        return cls(**plain | {"day": datetime.date.fromisoformat(plain["day"])})

    def plain(self) -> dict[str, Any]:
        """Return it as evidence is stored (monitoring.models.Finding)."""
        return {
            "delivery": self.delivery,
            "digest": self.digest,
            "line": self.line,
            "sheet": self.sheet,
            "seq": self.seq,
            "day": self.day.isoformat(),
            "value": self.value,
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """A subject held against its line. `resident` None: the household as one.

    `excluded` says why nothing of it counts ("dead", "age", "class", "no_member"; "" where something does): it then
    does not fire. `line_value` is the regulation value behind the line, None where it was worked out of several.
    `consulted` are the deliveries whose silence decided beside the rows. `proof` are its `count` rows, oldest first, as
    canonical JSON. `digest` is over subject, measured, line and rows: the same where they are, whoever evaluates them
    when.
    """

    standard: str
    household: int
    resident: int | None
    area: str
    population: str
    measured: Decimal
    line: Decimal
    comparator: str
    line_value: int | None
    line_source: str
    fires: bool
    excluded: str
    day: datetime.date
    window_first: datetime.date | None
    window_last: datetime.date
    count: int
    proof: str
    consulted: tuple[int, ...]
    name_differs: bool
    digest: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows behind it, oldest first."""
        return tuple(map(Row.read, json.loads(self.proof)))


@dataclass(slots=True)
class Answer:
    """What one standard came to: how many subjects had a row that counted, and those that were asked for.

    `error` is a sentence where it could not be evaluated. `line_digest` and `contract` are what the brake compares;
    `used` are the lines by which somebody was judged.
    """

    subjects: int = 0
    silent: bool = False
    judged: list[Judged] = field(default_factory=list)
    error: str = ""
    seconds: float = 0.0
    line_digest: str = ""
    contract: str = ""
    used: list[Resolved] = field(default_factory=list)


def digest_of(told: dict[str, Any], proof: str) -> str:
    """Return the SHA-256 of what was found in canonical form; `proof` are its rows, canonical already.

    Of texts and whole numbers under ASCII names Python's own JSON is that of RFC 8785 (a test holds it against that),
    at a tenth of its cost.
    """
    plain = _canonical(told | {"rows": None}).replace('"rows":null', f'"rows":{proof}', 1)
    return hashlib.sha256(plain.encode()).hexdigest()


def canonical_rows(proof: str) -> str:
    """Return rows as DuckDB writes them as JSON, which are canonical but for its way to write control characters."""
    return _canonical(json.loads(proof)) if "\\u" in proof else proof


def _canonical(plain: Any) -> str:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def four_places(amount: Decimal) -> Decimal:
    """Return an amount as findings store it, rounded half up once."""
    return amount.quantize(_FOUR_PLACES, ROUND_HALF_UP)

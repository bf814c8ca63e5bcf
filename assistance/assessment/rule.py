"""The rule of an assessment, read strictly from `rules/`: what is asked, from when, by which source, and what follows.

    rule = rule_on(day)          # the newest rule in force on a day
    rule = rule_of("y2026")      # the one that an assessment was declared with

A rule that sets a target for how many leave or stay is refused with its clause (foundation.regulations.quotas).
"""

import datetime
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.regulations.contents import FileError
from foundation.regulations.quotas import refuse_quotas
from foundation.regulations.sources import Source, SourceError, SourceKind, check_href, read_issued
from foundation.regulations.strict_tables import StrictTable
from foundation.regulations.units import in_language

FOLDER = Path(__file__).parent / "rules"
#: What the platform can ask, and the figures that each needs (months, years of age).
KNOWN: Mapping[str, frozenset[str]] = {
    "income": frozenset({"months"}),
    "stable": frozenset(),
    "expense": frozenset({"months"}),
    "own_income": frozenset({"months"}),
    "labour": frozenset(),
    "work": frozenset({"months"}),
    "schooling": frozenset({"first_age", "last_age"}),
    "insurance": frozenset(),
    "dwelling": frozenset(),
    "water": frozenset(),
    "risks": frozenset(),
    "safety_net": frozenset(),
    "measures": frozenset({"months"}),
}


class About(StrEnum):
    """Which of the two questions of the 2026 document a criterion serves."""

    ECONOMY = "economy"
    ABILITY = "ability"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is asked. `leaves`: nobody is proposed to leave unless it holds. `object`: who is not monitored
    and of whom it does not hold is proposed as an object.
    """

    code: str
    about: About
    label_zh: str
    label_en: str
    leaves: bool
    object: bool
    figures: Mapping[str, int]
    source: Source

    @property
    def label(self) -> str:
        """What is asked, in the reader's language."""
        return in_language(self.label_zh, self.label_en)

    @property
    def reason(self) -> str:
        """Why it is asked where no document says so, in the reader's language."""
        return in_language(self.source.reason_zh, self.source.reason_en)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its digest, by which an assessment says years later which text it was judged by."""

    code: str
    from_day: datetime.date
    label_zh: str
    label_en: str
    source: Source
    criteria: tuple[Criterion, ...]
    digest: str

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        return in_language(self.label_zh, self.label_en)

    def find(self, code: str) -> Criterion | None:
        """Return one criterion; None where this rule does not ask it."""
        return next((each for each in self.criteria if each.code == code), None)


@cache
def rules() -> Mapping[str, Rule]:
    """Return every shipped rule by its code, the oldest first."""
    found = [read(path.stem, path.read_bytes()) for path in FOLDER.glob("*.toml")]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.from_day)}


def rule_of(code: str) -> Rule:
    """Return one rule by its code."""
    return rules()[code]


def rule_on(day: datetime.date) -> Rule:
    """Return the newest rule that is in force on a day; refused where there is none yet."""
    held = [rule for rule in rules().values() if rule.from_day <= day]
    if not held:
        raise Refused(_("No rule for assessments was in force on this day."), field="on")
    return held[-1]


def check_shipped() -> None:
    """Read every shipped rule, so that a wrong one stops an upgrade and not a person (AFTER_MIGRATE)."""
    rules()


def read(code: str, raw: bytes) -> Rule:
    """Return the rule that the content of one file declares; raises FileError at the first thing out of form."""
    name = f"{code}.toml"
    try:
        content = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise FileError(name, "the file", f"is not TOML in UTF-8: {wrong}") from wrong
    refuse_quotas(name, content)
    top = StrictTable(name, "", content)
    from_day, (zh, en), source = _day(top), top.both("label"), _source(top)
    criteria = tuple(_criterion(each) for each in top.tables("criterion"))
    top.done()
    codes = [each.code for each in criteria]
    if not codes or len(set(codes)) < len(codes):
        raise FileError(name, "criterion", "must stand there, each once")
    return Rule(code, from_day, zh, en, source, criteria, hashlib.sha256(raw).hexdigest())


def _day(table: StrictTable) -> datetime.date:
    raw = table.raw("from")
    if type(raw) is not datetime.date:
        raise table.wrong("from", "must be a day such as 2026-01-01, without quotation marks")
    return raw


def _criterion(table: StrictTable) -> Criterion:
    code = table.text("code")
    if code not in KNOWN:
        raise table.wrong("code", f"is not known (known: {', '.join(KNOWN)})")
    zh, en = table.both("label")
    made = Criterion(
        code, table.choice("about", About), zh, en, table.flag("leaves"), table.flag("object"), _figures(table, code),
        _source(table),
    )  # fmt: skip
    table.done()
    return made


def _figures(table: StrictTable, code: str) -> Mapping[str, int]:
    raw = table.raw("figures", {})
    if not isinstance(raw, dict) or set(raw) != KNOWN[code]:
        wanted = ", ".join(sorted(KNOWN[code])) or "nothing"
        raise table.wrong("figures", f"must name {wanted}")
    for value in raw.values():
        if type(value) is not int or value < 0:
            raise table.wrong("figures", "must be whole numbers from 0")
    return raw


def _source(table: StrictTable) -> Source:
    if table.raw("source") == SourceKind.PROPOSAL:
        zh, en = table.both("reason")
        return Source(SourceKind.PROPOSAL, reason_zh=zh, reason_en=en)
    told = table.table("source")
    kind = told.choice("kind", SourceKind)
    try:
        issued, href = read_issued(told.raw("issued"), kind), check_href(told.text("href", ""))
    except SourceError as wrong:
        raise told.wrong("source", str(wrong)) from wrong
    made = Source(kind, told.text("title"), told.text("issuer"), issued, href=href)
    told.done()
    return made

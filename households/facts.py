"""Fields of the register in words, each with its source: what pages show of a household and of its members."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from foundation.accounts import clock
from households.ages import age
from households.models import Resident
from households.sources import Row, Source, source_of, sources_of
from households.words import Words

PLACE = ("group_name", "address")
HOUSING = ("house_grade", "water_safe")
MEMBER = (
    "ethnicity", "education", "school_stage", "health", "labour", "work_place", "work_months",
    "insured", "dibao", "tekun",
)  # fmt: skip
#: Values that are a danger by themselves (三保障和饮水安全).
_BAD: dict[str, tuple[Any, ...]] = {"house_grade": ("C", "D"), "water_safe": (False,), "insured": (False,)}


@dataclass(frozen=True, slots=True)
class Fact:
    """One field in words, where it comes from, and whether it is a danger (unsafe dwelling, no insurance)."""

    label: str | Promise
    text: str
    source: Source
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One member: `number` is the masked ID number ("" where none is known); `facts` by field name."""

    resident: Resident
    relation: str
    sex: str
    age: int | None
    number: str
    departure: str
    facts: dict[str, Fact]

    @property
    def is_here(self) -> bool:
        """Whether the person is a member today."""
        return self.resident.left_on is None or self.resident.left_on > clock.today()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the table of sources: which fields (`rest`: all that no other line names) of whom come from where."""

    source: Source
    whose: tuple[str, ...]
    fields: tuple[str, ...]
    rest: bool


def facts(row: Row, names: Iterable[str], words: Words) -> dict[str, Fact]:
    """Return fields of a row in words, by field name."""
    return {name: _fact(row, name, words) for name in names}


def member(resident: Resident, numbers: Mapping[UUID, str], words: Words) -> Member:
    """Return a member in words; `numbers` are masked ID numbers by subject."""
    return Member(
        resident=resident,
        relation=words.word("relation", resident.relation, resident.area_id),
        sex=words.word("sex", resident.sex, resident.area_id),
        age=age(resident.born_on, resident.left_on),
        number=numbers.get(resident.identity_id, "") if resident.identity_id else "",
        departure=str(resident.get_departure_display()),
        facts=facts(resident, MEMBER, words),
    )


def source_lines(rows: Iterable[tuple[str, Row]]) -> list[SourceLine]:
    """Return where the fields of rows, each with the name of whom it is about, come from;
    newest source first.

    Rows whose fields come from the same source, as after a file, share a line.
    """
    found: dict[tuple[Source, tuple[str, ...], bool], list[str]] = {}
    for whose, row in rows:
        for each in sources_of(row):
            labels = () if each.others else tuple(label_of(row, name) for name in each.fields)
            found.setdefault((each.source, labels, bool(each.others and row.field_sources)), []).append(whose)
    lines = [
        SourceLine(source, tuple(whose), fields, rest) for (source, fields, rest), whose in found.items()
    ]
    return sorted(lines, key=lambda line: line.source, reverse=True)


def label_of(row: Row, name: str) -> str:
    """Return what a field is called."""
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def _fact(row: Row, name: str, words: Words) -> Fact:
    value = getattr(row, name)
    chosen = dict(getattr(row._meta.get_field(name), "flatchoices", ()) or ())
    text = str(chosen.get(value, value)) if chosen and value else words.word(name, value, row.area_id)
    return Fact(label_of(row, name), text, source_of(row, name), name in _BAD and value in _BAD[name])

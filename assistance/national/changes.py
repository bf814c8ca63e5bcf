"""What must be entered or changed in the national system: every monitored household against its newest entry.

Digests are bound to the household, and an ID number or telephone goes in as its subject: an entry says nothing about
anybody, and a number that was only shown otherwise is no change.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from assistance.models import NationalEntry
from assistance.national.columns import HOUSEHOLD, PERSON, household_values, person_values
from assistance.national.facts import HouseholdFacts, facts_of, monitored
from foundation.accounts.models import User
from foundation.accounts.scope import within
from households.models.revisions import Revision

State = Literal["new", "changed", "there", "presumed"]
_LENGTH = 16
_HEADERS = {column.code: column.header for column in HOUSEHOLD}
_PERSON_HEADERS = {column.code: column.header for column in PERSON}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change there: what (a header), of whom ("" for the household), and what it is to be."""

    what: str
    who: str = ""
    now: str = ""


@dataclass(slots=True)
class Line:
    """One household of the list.

    `new`: never entered; `changed`: entered otherwise; `there`: as it is; `presumed`: it came from a list of monitored
    objects, so the national system has it, but nobody has said how.
    """

    facts: HouseholdFacts
    state: State
    entry: NationalEntry | None = None
    changes: list[Change] = field(default_factory=list)
    gone: int = 0

    @property
    def is_to_do(self) -> bool:
        """Whether somebody has to type something there."""
        return self.state in ("new", "changed")


def lines(user: User, area: str) -> Iterator[Line]:
    """Yield every monitored household under `area` with what has to be done about it in the national system."""
    newest = {
        entry.household_id: entry
        for entry in NationalEntry.objects.visible_to(user)
        .filter(within("household__area__code", [area]))
        .select_related("entered_by")
        .newest()
    }
    for facts in facts_of(monitored(user, area)):
        yield line_of(facts, newest.get(facts.household.pk))


def line_of(facts: HouseholdFacts, entry: NationalEntry | None) -> Line:
    """Return one household against its newest entry."""
    if entry is None:
        came = facts.standing.basis == Revision.Kind.MONITORED_FILE
        return Line(facts, "presumed" if came else "new")
    changes, gone = _changes(facts, entry.digests)
    return Line(facts, "changed" if changes or gone else "there", entry, changes, gone)


def digests_of(facts: HouseholdFacts) -> dict[str, Any]:
    """Return the digest of every field of a household and of its people."""
    people = {
        str(each.person.pk): _digests(facts, person_values(each), each.person) for each in facts.persons()
    }
    return {"household": _digests(facts, household_values(facts), facts.head), "people": people}


def _changes(facts: HouseholdFacts, before: dict[str, Any]) -> tuple[list[Change], int]:
    """Return what has changed since an entry, and how many people are no longer there."""
    now, values = digests_of(facts), household_values(facts)
    other = _other(before["household"], now["household"], _empty(facts, _HEADERS))
    found = [Change(_HEADERS[code], now=values[code]) for code in other]
    for each in facts.persons():
        was = before["people"].get(str(each.person.pk))
        if was is None:
            found.append(Change("", who=each.person.shown_name))
            continue
        said = person_values(each)
        codes = _other(was, now["people"][str(each.person.pk)], _empty(facts, _PERSON_HEADERS))
        found += [Change(_PERSON_HEADERS[code], each.person.shown_name, said[code]) for code in codes]
    return found, len(set(before["people"]) - set(now["people"]))


def _other(was: dict[str, str], now: dict[str, str], empty: dict[str, str]) -> list[str]:
    """Return the columns that differ; one that came to the list after the entry was empty there."""
    return [code for code, digest in now.items() if was.get(code, empty[code]) != digest]


def _digests(facts: HouseholdFacts, values: dict[str, str], person: Any) -> dict[str, str]:
    told = dict(values)
    for code in ("head_number", "number"):
        if code in told:
            told[code] = str(person.identity_id or "") if person else ""
    if "phone" in told:
        told["phone"] = str(facts.household.phone_id or "")
    return {code: _digest(facts.household.pk, code, value) for code, value in told.items()}


def _empty(facts: HouseholdFacts, headers: dict[str, str]) -> dict[str, str]:
    return {code: _digest(facts.household.pk, code, "") for code in headers}


def _digest(household: int, code: str, value: str) -> str:
    return hashlib.sha256(f"{household}|{code}|{value}".encode()).hexdigest()[:_LENGTH]

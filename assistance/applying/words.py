"""What an application says, in words: as its page, the pad and the printed form show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assistance.models import Application
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from households.models import Resident


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the form lists them."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class Told:
    """An application in words; `line` is, word for word, what the notice will show (empty: on paper, before a case)."""

    application: Application
    applicant: str
    members: Sequence[Member]
    counts: Sequence[tuple[str, int]]
    income: str
    problems: Sequence[str]
    text: str
    line: Sequence[tuple[str, str]]
    promise: str


def told(row: Application) -> Told:
    """Return what an application says; one query for the members."""
    body: Mapping[str, Any] = row.body
    applicant = row.applicant.shown_name if row.applicant else ""
    return Told(
        application=row,
        applicant=applicant,
        members=_members(row),
        counts=_counts(body.get("counts", {})),
        income=_income(body.get("income", {})),
        problems=[in_language(each["zh"], each["en"]) for each in body.get("problems", [])],
        text=str(row.told.get("problem", "")),
        line=line_words(row.told.get("line") or {}),
        promise=row.promise,
    )


def line_words(line: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Put the line of a notice into words, column by column."""
    if not line:
        return []
    place = f"{line['village']} {line['group']}".strip()
    return [
        (_("Village and group"), place),
        (_("Head of household"), str(line["name"])),
        (_("Persons"), str(line["persons"])),
        (_("Category"), str(line["category"]) or _("named by the township's review")),
    ]


def _members(row: Application) -> list[Member]:
    pairs = row.body.get("members", [])
    people = Resident.objects.filter(household=row.household_id).in_bulk([key for key, _relation in pairs])
    relations = {
        each["code"]: in_language(each["zh"], each["en"])
        for each in value("relations_to_head", area=row.area_code).items
    }
    return [
        Member(people[key].shown_name, relations.get(relation, relation))
        for key, relation in pairs
        if key in people
    ]


def _counts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    names = {
        "members": _("People living together"),
        "able": _("Able to work"),
        "pupils": _("At school"),
        "chronic": _("Chronically ill"),
        "ill": _("Seriously ill"),
        "disabled": _("Disabled"),
        "dibao": _("In dibao"),
        "tekun": _("In tekun"),
    }
    return [(label, counts[name]) for name, label in names.items() if name in counts]


def _income(said: Mapping[str, str]) -> str:
    if not said:
        return ""
    source = _("doorstep check") if said["source"] == "visit" else _("register")
    return _("%(sum)s yuan (%(source)s, %(day)s)") % {
        "sum": f"{Decimal(said['net']):,.2f}", "source": source, "day": said["day"],
    }  # fmt: skip

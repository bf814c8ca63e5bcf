"""Exactly what a notice shows of a household, and nothing else: before signing, on the wall, and online.

Never: kind of risk, number of a document, telephone, health, income, address, names of members.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.deciding.conclusion import holding, work_out_many
from assistance.models import AssessedHousehold, Case, CaseMember, Notice, NoticeItem
from foundation.accounts.models import Area
from foundation.regulations.lookup import value
from foundation.regulations.units import Unit, written
from households.identity.masking import MASK, masked_name
from households.models import Resident
from households.models.households import HEAD
from households.words import Words


class Style(StrEnum):
    """Where a line stands: each place has its own value for how the head's name is shown."""

    WALL = "wall"
    ONLINE = "online"

    @property
    def subject(self) -> str:
        """The regulation value that says how a name is shown here."""
        return f"notice_name_{self.value}"


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line, word for word: village, villager group, head as the area masks the name, persons, category."""

    village: str
    group: str
    name: str
    persons: int
    category: str


def line_of(case: Case, style: Style | str = Style.WALL) -> NoticeLine:
    """Return what a notice would show of a household today: the category confirmed, else the one its facts come to."""
    return lines_of([case], Style(style))[case.pk]


def lines_of(cases: Sequence[Case], style: Style) -> dict[int, NoticeLine]:
    """Return the line of each case by its key; a few queries for thousands."""
    words = Words()
    heads = _heads({case.household_id for case in cases})
    persons = _persons(cases)
    categories = _categories(cases)
    villages = dict(
        Area.objects.filter(code__in={case.area_id for case in cases}).values_list("code", "name")
    )
    return {
        case.pk: NoticeLine(
            village=villages[case.area_id],
            group=case.household.group_name,
            name=shown_name(heads.get(case.household_id, ""), case.area_id, style),
            persons=persons.get(case.pk, 0),
            category=words.standing(kind, case.area_id) if (kind := categories[case.pk]) else "",
        )
        for case in cases
    }


def lines_on(items: Sequence[NoticeItem], style: Style) -> dict[int, NoticeLine]:
    """Return by key of the line what it shows, whatever it names; a few queries for thousands."""
    of_cases = lines_of([item.case for item in items if item.case is not None], style)
    of_assessed = _lines_of_assessed([item.assessed for item in items if item.assessed is not None], style)
    return {
        item.pk: with_kind(of_cases[item.case_id], item)
        if item.case_id
        else of_assessed[item.assessed_id or 0]
        for item in items
    }


def _lines_of_assessed(rows: Sequence[AssessedHousehold], style: Style) -> dict[int, NoticeLine]:
    """Return the line of each assessed household by its key: as what it was assessed, and what becomes of it."""
    homes = {row.household_id for row in rows}
    heads = _heads(homes)
    present = Resident.objects.present().filter(household__in=homes).order_by()
    persons = dict(present.values_list("household").annotate(Count("pk")))
    villages = dict(Area.objects.filter(code__in={row.area_id for row in rows}).values_list("code", "name"))
    words = Words()
    return {
        row.pk: NoticeLine(
            village=villages[row.area_id],
            group=row.household.group_name,
            name=shown_name(heads.get(row.household_id, ""), row.area_id, style),
            persons=persons.get(row.household_id, 0),
            category=pgettext("assessment", "%(was)s: %(result)s")
            % {"was": words.standing(row.basis, row.area_id), "result": row.get_result_display()},
        )
        for row in rows
    }


def with_kind(line: NoticeLine, item: NoticeItem) -> NoticeLine:
    """Return a line as it stands on a list where others are to be enrolled: a removal says that it is one."""
    if item.removal_id is None:
        return line
    return replace(line, category=_("%(category)s (removal of the risk)") % {"category": line.category})


def shown_name(name: str, area: str, style: Style) -> str:
    """Return a head's name as the area's value for this place says; masked where no value is in force."""
    match value(style.subject, area=area).code:
        case "full":
            return name
        case "ends" if len(name) > len("沈夏"):
            return name[0] + MASK * (len(name) - 2) + name[-1]
        case _:
            return masked_name(name)


def _heads(homes: Collection[int]) -> dict[int, str]:
    rows = Resident.objects.present().filter(relation=HEAD, household__in=homes)
    return dict(rows.values_list("household_id", "name"))


def _persons(cases: Sequence[Case]) -> dict[int, int]:
    counted = CaseMember.objects.filter(case__in=[case.pk for case in cases], left_on__isnull=True)
    rows = counted.values_list("case_id").annotate(many=Count("pk"))
    return dict(rows.order_by())


def _categories(cases: Sequence[Case]) -> dict[int, str]:
    """Return the category of each case: as decided, as confirmed by people, or as worked out from facts."""
    known = {case.pk: case.category for case in cases}
    confirmed = holding(case for case in cases if not case.category)
    known |= {key: conclusion.category for key, conclusion in confirmed.items()}
    open_ones = [case for case in cases if not known[case.pk]]
    worked = work_out_many(open_ones) if open_ones else {}
    return known | {key: computed.category for key, computed in worked.items()}


def days_said(notice: Notice) -> str:
    """Return for how long a posted notice hangs, as it was when it was posted: 5 days, 5 working days."""
    return written(Decimal(notice.days or 0), Unit(notice.unit))

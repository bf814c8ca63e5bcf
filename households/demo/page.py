"""What the register brings to the first page of the demonstration: its numbers, and households worth a look.

Numbers are counted and facts are read from the rows whenever the page is asked for; a story whose household is not
there, or is no longer what its sentence says, is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY, TOWNSHIP, VILLAGE
from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.accounts.scope import within
from foundation.desk.demo_parts import Count, DemoPart, StoryLine
from households.demo import moving
from households.demo.records import age_on
from households.models import Household, Resident, Standing


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence about one household; `monitored`: only while it is a monitored object."""

    code: str
    sentence: Promise
    monitored: bool = False


LINES = (
    Line(
        "YS000009",
        _("%(head)s, %(village)s: %(kind)s since %(since)s; the line of its income is the thing to watch."),
        monitored=True,
    ),
    Line(
        "YS000093",
        _(
            "%(head)s, %(village)s: %(oldest)d years old, alone, no labour: the safety net holds, nobody removes it."
        ),
        monitored=True,
    ),
    Line(
        "YS000122",
        _(
            "%(head)s, %(village)s: his wife stands in her father's household too; the second row was refused."
        ),
    ),
    Line(
        "YS000015",
        _(
            "%(head)s, %(village)s: came over from the old list, risk “other”, no measure: the quality rules ask why."
        ),
        monitored=True,
    ),
)


def numbers() -> list[tuple[int, Promise]]:
    """Return how many households and residents the county's register holds, and how many are monitored today."""
    here = within("area__code", [COUNTY])
    monitored = Standing.objects.in_force().filter(
        within("household__area__code", [COUNTY]), kind__in=Standing.MONITORED
    )
    return [
        (Household.objects.living().filter(here).count(), pgettext_lazy("counted", "households")),
        (Resident.objects.present().filter(here).count(), pgettext_lazy("counted", "residents")),
        (monitored.count(), pgettext_lazy("counted", "monitored households")),
    ]


def stories() -> list[StoryLine]:
    """Return a sentence with the way there for each household of a story that is as its sentence says."""
    codes = [line.code for line in LINES]
    found = {
        home.code: home for home in Household.objects.living().filter(code__in=codes).select_related("area")
    }
    return [*_told(found), *moving.stories()]


def _told(found: dict[str, Household]) -> Iterator[StoryLine]:
    for line in LINES:
        home = found.get(line.code)
        facts = _facts(home, line) if home else None
        if home and facts:
            username, role = who_looks(home.area_id)
            page = reverse("households:household", args=[home.pk])
            label = role_labels(home.area_id)[role]
            yield StoryLine(str(line.sentence) % facts, page, username, label)


def _facts(home: Household, line: Line) -> dict[str, object] | None:
    """Return what the sentence names, read from the household's rows; None where it no longer is monitored."""
    members = list(home.residents.present())
    standing = home.standings.in_force().filter(kind__in=Standing.MONITORED).first()
    if not members or (line.monitored and standing is None):
        return None
    head = min(members, key=lambda member: member.relation)
    return {
        "head": head.name,
        "village": home.area.name,
        "members": len(members),
        "income": f"{home.net_income_per_head:,.2f}" if home.net_income_per_head is not None else "—",
        "oldest": max(age_on(member.born_on, clock.today()) for member in members if member.born_on),
        "kind": standing.get_kind_display() if standing else "",
        "since": f"{standing.from_day:%Y-%m}" if standing and standing.from_day else "",
    }


def who_looks(village: str) -> tuple[str, Role]:
    """Return who of the cast is nearest to a household: the assistant, the verifier, or the county's dispatcher."""
    if village == VILLAGE:
        return "cun", Role.VILLAGE_ASSISTANT
    if village.startswith(TOWNSHIP):
        return "zhen", Role.TOWNSHIP_VERIFIER
    return "xian", Role.COUNTY_DISPATCHER


def _households(user: User) -> int:
    return Household.objects.visible_to(user).living().count()


def _residents(user: User) -> int:
    return Resident.objects.visible_to(user).present().count()


def _monitored(user: User) -> int:
    return Standing.objects.visible_to(user).in_force().filter(kind__in=Standing.MONITORED).count()


COUNTS = (
    Count(
        Right.VIEW_HOUSEHOLDS,
        _households,
        ngettext_lazy("%(n)d household", "%(n)d households", "n"),
    ),
    Count(Right.VIEW_HOUSEHOLDS, _residents, ngettext_lazy("%(n)d resident", "%(n)d residents", "n")),
    Count(
        Right.VIEW_HOUSEHOLDS,
        _monitored,
        ngettext_lazy("%(n)d monitored household", "%(n)d monitored households", "n"),
    ),
)
PART = DemoPart(numbers, stories, COUNTS)

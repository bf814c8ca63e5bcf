"""What of the register itself a family event lets follow: standings, authorisations, codes, visits, papers, erasure."""

import datetime
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext

from foundation.accounts.models import User
from foundation.files.retention import erase_with_person
from households.lineage.followers import Consequence, seen_of
from households.lineage.plans import Plan
from households.models import Authorisation, HouseholdCode, LineageAct, Standing, VisitDraft
from households.models.households import NAMELESS
from households.words import Words

_SQL = (Path(__file__).parent / "sql" / "papers_follow.sql").read_text(encoding="utf-8")


class _OnlyForesees:
    """What the rows of the register do by themselves: said beforehand, nothing more to do."""

    name = ""

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Do nothing."""
        return {}

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Do nothing."""


class Standings(_OnlyForesees):
    """What households and members count as (households.standing, households.own_standings)."""

    name = "standings"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say which standing stays with the number, and which goes with the person or ends."""
        about, words = pgettext("lineage", "What they count as"), Words()
        for home in seen_of(plan, user):
            rows = home.standings.in_force().filter(resident__isnull=True)
            for row in rows:
                yield Consequence(
                    about,
                    pgettext("lineage", "“%(standing)s” stays with household %(code)s.")
                    % {"standing": words.standing(row.kind, home.area_id), "code": home.code},
                )
        own = Standing.objects.in_force().filter(resident__in=plan.gone).select_related("resident")
        for row in own.order_by("pk"):
            if row.resident is None:
                continue
            told = {
                "standing": words.standing(row.kind, plan.home.area_id), "name": row.resident.shown_name,
                "day": plan.on,
            }  # fmt: skip
            said = (
                pgettext("lineage", "“%(standing)s” goes with %(name)s to the other household.")
                if plan.moves
                else pgettext("lineage", "“%(standing)s” of %(name)s ends with %(day)s.")
            )
            yield Consequence(about, said % told)


class Authorisations(_OnlyForesees):
    """Authorisations cover the members whom they name; who joins is covered by none."""

    name = "authorisations"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say which authorisation stays, and who needs a new one."""
        about = pgettext("lineage", "Authorisations")
        for home in plan.households:
            rows = Authorisation.objects.visible_to(user).filter(household=home).open()
            for row in rows.order_by("pk"):
                yield Consequence(
                    about, self._said(plan, row), reverse("authorisations:authorisation", args=[row.pk]), True
                )

    def _said(self, plan: Plan, row: Authorisation) -> str:
        told = {"code": row.household_code, "day": row.valid_until}
        if plan.dissolves and row.household_id == plan.home.pk:
            return pgettext(
                "lineage",
                "The authorisation of household %(code)s serves for nothing any more: take a new one.",
            ) % {"code": row.household_code}
        joins = plan.newcomer is not None or row.household_id != plan.home.pk
        if joins:
            return (
                pgettext(
                    "lineage",
                    "The authorisation of household %(code)s until %(day)s does not cover who joins: take a new one.",
                )
                % told
            )
        return (
            pgettext(
                "lineage",
                "The authorisation until %(day)s stays with household %(code)s; who leaves is looked up there no more.",
            )
            % told
        )


class Codes(_OnlyForesees):
    """A printed code leads to its household, closed or not."""

    name = "codes"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say what becomes of printed codes."""
        about = pgettext("lineage", "Printed codes")
        has = HouseholdCode.objects.in_force().filter(household=plan.home).exists()
        if has and plan.dissolves and plan.home in seen_of(plan, user):
            yield Consequence(
                about,
                pgettext(
                    "lineage",
                    "Take the code of household %(code)s off the door: it leads to a closed household.",
                )
                % {"code": plan.home.code},
                grave=True,
            )
        if plan.founding is not None:
            yield Consequence(
                about,
                pgettext("lineage", "Household %(code)s has no code yet: give it one.")
                % {"code": plan.founding.code},
            )


class Visits(_OnlyForesees):
    """Visits stay where they were made; a begun form too."""

    name = "visits"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say what is begun at a household that is closed, and that visits stay."""
        if plan.home not in seen_of(plan, user):
            return
        about = pgettext("lineage", "Visits")
        begun = VisitDraft.objects.filter(household=plan.home).count()
        if begun and plan.dissolves:
            yield Consequence(
                about,
                pgettext(
                    "lineage", "A visit form is begun at household %(code)s: it cannot be sent any more."
                )
                % {"code": plan.home.code},
                grave=True,
            )
        made = plan.home.visits.counting().count()
        if made and plan.moves:
            yield Consequence(
                about,
                pgettext("lineage", "The visits made (%(count)d) stay with household %(code)s.")
                % {"count": made, "code": plan.home.code},
            )


STANDINGS, AUTHORISATIONS, CODES, VISITS = Standings(), Authorisations(), Codes(), Visits()


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let papers lie where their household is now (households.followers.RegisterFollower)."""
    given = {
        "model": LineageAct._meta.label_lower,
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, given)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank the words about an erased person and destroy the papers; day and kind stay (ErasureFollower)."""
    system = User.objects.built_in("system")
    about = Q(people__resident__in=residents) | Q(people__became__in=residents)
    for act in LineageAct.objects.filter(about).distinct():
        erase_with_person(act, by=system)
        if act.paper:
            LineageAct.objects.filter(pk=act.pk).update(paper=NAMELESS)

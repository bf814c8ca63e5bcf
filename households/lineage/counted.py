"""Who counts in the category of a monitored household: who came counts from the day, who died or left until it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils.translation import pgettext

from foundation.accounts.models import User
from households.lineage.followers import Consequence, seen_of
from households.lineage.plans import Plan
from households.models import Household, LineageAct, Resident, Standing, StandingMember
from households.words import Words


class PeopleCounted:
    """Family events of monitored households (households.lineage.followers.LineageFollower).

    Counts of persons on earlier days stay: the days stand with each person (StandingMember.from_day, until_day).
    """

    name = "counted"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say who will count in which category, and who will not any more."""
        about, words = pgettext("lineage", "What they count as"), Words()
        seen = seen_of(plan, user)
        for row in _standings([plan.home] if plan.home in seen else [], plan.on):
            told = {"standing": words.standing(row.kind, plan.home.area_id), "day": plan.on}
            for resident in plan.gone:
                if row.members.filter(resident=resident).exists():
                    yield Consequence(
                        about,
                        pgettext("lineage", "%(name)s does not count as “%(standing)s” from %(day)s on.")
                        % (told | {"name": resident.shown_name}),
                    )
        target = plan.other if plan.other is not None else plan.home
        came = [plan.newcomer.name] if plan.newcomer is not None else []
        came += [each.shown_name for each in plan.gone] if plan.other is not None else []
        for row in _standings([target] if target in seen else [], plan.on):
            told = {"standing": words.standing(row.kind, target.area_id), "day": plan.on}
            for name in came:
                yield Consequence(
                    about,
                    pgettext("lineage", "%(name)s counts as “%(standing)s” from %(day)s on.")
                    % (told | {"name": name}),
                )

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Count who came, and count no more who left; what the way back needs is which rows ended."""
        kept: dict[str, Any] = {}
        on, people = act.revision.as_of, list(act.people.all())
        left = [each.resident_id for each in people if each.resident_id and not each.stayed]
        ending = StandingMember.objects.filter(
            Q(standing__until_day__isnull=True) | Q(standing__until_day__gte=on), resident__in=left,
            until_day__isnull=True,
        )  # fmt: skip
        if ended := list(ending.order_by("pk").values_list("pk", flat=True)):
            StandingMember.objects.filter(pk__in=ended).update(until_day=Greatest("from_day", on))
            kept["ended"] = ended
        came = [each.became_id for each in people if each.became_id]
        for resident in Resident.objects.filter(pk__in=came).select_related("household"):
            for row in _standings([resident.household], on):
                StandingMember.objects.get_or_create(
                    standing=row, resident=resident,
                    defaults={"from_day": max(on, row.from_day or on), "revision": act.revision},
                )  # fmt: skip
        return kept

    def brings_back(self, act: LineageAct, kept: dict[str, Any], user: User) -> Iterable[str]:
        """Say who counts in which category again (households.lineage.looking_back.LooksBack)."""
        words = Words()
        rows = StandingMember.objects.filter(pk__in=kept.get("ended", []))
        seen = Household.objects.visible_to(user).values("pk")
        rows = rows.filter(standing__household__in=seen).select_related("standing__household", "resident")
        for row in rows.order_by("pk"):
            said = words.standing(row.standing.kind, row.standing.household.area_id)
            yield pgettext("lineage", "%(name)s counts as “%(standing)s” again, as before.") % {
                "name": row.resident.shown_name, "standing": said,
            }  # fmt: skip

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Count as before."""
        StandingMember.objects.filter(pk__in=kept.get("ended", [])).update(until_day=None)
        came = act.people.filter(became__isnull=False).values("became")
        StandingMember.objects.filter(resident__in=came, revision=act.revision_id).delete()


def _standings(households: Iterable[Household], on: datetime.date) -> list[Standing]:
    """Return the categories of the three in which households are on a day or later."""
    longer = Q(until_day__isnull=True) | Q(until_day__gte=on)
    rows = Standing.objects.filter(longer, household__in=list(households), kind__in=Standing.MONITORED)
    return list(rows.filter(resident__isnull=True).order_by("pk"))


COUNTED = PeopleCounted()

"""What a family event means for an open warning: it stays with the household that keeps the number; people are told."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.notices import holders, notify
from households.lineage.followers import Consequence
from households.lineage.plans import Plan
from households.models import LineageAct


class WarningsFollow:
    """Open warnings of the households of an event (households.lineage.followers.LineageFollower)."""

    name = "warnings"

    def foresee(self, plan: Plan, user: User) -> Iterable[Consequence]:
        """Say where an open warning stays, and who looks at it anew."""
        about = pgettext("lineage", "Warnings")
        rows = Alert.objects.visible_to(user).open().filter(household__in=plan.households)
        for row in rows.select_related("household").order_by("pk"):
            told = {"code": row.household.code, "state": row.state_label}
            said = (
                pgettext(
                    "lineage",
                    "The warning of household %(code)s (%(state)s) has no household any more: its signals are moved to "
                    "where its people live now.",
                )
                if plan.dissolves and row.household_id == plan.home.pk
                else pgettext("lineage", "The warning of household %(code)s (%(state)s) stays there.")
            )
            yield Consequence(
                about, said % told, reverse("alerts:alert", args=[row.pk]), grave=plan.dissolves
            )

    def follow(self, act: LineageAct, plan: Plan, *, by: User) -> dict[str, Any]:
        """Tell who visits, and the township, that the family is another one now."""
        rows = Alert.objects.open().filter(household__in=plan.households).select_related("visitor")
        for row in rows:
            people = {each.pk: each for each in holders(Right.REVIEW_VISITS, row.area_id, but=by)}
            if row.visitor is not None and row.visitor.pk != by.pk:
                people[row.visitor.pk] = row.visitor
            place = reverse("alerts:alert", args=[row.pk])
            notify(people.values(), "alert_family_changed", place=place, group=str(row.pk))
        return {}

    def unfollow(self, act: LineageAct, kept: dict[str, Any], *, by: User) -> None:
        """Leave what was told: a notice is read or is not."""


WARNINGS = WarningsFollow()

"""Put many households into a category together: what an announcement writes (公告), in a few statements.

`written = hold_many(asked, by=user, right=Right.REVIEW_CASES)`: the caller's stage has decided each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record_many
from foundation.tables.copying import insert_many
from households.followers import register_changed
from households.models import Household, Revision, Standing, StandingMember
from households.standing import Held


@dataclass(frozen=True, slots=True)
class Holding:
    """A household, the category it comes into, and the keys of the members who count."""

    household: Household
    held: Held
    members: tuple[int, ...] = ()


def already_held(asked: Sequence[Holding]) -> dict[int, Refused]:
    """Return by household why it cannot be held: dissolved, or in a category in that time already."""
    first = {each.household.pk: each.held.from_day for each in asked}
    refused = {
        each.household.pk: Refused(_("This household is dissolved: nothing is opened for it any more."))
        for each in asked
        if each.household.dissolved_on is not None
    }
    rows = Standing.objects.filter(
        household__in=list(first), kind__in=Standing.MONITORED, resident__isnull=True
    )
    for household, until in rows.values_list("household", "until_day"):
        if until is None or until >= first[household]:
            refused[household] = Refused(
                _("The household is in one of the three categories in that time already.")
            )
    return refused


def hold_many(asked: Sequence[Holding], *, by: User, right: Right) -> dict[int, Standing]:
    """Hold every household; returns the standings by household. In the transaction of the caller.

    `right` is what the caller's stage asks of `by` in each village; `already_held` names who is to be left out.
    """
    areas = sorted({each.household.area_id for each in asked})
    actors = {area: by.authority(right, area) for area in areas}
    revisions = {area: _revision(area, asked, by) for area in areas}
    standings = [_standing(each, revisions[each.household.area_id]) for each in asked]
    insert_many(standings)
    insert_many(
        [
            StandingMember(standing=standing, resident_id=member, revision=standing.revision)
            for each, standing in zip(asked, standings, strict=True)
            for member in each.members
        ]
    )
    _note(standings, actors)
    if asked:
        register_changed(areas, [each.household.pk for each in asked], by=by)
    return {standing.household_id: standing for standing in standings}


def _revision(area: str, asked: Sequence[Holding], by: User) -> Revision:
    here = [each for each in asked if each.household.area_id == area]
    made: Revision = Revision.objects.create(
        kind=Revision.Kind.HAND,
        by=by,
        area_id=area,
        as_of=max(each.held.from_day for each in here),
        entered_on=clock.today(),
        counts={"standings": len(here)},
    )
    return made


def _standing(asked: Holding, revision: Revision) -> Standing:
    held = asked.held
    return Standing(
        household=asked.household,
        kind=held.kind,
        from_day=held.from_day,
        risk_types=held.risk_types,
        helper=held.helper,
        measures=held.measures,
        net_income_per_head=held.net_income_per_head,
        basis=revision.kind,
        revision=revision,
    )


def _note(standings: Sequence[Standing], actors: Mapping[str, Actor]) -> None:
    """Write an entry of each, by the office in which each was held."""
    by_actor: dict[Actor, list[Act]] = {}
    for standing in standings:
        household, revision = standing.household, standing.revision
        act = Act(
            "standing.held",
            "household",
            str(household.pk),
            happened_on=revision.as_of,
            entered_on=revision.entered_on,
            area=household.area_id,
            details={
                "standing": standing.pk,
                "from": standing.from_day,
                "until": standing.until_day,
                "revision": revision.pk,
            },
            after=standing.kind,
        )
        by_actor.setdefault(actors[household.area_id], []).append(act)
    for actor, acts in by_actor.items():
        record_many(acts, by=actor)

"""Let a household belong to another village, with everything that goes along; and back again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record
from foundation.workflow.models import Passage
from households.corrections import swap
from households.followers import register_changed
from households.models import FormerArea, HouseholdMove, Revision
from households.moving import followers
from households.moving.followers import Journey

#: What the register says of the place of a household; it is of the old village, and comes back with the way back.
PLACE = ("group_name", "address")


def check(journey: Journey) -> None:
    """Refuse a journey before which something stands, naming all of it."""
    home = journey.household
    if home.dissolved_on is not None:
        raise Refused(_("This household was dissolved: it cannot move."))
    if home.area_id != journey.origin:
        raise Refused(_("The household belongs to another village meanwhile: propose the move anew."))
    place = journey.move.from_area if journey.back else journey.move.to_area
    if place.retired_on is not None:
        raise Refused(
            _("The village was retired meanwhile: propose the move into the one that took its place.")
        )
    if before := followers.hindered(journey):
        raise Refused(" ".join(before))


def carry(journey: Journey, *, by: User, actor: Actor) -> None:
    """Write the new village, keep the old one, and let everybody follow; in the transaction of the move."""
    move, home = journey.move, journey.household
    with translation.override(settings.LANGUAGE_CODE):
        told = followers.told(journey)
    revision = _revision(journey, by)
    before = {name: getattr(home, name) for name in PLACE}
    stay = home.stay_area_id
    swap(home, _changes(journey), revision, seen=home.revision_id, day=clock.today())
    # Members, visits and findings follow by their keys on (household, area), in the database.
    FormerArea.objects.create(household=home, area_id=journey.origin, until=clock.today(), move=move)
    _note(journey, revision, actor)
    for each in followers.followers():
        each.follow(journey, by=by)
    register_changed([journey.origin, journey.target], [home.pk], by=by)
    kept: dict[str, Any] = {"revision": revision, "mark": _newest_passage()}
    if not journey.back:
        kept |= {"told": told, "before": before | {"stay_area": stay}}
    HouseholdMove.objects.filter(pk=move.pk).update(**kept)
    for name, said in kept.items():
        setattr(move, name, said)


def _changes(journey: Journey) -> dict[str, Any]:
    """Return what changes in the household's own row."""
    move, home = journey.move, journey.household
    if journey.back:
        stay = Area.objects.filter(pk=move.before.get("stay_area") or "").first()
        said = {name: move.before.get(name, "") for name in PLACE}
        return {"area": move.from_area, "stay_area": stay} | said
    # Who stayed in the new village before lives where they belong now.
    stay = None if home.stay_area_id == journey.target else home.stay_area
    return {
        "area": move.to_area,
        "stay_area": stay,
        "group_name": move.to_group,
        "address": move.to_address,
    }


def _revision(journey: Journey, by: User) -> Revision:
    made: Revision = Revision.objects.create(
        kind=Revision.Kind.HAND,
        by=by,
        area_id=journey.target,
        as_of=clock.today(),
        entered_on=clock.today(),
        counts={"fields": 1},
        reason=journey.move.why if not journey.back else _("The move is undone."),
    )
    return made


def _note(journey: Journey, revision: Revision, actor: Actor) -> None:
    """Write the move into the record of both sides."""
    today, home = clock.today(), journey.household
    details = {"move": journey.move.pk, "back": journey.back, "from": journey.origin, "to": journey.target}
    for verb, area in (("household.moved_out", journey.origin), ("household.moved_in", journey.target)):
        act = Act(
            verb, "household", str(home.pk), today, today, area=area, after=revision.pk, details=details
        )
        record(act, by=Actor(actor.ref, actor.role, area))


def _newest_passage() -> int:
    return Passage.objects.aggregate(newest=models.Max("pk"))["newest"] or 0

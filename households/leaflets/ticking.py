"""Tick that a household was given the leaflet, and take that back where it was wrong.

Ticking uses the text: the values it is made of can never change afterwards, so what a household was given can be
printed again years later.
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import mark_used
from households.leaflets.texts import edition_in, values_of
from households.models import Household, LeafletTick

GIVEN, TAKEN_BACK = "leaflet.given", "leaflet.taken_back"


@transaction.atomic
def give(
    household: Household, *, by: User, given_on: datetime.date | None = None, reason: str = ""
) -> LeafletTick:
    """Tick the leaflet whose text held on the day it was handed over (default: today)."""
    actor = _may_tick(household, by)
    on = clock.happened(given_on, reason=reason, areas=[household.area_id])
    if household.dissolved_on is not None and on >= household.dissolved_on:
        raise Refused(_("This household was dissolved on %(day)s.") % {"day": household.dissolved_on})
    text = values_of(household.area_id, on)
    try:
        with transaction.atomic():
            tick = LeafletTick.objects.create(
                household=household,
                edition=edition_in(text),
                given_on=on,
                entered_on=clock.today(),
                given_by=by,
            )
    except IntegrityError as twice:
        raise Refused(_("This household has this leaflet already.")) from twice
    mark_used(*text)
    _note(GIVEN, tick, actor, on, reason)
    return tick


@transaction.atomic
def take_back(tick: LeafletTick, *, by: User, reason: str = "") -> LeafletTick:
    """Take a tick back. Who ticked on the same day says nothing; everybody else, and later, says why."""
    actor = _may_tick(tick.household, by)
    if not may_undo_at_once(tick, by) and not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    today = clock.today()
    rows = LeafletTick.objects.standing().filter(pk=tick.pk)
    if rows.update(undone_on=today, undone_by=by, undone_reason=reason.strip()) != 1:
        raise Refused(_("This is taken back already."))
    tick.refresh_from_db()
    _note(TAKEN_BACK, tick, actor, today, reason)
    return tick


def may_undo_at_once(tick: LeafletTick, user: User) -> bool:
    """Say whether a slip of the finger is taken back without a reason: by the same person on the same day."""
    return tick.given_by_id == user.pk and tick.entered_on == clock.today()


def _may_tick(household: Household, by: User) -> Actor:
    actor = by.authority(Right.KEEP_CODES, household.area_id)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    return actor


def _note(verb: str, tick: LeafletTick, actor: Actor, on: datetime.date, reason: str) -> None:
    household = tick.household
    record(
        Act(
            verb,
            "household",
            str(household.pk),
            on,
            clock.today(),
            area=household.area_id,
            basis=reason.strip(),
            details={
                "tick": tick.pk,
                "edition": tick.edition.isoformat(),
                "given_on": tick.given_on.isoformat(),
            },
        ),
        by=actor,
    )

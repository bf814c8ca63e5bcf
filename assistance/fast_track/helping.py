"""Help that came first is written down: for many households of a disaster at once, or for one case."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assistance.disasters.guarding import Done, ListGuard
from assistance.fast_track.papers import papers_due
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case, Disaster, FirstHelp
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.regulations.lookup import value
from households.identity.masking import masked_text

KINDS = "first_help_kinds"


@dataclass(frozen=True, slots=True)
class Help:
    """What came first: `kind` is a code of first_help_kinds, `giver` the office or person that gave it."""

    kind: str
    giver: str
    helped_on: datetime.date
    what: str = ""


@transaction.atomic
def help_listed(disaster: Disaster, keys: Sequence[int], given: Help, *, by: User) -> Done:
    """Write down the same help for households on the list of a disaster."""
    _check(given, disaster.area_id, disaster.happened_on)
    guard = ListGuard(disaster, keys, Right.PREPARE_CASES, by)
    same = _same(given, by)
    FirstHelp.objects.bulk_create(
        FirstHelp(listed=row, household=row.household, case=row.case, **same) for row in guard.rows
    )
    return guard.note("disaster.helped", kind=given.kind, on=str(given.helped_on))


@transaction.atomic
def help_first(case: Case, given: Help, *, by: User) -> FirstHelp:
    """Write down help for one case, and put it onto the fast track: from now on its papers have a day of their own."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    actor = by.authority(Right.PREPARE_CASES, locked.area_id)
    if rule := recused(by, locked.recusal_keys()):
        raise Refused(rule)
    if locked.version != case.version:
        raise Refused(_("Somebody else has just changed this: look at it again before you decide."))
    if locked.state not in UNDER_WAY:
        raise Refused(_("The procedure of this case is over: help is promised and landed as a measure."))
    _check(given, locked.area_id, locked.first_clue_on)
    made: FirstHelp = FirstHelp.objects.create(case=locked, household=locked.household, **_same(given, by))
    writes: dict[str, object] = {"version": F("version") + 1, "fast_track": True}
    if not locked.fast_track:
        writes["papers_due_on"] = papers_due(locked.area_id, given.helped_on)
    Case.objects.filter(pk=locked.pk).update(**writes)
    act = Act(
        "case.helped_first", "assistance.case", str(case.pk), given.helped_on, clock.today(),
        area=locked.area_id, details={"kind": given.kind, "help": made.pk},
        personal={"what": made.what, "giver": made.giver},
    )  # fmt: skip
    record(act, by=actor)
    case.refresh_from_db()
    return made


def _same(given: Help, by: User) -> dict[str, object]:
    return {
        "kind": given.kind,
        "what": masked_text(given.what.strip()),
        "giver": masked_text(given.giver.strip()),
        "helped_on": given.helped_on,
        "entered_on": clock.today(),
        "entered_by": by,
    }


def _check(given: Help, area: str, since: datetime.date) -> None:
    """Refuse what cannot be: a kind that nobody knows, a day before the need or after today, nobody who gave it."""
    if given.kind not in {item["code"] for item in value(KINDS, area=area).items}:
        raise Refused(_("Choose what was given."), field="kind")
    if not given.giver.strip():
        raise Refused(_("Say who gave it."), field="giver")
    if not since <= given.helped_on <= clock.today():
        raise Refused(_("Choose a day from %(since)s on, up to today.") % {"since": since}, field="helped_on")

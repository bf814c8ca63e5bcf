"""Letters to households not enrolled, whose risk is removed or stays, or whose category changed (结果告知书).

Owed with the move, delivered on record.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.verification.letters import ASK_UNTIL, DELIVER_BY, Delivery, last_day
from assistance.deciding import removal_letters
from assistance.models import Case, CaseLetter, Removal
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, Actor, record
from foundation.workflow.models import Passage
from households.identity.masking import masked_text

#: Where a case ends, or rests, and its household is told by letter: it would otherwise wait for an answer.
LETTERED = ("declined", "withdrawn", "unauthorised", "corrected", "removed")
#: The household hears of it by the letter of its warning (alerts.verification.letters).
_TOLD_OTHERWISE = "lapse"
#: The decision of a letter that tells of another category; no move of the case, which goes on.
CATEGORY_CHANGED = "category_changed"
#: Letters that a case which goes on owes all the same.
_OF_GOING = (CATEGORY_CHANGED, *removal_letters.VERBS)


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Owe letters for cases that have just ended, and none where they go on (CASE_FOLLOWERS of the composition)."""
    ended = [case for case in cases if case.state in LETTERED]
    going = [case.pk for case in cases if case.state not in LETTERED]
    CaseLetter.objects.owed().filter(case__in=going).exclude(verb__in=_OF_GOING).delete()
    if not ended:
        return
    last = _last_moves(ended)
    letters = [_letter(case, last[str(case.pk)]) for case in ended if str(case.pk) in last]
    CaseLetter.objects.bulk_create(letters, ignore_conflicts=True)


def category_changed(case: Case, on: datetime.date) -> None:
    """Owe the household a letter on its new category, which counts from a day on."""
    CaseLetter.objects.bulk_create([_owed(case, CATEGORY_CHANGED, on)], ignore_conflicts=True)


def after_removals(removals: Sequence[Removal]) -> None:
    """Owe letters for removals that have just come to nothing, or were rolled back (assistance.removal.moved)."""
    letters = [
        _owed(row.case, removal_letters.WORDS[move.verb], move.happened_on)
        for row, move in removal_letters.to_tell(removals)
    ]
    CaseLetter.objects.bulk_create(letters, ignore_conflicts=True)


def _last_moves(cases: Sequence[Case]) -> dict[str, Passage]:
    """Return by key the move by which each case came to where it is."""
    rows = Passage.objects.filter(
        model=Case._meta.label_lower, object_id__in=[str(case.pk) for case in cases], to_state__in=LETTERED
    )
    last = {row.object_id: row for row in rows.order_by("pk")}
    return {key: row for key, row in last.items() if row.verb != _TOLD_OTHERWISE}


def _letter(case: Case, move: Passage) -> CaseLetter:
    return _owed(case, move.verb, move.happened_on)


def _owed(case: Case, verb: str, on: datetime.date) -> CaseLetter:
    county = case.area_id[: Level.COUNTY]
    return CaseLetter(
        case=case,
        verb=verb,
        concluded_on=on,
        due_on=last_day(DELIVER_BY, county, on),
        until=last_day(ASK_UNTIL, county, on) or on,
    )


@transaction.atomic
def deliver(letter: CaseLetter, told: Delivery, *, by: User) -> CaseLetter:
    """Write down that a household was told; refused for kin, before the decision, and a second time."""
    case = letter.case
    actor = by.authority(Right.PREPARE_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if told.way not in CaseLetter.Way.values:
        raise Refused(_("Choose how the household was told."), field="way")
    if not letter.concluded_on <= told.on <= clock.today():
        raise Refused(_("Choose a day from the decision up to today."), field="on")
    written = {
        "delivered_on": told.on,
        "way": told.way,
        "taken_by": masked_text(told.taken_by.strip()),
        "by": by,
    }
    if CaseLetter.objects.owed().filter(pk=letter.pk).update(**written) != 1:
        raise Refused(_("Somebody has written this down already."))
    note("case.letter_delivered", letter, told.on, actor=actor, way=told.way)
    letter.refresh_from_db()
    return letter


def note(verb: str, letter: CaseLetter, on: datetime.date, *, actor: Actor, way: str = "") -> None:
    """Write the entry of what was done with a letter."""
    case, details = letter.case, {"letter": letter.pk, "decision": letter.verb, "way": way}
    record(
        Act(verb, "assistance.case", str(case.pk), on, clock.today(), area=case.area_id, details=details),
        by=actor,
    )

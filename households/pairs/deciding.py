"""Decide where a person belongs who stands in two households, pass it up, or take a decision back.

Who has both villages in scope decides; who has one passes it to the nearest area above both, which decides (`above`).
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_text
from households.lineage.acting import perform
from households.lineage.planning import Told
from households.lineage.plans import Plan
from households.lineage.undoing import undo as undo_event
from households.models import Duplicate, PairDecision, Resident
from households.pairs import effects, settling, telling, waiting
from households.pairs.sides import last_day, outcomes_of, parent_of

_WAITING = ("taken_up", "passed")


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the person belongs, since when, why, and what they are to the head of the other household.

    `paper` is what was seen, or who said so: asked for where the register changes. `new_head` follows where a head
    leaves whom others live with.
    """

    outcome: str
    reason: str
    on: datetime.date | None = None
    relation: str = ""
    paper: str = ""
    new_head: Resident | None = None

    @property
    def told(self) -> Told:
        """Day, reason and paper, as a family event is entered with them; numbers of people masked."""
        return Told(self.on or clock.today(), masked_text(self.reason.strip())[:200], self.paper)


def planned(pair: Duplicate, said: Decision, *, by: User) -> Plan | None:
    """Plan what a decision would write, or refuse it as the decision would be; None where the register stays as it is.

    Writes nothing: the page shows what follows before anybody decides.
    """
    row = current(pair) or _new(pair)
    if row.pk and row.state not in _WAITING:
        raise Refused(_("Somebody else has just changed this: look at it again before you decide."))
    above = _is_above(row, by)
    by.authority(Right.SETTLE_MOVES if above else Right.EDIT_HOUSEHOLDS, row.parent_area_id)
    if said.outcome not in outcomes_of(pair):
        raise Refused(_("Say where the person belongs."), field="outcome")
    if not said.told.reason:
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if not effects.changes(pair, said.outcome):
        return None
    if not said.paper.strip():
        raise Refused(_("Say which paper was seen, or who said so."), field="paper")
    # Who decides above both corrects neither register themselves: the platform does it for them.
    hand = _hand(by, above)
    return effects.plan(pair, said.outcome, said.relation, said.told, by=hand, new_head=said.new_head)


@transaction.atomic
def decide(pair: Duplicate, said: Decision, *, by: User) -> PairDecision:
    """Decide about a pair of which `by` has both villages in scope, or that was passed to them from below."""
    pair = _locked(pair)
    row = current(pair) or _take_up(pair, by)
    above = _is_above(row, by)
    plan = planned(pair, said, by=by)
    writes = {"outcome": said.outcome, "happened_on": said.told.on, "decided_on": clock.today()}
    asked = Request(
        "decide_above" if above else "decide", reason=said.told.reason, given={"outcome": said.outcome},
        writes=writes, details={"outcome": said.outcome},
    )  # fmt: skip
    move(row, asked, by=by)
    row.pair = pair
    if plan is not None:
        row.event = perform(plan, by=_hand(by, above))
        PairDecision.objects.filter(pk=row.pk).update(event=row.event)
    Duplicate.objects.filter(pk=pair.pk).update(decided_on=clock.today())
    telling.tell_decided(row, by=by)
    return row


@transaction.atomic
def pass_up(pair: Duplicate, reason: str, *, by: User) -> PairDecision:
    """Pass a pair to the nearest area above both villages, because one of them is not one's own."""
    pair = _locked(pair)
    if current(pair) is not None:
        raise Refused(_("This was passed up already: the area above both decides."))
    row = _new(pair)
    side = _side(pair, by)
    actor = by.authority(Right.EDIT_HOUSEHOLDS, side)
    create(row, by=by, actor=actor, details={"pair": pair.pk})
    row.on_the_side_of(side)
    due = {"due_on": last_day(row.parent_area_id, clock.today())}
    move(row, Request("pass_up", reason=masked_text(reason.strip()), writes=due), by=by)
    telling.tell_passed(row, by=by)
    return row


@transaction.atomic
def undo(row: PairDecision, reason: str, *, by: User) -> PairDecision:
    """Take a decision back: the pair waits again, and who left is a member as before."""
    pair = _locked(row.pair)
    rows = PairDecision.objects.select_related("event", "pair__household")
    version, row = row.version, rows.get(pk=row.pk)
    row.version = version
    above = not by.holds(Right.EDIT_HOUSEHOLDS, row.parent_area_id)
    move(row, Request("undo_above" if above else "undo", reason=reason), by=by)
    if row.event is not None:
        undo_event(row.event, by=_hand(by, above), reason=masked_text(reason.strip())[:200])
    waiting.again([pair.pk])
    # Meanwhile the person may have left by another way: then it is settled, not open for ever.
    settling.settle([pair.household.area_id], [pair.household_id])
    return row


def current(pair: Duplicate) -> PairDecision | None:
    """Return the decision that stands or waits; None where nobody took the pair up."""
    rows = PairDecision.objects.exclude(state="undone").filter(pair=pair)
    return rows.select_related("pair__household", "parent_area", "event__revision").first()


def may_decide(pair: Duplicate, user: User) -> bool:
    """Say whether `user` has both villages in scope, or the pair was passed to them."""
    parent = parent_of(pair)
    if parent is None:
        return False
    row = current(pair)
    passed = row is not None and row.state == "passed" and user.holds(Right.SETTLE_MOVES, row.parent_area_id)
    waits = row is None or row.state in _WAITING
    return waits and (passed or user.holds(Right.EDIT_HOUSEHOLDS, parent.code))


def may_pass(pair: Duplicate, user: User) -> bool:
    """Say whether `user` answers for one of the villages, and nobody passed the pair up yet."""
    sides = (pair.household.area_id, pair.claimed_area_id)
    mine = any(user.holds(Right.EDIT_HOUSEHOLDS, code) for code in sides)
    return mine and current(pair) is None and not may_decide(pair, user)


def _take_up(pair: Duplicate, by: User) -> PairDecision:
    row = _new(pair)
    actor = by.authority(Right.EDIT_HOUSEHOLDS, row.parent_area_id)
    return create(row, by=by, actor=actor, details={"pair": pair.pk})


def _new(pair: Duplicate) -> PairDecision:
    parent: Area | None = parent_of(pair)
    if parent is None:
        raise Refused(_("No area of this platform lies above both: the two areas settle it between them."))
    return PairDecision(pair=pair, parent_area=parent, taken_up_on=clock.today())


def _side(pair: Duplicate, by: User) -> str:
    sides = (pair.household.area_id, pair.claimed_area_id)
    return next((code for code in sides if by.holds(Right.EDIT_HOUSEHOLDS, code)), sides[0])


def _is_above(row: PairDecision, by: User) -> bool:
    """Say whether `by` decides for the area above both, to which the pair was passed."""
    return row.state == "passed" and not by.holds(Right.EDIT_HOUSEHOLDS, row.parent_area_id)


def _hand(by: User, above: bool) -> User:
    return User.objects.built_in("system") if above else by


def _locked(pair: Duplicate) -> Duplicate:
    """Return the pair, locked; what somebody decided meanwhile is seen by their moves."""
    rows = Duplicate.objects.select_for_update(of=("self",)).select_related("household__area", "claimed_area")
    found: Duplicate = rows.select_related("revision__by", "noted_by").get(pk=pair.pk)
    return found

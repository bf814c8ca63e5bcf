"""Who may choose help for a case, and while which cases help can be chosen at all."""

from django.utils.translation import gettext as _

from assistance.lifecycle import HELD, UNDER_WAY
from assistance.models import Case
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Actor

#: While a case stands here, measures are chosen: before the decision as proposals, after it they are asked for.
CHOOSING = (*UNDER_WAY, *HELD)
#: What is asked of departments at once: the county has decided, or help comes first.
ASKING = HELD
#: Where a case has left for good and no help of it goes on; a removal is not among them (field.md 3.16).
OVER = (
    "declined",
    "withdrawn",
    "unreachable",
    "died_out",
    "moved_away",
    "duplicate",
    "unharmed",
    "corrected",
)


def may_plan(case: Case, user: User) -> bool:
    """Say whether `user` chooses help here: by right, for a case that is theirs or lent to them, and no kin's."""
    return (
        case.state in CHOOSING
        and user.holds(Right.PLAN_HELP, case.area_id, of=case)
        and not recused(user, case.recusal_keys())
    )


def planner(case: Case, by: User) -> Actor:
    """Return as whom `by` chooses help for a case, or refuse with the reason."""
    actor = by.authority(Right.PLAN_HELP, case.area_id, of=case)
    if rule := recused(by, case.recusal_keys()):
        raise Refused(rule)
    if case.state not in CHOOSING:
        raise Refused(_("No help can be chosen while the case is “%(state)s”.") % {"state": case.state_label})
    return actor

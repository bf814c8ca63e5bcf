"""Who writes income sheets, and while which cases: whoever visits the household, also because it is lent to them."""

from django.utils.translation import gettext as _

from assistance.lifecycle import HELD
from assistance.models import Case
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Actor

#: Monitored households, and those whose risk is removed: their data are kept up every year (domain.md 5.8).
KEPT = (*HELD, "removed")


def may_write(case: Case, user: User) -> bool:
    """Say whether `user` writes the sheets of a case."""
    return (
        case.state in KEPT
        and user.holds(Right.VISIT_HOUSEHOLDS, case.area_id, of=case)
        and not recused(user, case.recusal_keys())
    )


def writer(case: Case, by: User) -> Actor:
    """Return as whom `by` writes the sheets of a case, or refuse with the reason."""
    actor = by.authority(Right.VISIT_HOUSEHOLDS, case.area_id, of=case)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if case.state not in KEPT:
        raise Refused(
            _("Income sheets are kept for monitored households; this case is “%(state)s”.")
            % {"state": case.state_label}
        )
    return actor

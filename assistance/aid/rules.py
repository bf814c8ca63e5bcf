"""Who may write down aid of a case, and while which cases."""

from django.utils.translation import gettext as _

from assistance.measures.answering import answers
from assistance.measures.rules import OVER
from assistance.models import AidRecord, Case, Measure
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Actor


def may_record(case: Case, user: User, measure: Measure | None = None) -> bool:
    """Say whether `user` writes down aid here: who works with the case or helps it, or the office that was asked."""
    return (
        case.state not in OVER
        and user.holds(Right.RECORD_AID, case.area_id, of=case)
        and not recused(user, case.recusal_keys())
        and _is_theirs(case, user, measure)
    )


def may_change(row: AidRecord, user: User) -> bool:
    """Say whether `user` may stop, strike out or have this record acknowledged."""
    return may_record(row.case, user, row.measure)


def recorder(case: Case, by: User, measure: Measure | None = None) -> Actor:
    """Return as whom `by` writes down aid of a case, or refuse with the reason."""
    actor = by.authority(Right.RECORD_AID, case.area_id, of=case)
    if rule := recused(by, case.recusal_keys()):
        raise Refused(rule)
    if case.state in OVER:
        raise Refused(
            _("No aid can be recorded while the case is “%(state)s”.") % {"state": case.state_label}
        )
    if not _is_theirs(case, by, measure):
        raise Refused(
            _("An office records what it was asked for itself: open the measure in its list of tasks.")
        )
    return actor


def _is_theirs(case: Case, user: User, measure: Measure | None) -> bool:
    """Say whether the case is in the scope of `user` or lent to them, or the measure was asked of their office."""
    if user.is_built_in or Case.objects.visible_to(user).filter(pk=case.pk).exists():
        return True
    return measure is not None and measure.state != "proposed" and answers(user, measure)

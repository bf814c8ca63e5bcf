"""A case is opened: for a household that the township proposed, with what the doorstep has brought already."""

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification import proposed
from assistance.enrolment import chain
from assistance.enrolment.moved import follow
from assistance.lifecycle import HELD
from assistance.models import Case, CaseMember
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import create
from households.models import Household, Resident

Origin = Case.Origin


@transaction.atomic
def open_for_alert(alert: Alert, *, by: User) -> Case:
    """Open the case of a household whose warning the township has just proposed (alerts.proposals.AfterProposal)."""
    if alert.state != "proposed":
        raise Refused(_("A case is opened for a household that the township has proposed."))
    case = Case(
        household=alert.household,
        area_id=alert.area_id,
        origin=Origin.ALERT,
        alert=alert,
        visit=alert.visit,
        opened_on=clock.today(),
        first_clue_on=alert.first_clue_on or alert.opened_on,
    )
    return opened(case, by=by)


def opened(case: Case, *, by: User) -> Case:
    """Store a new case with its members, and let it follow the chain of its area."""
    household = Household.objects.select_for_update().get(pk=case.household_id)
    actor = by.authority(Right.REVIEW_CASES, household.area_id)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    if household.dissolved_on is not None:
        raise Refused(_("This household is dissolved: nothing is opened for it any more."))
    if Case.objects.running().filter(household=household).exists():
        raise Refused(_("This household has a running case already."))
    create(case, by=by, actor=actor)
    counted = Resident.objects.present().filter(household=household)
    CaseMember.objects.bulk_create(CaseMember(case=case, resident=each) for each in counted)
    chain.begin([case])
    follow([case], by=by)
    return case


def after_proposal(alert: Alert, *, by: User) -> None:
    """Open the case in the transaction of the proposal; where one runs that keeps the household, the warning ends."""
    running = Case.objects.running().filter(household=alert.household_id).first()
    if running is None:
        open_for_alert(alert, by=by)
    elif running.alert_id != alert.pk:
        proposed.conclude([alert.pk], "already_monitored" if running.state in HELD else "duplicate")
        alert.refresh_from_db()

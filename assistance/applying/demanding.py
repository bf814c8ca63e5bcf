"""Ask a household for a paper, and say that it came; what data answer is never asked for."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.applying.papers import answered, papers
from assistance.applying.taking import STEP, take_if_ready
from assistance.models import Case, PaperDemand
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from households.identity.masking import masked_text


@transaction.atomic
def demand(case: Case, paper: str, why: str, *, by: User) -> PaperDemand:
    """Ask for a paper; refused with the name of the dataset that answers it, and while the application is over."""
    actor = _may(case, by)
    if STEP not in case.waits_for:
        raise Refused(_("The application of this case is complete: no paper is asked for any more."))
    declared = papers().get(paper)
    if declared is None:
        raise Refused(_("Choose from the list."), field="paper")
    if source := answered(declared, case.area_id):
        raise Refused(
            _("“%(paper)s” is not asked for: %(source)s answers it. Nobody brings a paper for what data say.")
            % {"paper": declared.name, "source": source},
            field="paper",
        )
    words = masked_text(why.strip())
    if not words:
        raise Refused(_("Say what it is needed for: the household is told so."), field="why")
    try:
        with transaction.atomic():
            row = PaperDemand.objects.create(
                case=case, paper=paper, why=words[:200], asked_on=clock.today(), asked_by=by
            )
    except IntegrityError as twice:
        raise Refused(_("This paper is being asked for already."), field="paper") from twice
    _note("paper.asked_for", row, actor)
    return row


@transaction.atomic
def settle(row: PaperDemand, *, brought: bool, by: User) -> PaperDemand:
    """Say that a paper came, or is not needed after all; the chain goes on where nothing else is missing."""
    case = row.case
    actor = _may(case, by)
    given = {"ended_on": clock.today(), "ended_by": by, "brought": brought}
    if PaperDemand.objects.open().filter(pk=row.pk).update(**given) != 1:
        raise Refused(_("Somebody has written this down already."))
    row.refresh_from_db()
    _note("paper.settled", row, actor)
    take_if_ready(case, by=by)
    return row


def _may(case: Case, by: User) -> Actor:
    actor = by.authority(Right.PREPARE_CASES, case.area_id)
    if rule := recused(by, case.household.recusal_keys):
        raise Refused(rule)
    return actor


def _note(verb: str, row: PaperDemand, actor: Actor) -> None:
    today, case = clock.today(), row.case
    told = {"paper": row.paper, "brought": row.brought}
    record(
        Act(verb, case._meta.label_lower, str(case.pk), today, today, area=case.area_id, details=told),
        by=actor,
    )

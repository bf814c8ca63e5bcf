"""Households of the old register that have a running case here already: people say what becomes of the two."""

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.enrolment.moved import advance
from assistance.imported.adopting import adopt, doubled
from assistance.models import Case, ImportedDouble
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request
from households.identity.masking import masked_text
from households.models import Standing
from households.querysets import StandingQuerySet

Answer = ImportedDouble.Answer


def to_answer(user: User, right: Right = Right.VIEW_CASES) -> StandingQuerySet:
    """Return the standings in doubt of one's areas that nobody has answered for."""
    answered = ImportedDouble.objects.values("standing")
    inside = within("household__area__code", prefixes(user, right))
    return doubled().filter(inside).exclude(pk__in=answered)


@transaction.atomic
def answer(standing: Standing, said: str, reason: str, *, by: User) -> ImportedDouble:
    """Say that the running case is the old one once more (it ends as a duplicate), or that it goes on by itself."""
    home = standing.household
    actor = by.authority(Right.REVIEW_CASES, home.area_id)
    if rule := recused(by, home.recusal_keys):
        raise Refused(rule)
    if said not in Answer.values:
        raise Refused(_("Choose what becomes of the two."), field="answer")
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if (
        not doubled().filter(pk=standing.pk).exists()
        or ImportedDouble.objects.filter(standing=standing).exists()
    ):
        raise Refused(_("Nothing is left to answer here."))
    case = (
        Case.objects.running().select_for_update(of=("self",)).select_related("household").get(household=home)
    )
    if said == Answer.SAME:
        told = {"standing": standing.pk}
        asked = Request(
            "mark_duplicate", reason=reason, given={"other": standing.pk}, details=told,
            writes={"ended_on": clock.today()},
        )  # fmt: skip
        advance(case, asked, by=by)
        adopt([home.pk])
    made: ImportedDouble = ImportedDouble.objects.create(
        standing=standing, case=case, answer=said, reason=masked_text(reason.strip()),
        answered_on=clock.today(), answered_by=by,
    )  # fmt: skip
    act = Act(
        "case.imported_answered", "assistance.case", str(case.pk), clock.today(), clock.today(),
        area=home.area_id, details={"standing": standing.pk, "answer": said}, personal={"reason": made.reason},
    )  # fmt: skip
    record(act, by=actor)
    return made

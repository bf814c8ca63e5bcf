"""What leads back or off the chain of a case: returns, side doors, skipping (assistance.acts.CaseActs)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.acts import Act, offered
from assistance.enrolment import chain
from assistance.enrolment.leaving import ATTEMPTS, attempts_of
from assistance.enrolment.returning import DECIDING
from assistance.enrolment.skipping import skippable
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.courses import Standing
from households.models import Resident

_ALWAYS = ("resume", "withdraw", "mark_unauthorised", "give_up", "move_away", "mark_duplicate")


class ChainActs:
    """Returns, side doors and skipping."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return what `user` may do; what the case is not fit for yet says why."""
        standing = chain.standing_of(case)
        wanted = [*_returns(case, standing), *_ALWAYS]
        if not Resident.objects.present().filter(household=case.household_id).exists():
            wanted.append("die_out")
        pages = {verb: reverse("cases:move", args=[case.pk, verb]) for verb in wanted}
        found = offered(case, user, pages)
        return [self._tried(case, act) for act in found] + _skips(case, user, standing)

    @staticmethod
    def _tried(case: Case, act: Act) -> Act:
        """Say of “could not be reached” how many attempts are written down."""
        if act.verb != "give_up" or act.blocked or (tried := attempts_of(case)) >= ATTEMPTS:
            return act
        sentence = _("“Could not be reached” needs %(needed)d recorded attempts; so far there are %(tried)d.")
        return Act(act.verb, act.label, act.url, sentence % {"needed": ATTEMPTS, "tried": tried})


def _returns(case: Case, standing: Standing | None) -> list[str]:
    """Return the returns that make sense now: the county's while it decides, else the township's."""
    if standing is None or all(standing.is_ahead(step) for step in standing.steps):
        return []
    return ["return_from_county", "return"] if DECIDING in case.waits_for else ["return"]


def _skips(case: Case, user: User, standing: Standing | None) -> list[Act]:
    if case.state != "open" or not user.holds(Right.REVIEW_CASES, case.area_id):
        return []
    return [
        Act(
            "skip",
            _("Skip: %(step)s") % {"step": step.label},
            reverse("cases:skip", args=[case.pk, step.code]),
        )
        for step in skippable(standing)
    ]


ACTS = ChainActs()

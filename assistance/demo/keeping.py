"""How the case of a story stands, and how it is brought back to the demonstration's day.

A case that was opened since ends by the moves that end one: taken back, withdrawn, corrected. One that the story itself
has, and that went on since, stays where it is, and that is said: no move takes a paper, a vote or a notice back.
"""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.demo.acts import holder
from assistance.deciding import correcting, undoing
from assistance.deciding.correcting import Hearing
from assistance.demo import last_day, shop_fire
from assistance.enrolment import leaving
from assistance.enrolment.chain import open_steps
from assistance.enrolment.leaving import Stated
from assistance.models import Case, CaseStatement, Correction, EvaluationItem, FirstHelp
from assistance.querysets import CaseQuerySet
from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.demo.story import LAST_DAY
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.workflow.offers import history
from households.demo.storytelling import Line, PutBack, reason
from households.models import Household

#: The case that a story itself has, by household: how it came, and what was done with it until the demonstration's day.
_PLAYED = {
    "YS000005": (Case.Origin.DISASTER, {"open_case", "apply", "compare"}),
    last_day.HOUSEHOLD: (Case.Origin.ALERT, {"open_case", "apply", "compare", "evaluate", "post"}),
    shop_fire.HOUSEHOLD: (
        Case.Origin.ALERT,
        {"open_case", "apply", "compare", "evaluate", "post", "end_notice", "review", "approve", "announce"},
    ),
}
_ADOPTED = {"open_case", "adopt", "adopt_ended"}


class CasePart:
    """The case's part in a story."""

    def lines(self, home: Household) -> list[Line]:
        """Say how the newest case of the household stands, and which step it waits for."""
        case = _cases(home).last()
        if case is None:
            return []
        steps = open_steps([case]).get(case.pk, ()) if case.state == "open" else ()
        state = _("case: %(state)s") % {"state": case.state_label}
        page = reverse("cases:case", args=[case.pk])
        return [Line(state, "、".join(step.label for step in steps), page, _verifier(home).username)]

    def put_back(self, home: Household, found: PutBack) -> None:
        """End what was opened since, and say of the story's own case what was done with it and stays."""
        for case in _cases(home):
            if _is_own(case):
                found.left += [f"{home.code}: {said}" for said in _went_on(case)]
            elif case.is_running:
                _end(case, found)


def _cases(home: Household) -> CaseQuerySet:
    return Case.objects.filter(household=home).select_related("household", "area", "standing").order_by("pk")


def _is_own(case: Case) -> bool:
    """Say whether the story had this case on the demonstration's day."""
    own = _PLAYED.get(case.household.code)
    if case.origin == Case.Origin.IMPORT:
        return True
    return own is not None and case.opened_on < LAST_DAY and case.origin == own[0]


def _went_on(case: Case) -> Iterator[str]:
    """Say what was done with the story's own case since, which stays."""
    played = _ADOPTED if case.origin == Case.Origin.IMPORT else _PLAYED[case.household.code][1]
    acts = [str(case.lifecycle.find(row.verb).label) for row in history(case) if row.verb not in played]
    told = {"number": case.number, "state": case.state_label, "acts": "、".join(acts)}
    if acts:
        yield _("case %(number)s went on (%(acts)s) and stays “%(state)s”") % told
    if EvaluationItem.objects.filter(case=case, voted_by__isnull=False, result="").exists():
        yield _("the votes on case %(number)s are entered, and stay") % told
    if FirstHelp.objects.filter(case=case, helped_on__gte=LAST_DAY).exists():
        yield _("help for case %(number)s was recorded, and stays") % told


def _end(case: Case, found: PutBack) -> None:
    """End a case that was opened since, move by move; where that is refused, say why and where it stays."""
    number, home = case.number, case.household.code
    try:
        while (back := _BACK.get(case.state)) is not None:
            back(case)
            case = _cases(case.household).get(pk=case.pk)
    except Refused as refused:
        told = {"home": home, "number": number, "state": case.state_label, "why": refused.sentence}
        found.left.append(_("%(home)s: case %(number)s stays “%(state)s”: %(why)s") % told)
        return
    told = {"number": number, "state": case.state_label}
    found.done.append(f"{home}: " + _("case %(number)s is ended (%(state)s), and can be read on") % told)


def _taken_back(case: Case) -> None:
    made = undoing.approved_by(case)
    undoing.undo_approval(case, reason(), by=made.by if made else _verifier(case.household))


def _withdrawn(case: Case) -> None:
    stated = Stated(CaseStatement.Way.CALL, clock.today(), case.household.code, reason())
    leaving.withdraw(case, stated, reason(), by=_verifier(case.household))


def _called_wrong(case: Case) -> None:
    heard = Hearing(clock.today(), Correction.HeardBy.OFFICE, reason())
    correcting.propose(case, heard, reason(), by=_verifier(case.household))


def _corrected(case: Case) -> None:
    made = case.corrections.get(decided_on__isnull=True)
    correcting.confirm(made, reason(), by=holder(Role.COUNTY_APPROVER, COUNTY))


def _verifier(home: Household) -> User:
    return holder(Role.TOWNSHIP_VERIFIER, home.area_id)


#: How a case leaves a state towards one in which nothing hangs on it any more.
_BACK: dict[str, Callable[[Case], None]] = {
    "approved": _taken_back, "open": _withdrawn, "unauthorised": _withdrawn, "enrolled": _called_wrong,
    "correcting": _corrected,
}  # fmt: skip
CASES = CasePart()

"""What the page of a removal shows: its chain, its guards then and now, and what its reader may do."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.acts import Act
from assistance.deciding.kinds import RULES
from assistance.models import EvaluationItem, NoticeItem, Removal
from assistance.notices.drawing import place_of
from assistance.removal.barriers import standing_before
from assistance.removal.chain import standings_of
from assistance.removal.guards import Guard, guards_of, of_kept
from assistance.removal.lifecycle import RUNNING
from assistance.removal.selectors import may_undo
from foundation.accounts.models import User
from foundation.workflow.courses import Ending
from foundation.workflow.models import CourseStep
from foundation.workflow.offers import offers

#: Moves that a form with a reason makes on the page of a removal.
BY_FORM = (
    "withdraw", "return", "return_from_county", "refuse", "decline", "undo_approval", "take_up_again",
    "propose_rollback", "confirm_rollback", "reject_rollback", "withdraw_rollback",
)  # fmt: skip
#: Moves that a paper of many makes, by their verbs.
BY_PAPER = {rule.verb: rule for rule in RULES.values()}


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the chain: done on a day, open with its last day, or ahead."""

    label: str
    tone: str
    day: datetime.date | None
    due: datetime.date | None


def links(removal: Removal) -> list[Link]:
    """Return the chain of a removal, in its order."""
    standing = standings_of([removal]).get(removal.pk)
    if standing is None:
        return []
    taken = CourseStep.objects.filter(course=standing.course, ending=Ending.DONE).order_by("pk")
    days = {row.step: row.on for row in taken}
    opened = set(removal.waits_for) if removal.state in RUNNING else set()
    found = []
    for step in standing.steps:
        is_open = step.code in opened
        tone = "open" if is_open else "ahead" if standing.is_ahead(step) else "done"
        day = None if standing.is_ahead(step) else days.get(step.code)
        found.append(Link(step.label, tone, day, removal.step_due_on if is_open else None))
    return found


def guards_now(removal: Removal) -> list[Guard]:
    """Return the guards as they stand today while they are still judged, else as the county judged them."""
    if removal.state == "proposed":
        return guards_of(removal.case, removal.way, removal=removal)
    return of_kept(removal.decided_guards or removal.guards)


def held_back(removal: Removal) -> str:
    """Return the sentence that stands before the announcement of an approved removal, or an empty one."""
    return standing_before("announce", [removal]).get(removal.pk, "") if removal.state == "approved" else ""


def acts_of(removal: Removal, user: User) -> list[Act]:
    """Return what `user` may do with a removal, what takes the next step first."""
    pages = {
        verb: f"{reverse(f'cases:{rule.word}_new')}?removal={removal.pk}" for verb, rule in BY_PAPER.items()
    }
    pages |= {"evaluate": _meeting(removal), "post": _notice(removal)}
    not_now = set() if may_undo(removal, user) else {"undo_approval"}
    not_now |= set() if held_back(removal) else {"take_up_again"}
    forms = [verb for verb in BY_FORM if verb not in not_now]
    judged_by = "return" if "decide" in removal.waits_for else "return_from_county"
    pages |= {
        verb: reverse("cases:removal_move", args=[removal.pk, verb]) for verb in forms if verb != judged_by
    }
    labels = {"evaluate": _("Democratic evaluation"), "post": _("Public notice")}
    labels |= {verb: str(rule.title) for verb, rule in BY_PAPER.items()}
    standing = standings_of([removal]).get(removal.pk)
    opened = {verb for step in standing.open_steps() for verb in step.verbs} if standing else set()
    found = []
    for offer in offers(removal, user, [verb for verb in pages if verb in forms or verb in opened]):
        verb = offer.move.verb
        barred = standing_before(verb, [removal]).get(removal.pk, "")
        label = labels.get(verb) or str(offer.move.label)
        found.append(Act(verb, label, pages[verb], str(offer.blocked or barred), leads=verb not in forms))
    return sorted(found, key=lambda act: not act.leads)


def _meeting(removal: Removal) -> str:
    item = EvaluationItem.objects.filter(removal=removal, result="").first()
    if item is not None:
        return reverse("cases:evaluation", args=[item.evaluation_id])
    return reverse("cases:call", args=[removal.area_id])


def _notice(removal: Removal) -> str:
    item = NoticeItem.objects.filter(removal=removal, ended_on__isnull=True, left_on__isnull=True).first()
    if item is not None:
        return reverse("cases:notice", args=[item.notice_id])
    return reverse("cases:draw", args=[place_of(removal)])

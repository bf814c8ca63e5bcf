"""What lists and pages say of a case: its state, its marks, what it waits for."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.enrolment.escalating import is_escalated
from assistance.lifecycle import HELD, UNDER_WAY
from assistance.models import Case
from foundation.accounts import clock
from foundation.desk.columns import Badge, Tone
from foundation.workflow.models import Path
from foundation.workflow.paths import steps_of


def state_badge(case: Case) -> Badge:
    """Return where a case stands, in a pill."""
    tone: Tone = "action" if case.state in UNDER_WAY else "done" if case.state in HELD else "plain"
    return Badge(case.state_label, tone)


def marks(case: Case) -> list[Badge]:
    """Return what one must know of a case at first sight."""
    said: list[Badge] = []
    if case.fast_track:
        said.append(Badge(pgettext("case", "help first"), "soon"))
    if case.returned and case.state in UNDER_WAY:
        said.append(Badge(_("sent back %(count)d times") % {"count": case.returned}, "soon"))
    if is_escalated(case, clock.today()):
        said.append(Badge(_("superior told"), "overdue"))
    if case.origin == Case.Origin.IMPORT:
        said.append(Badge(pgettext("case", "before this platform"), "plain"))
    return said


class StepNames:
    """What the steps of chains are called, asked once for a page: the newest chain that has a step names it."""

    def __init__(self) -> None:
        """Read every chain there is; they are few."""
        self._names: dict[str, str] = {}
        for path in Path.objects.filter(kind="enrolment").order_by("from_day", "pk"):
            self._names |= {step.code: step.label for step in steps_of(path) if not path.area_id} | {
                step.code: self._names.get(step.code, step.label) for step in steps_of(path) if path.area_id
            }

    def choices(self) -> list[tuple[str, str]]:
        """Return steps and their names, in the order of the chains."""
        return list(self._names.items())

    def told(self, steps: Iterable[str]) -> str:
        """Return some steps in words."""
        return "、".join(self._names.get(step, step) for step in steps)

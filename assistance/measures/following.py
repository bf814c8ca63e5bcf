"""What measures follow: the county's decision sends them out, a case that ends without help takes them back."""

from collections.abc import Collection, Sequence

from assistance.measures.rules import OVER
from assistance.measures.ticking import ask_departments, goes_out
from assistance.models import Case, Measure, Plan
from foundation.accounts.models import User
from foundation.workflow.move import Request, move_many


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Ask for what was proposed once a case is decided; take back what waits once it is over (CASE_FOLLOWERS)."""
    system = User.objects.built_in("system")
    out = [case.pk for case in cases if goes_out(case)]
    if out:
        proposed = Measure.objects.filter(case__in=out, state="proposed").select_related("case__household")
        ask_departments(list(proposed), by=system)
    over = [case for case in cases if case.state in OVER]
    if over:
        _end([case.pk for case in over], system)


def _end(cases: Collection[int], system: User) -> None:
    ended = Request("withdraw", reason="case_ended")
    for model, state in ((Measure, ("proposed", "asked")), (Plan, ("submitted",))):
        rows = model._default_manager.filter(case__in=cases, state__in=state).select_related(
            "case__household"
        )
        move_many(list(rows), ended, by=system)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank running text about the household of a person who is erased; what landed and when stays (AFTER_ERASURE)."""
    Measure.objects.filter(case__household__residents__in=residents).update(note="", answer="")
    Plan.objects.filter(case__household__residents__in=residents).update(aim="", decision="")

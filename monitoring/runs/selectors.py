"""Comparisons with what lists and pages say of them: counts, state, who asked."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.desk.tables import Badge, Tone
from foundation.jobs.models import OPEN, Job, State
from foundation.jobs.selectors import may_know_asker
from monitoring.models import Run, RunStandard, Trial

_TONES: dict[str, Tone] = {State.DONE: "done", State.FAILED: "overdue", State.CANCELLED: "plain"}
_COUNTS = ("findings", "new", "held", "retracted")


def runs_for(user: User) -> QuerySet[Run]:
    """Return the comparisons that `user` may see, with counts, the state of their work, and whether the asker shows."""
    rows = Run.objects.visible_to(user).select_related("area", "by")
    counts = {f"{name}_count": _sum_of(name) for name in _COUNTS}
    return rows.annotate(
        work=Subquery(Job.objects.filter(uuid=OuterRef("job")).values("state")[:1]),
        asker_shown=asker_shown(user),
        **counts,
    )


def asker_shown(user: User) -> Exists:
    """Return the condition, for rows with a `by`, that `user` may be told who that is."""
    return Exists(User.objects.visible_to(user).filter(pk=OuterRef("by")))


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Keep the comparisons whose work is open, done, failed or cancelled."""
    states = [each.value for each in OPEN] if state == "open" else [state]
    return rows.filter(job__in=Job.objects.filter(state__in=states).values("uuid"))


def with_held(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    """Keep the comparisons that hold something back, or those that do not."""
    holding = Exists(RunStandard.objects.filter(run=OuterRef("pk"), held__gt=0))
    return rows.filter(holding if wanted else ~holding)


def state_badge(row: Any) -> Badge | None:
    """Return where a comparison of `runs_for` stands, as a coloured word; None where its work is no longer kept."""
    if row.ended_at is not None:
        return Badge(State.DONE.label, "done")
    return Badge(State(row.work).label, _TONES.get(row.work, "action")) if row.work else None


def asker_of(row: Any) -> str:
    """Say who asked, as far as the reader may know."""
    if row.by.is_built_in:
        return _("the platform")
    return row.by.name if row.asker_shown else _("somebody of another office")


def job_of(row: Run | Trial) -> Job | None:
    """Return the work of a comparison or a trial that its own door has opened; None where it is no longer kept."""
    return Job.objects.filter(uuid=row.job).first() if row.job else None


def work_of(row: Run | Trial, user: User) -> Job | None:
    """Return the same with how far it has come, and whether `user` may be told who asked."""
    if row.job is None:
        return None
    rows = Job.objects.with_progress().select_related("asked_by")
    return rows.annotate(asker_shown=may_know_asker(user)).filter(uuid=row.job).first()


def _sum_of(name: str) -> Coalesce:
    totals = RunStandard.objects.filter(run=OuterRef("pk")).order_by().values("run")
    return Coalesce(Subquery(totals.annotate(total=Sum(name)).values("total")), 0)

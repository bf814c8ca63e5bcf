"""What has changed since the comparison before, standard by standard.

Findings are renewed by later comparisons and keep only the first and the last that found them. So "no longer found" is
what a comparison between the one before and this one found last; a finding that came back later is not counted.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.models.areas import ancestors
from monitoring.models import Finding, Run, RunStandard

NEW, GONE, RETRACTED = "new", "gone", "retracted"
WHAT = {NEW: _("newly found"), GONE: _("no longer found"), RETRACTED: _("taken back")}


@dataclass(frozen=True, slots=True)
class Change:
    """How many findings of one standard came, went, and were taken back; `before` is the comparison before."""

    before: int | None
    new: int
    gone: int
    retracted: int

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.new or self.gone or self.retracted)


def runs_before(run: Run) -> dict[str, int]:
    """Return by standard the newest comparison before `run` that evaluated it for all of its area."""
    answered = RunStandard.objects.filter(
        run__area__in=[*ancestors(run.area_id), run.area_id],
        run__pk__lt=run.pk,
        run__looks_back=False,
        run__ended_at__isnull=False,
        error="",
        silent=False,
        standard__in=_evaluated(run),
    )
    return dict(answered.order_by().values_list("standard").annotate(Max("run")))


def changes(run: Run, user: User) -> dict[str, Change]:
    """Return what has changed in every standard that was evaluated; nothing for a run that looks back."""
    if run.looks_back or run.ended_at is None:
        return {}
    before = runs_before(run)
    counts = {what: _count(of(what, run, user, before)) for what in WHAT}
    return {
        code: Change(before.get(code), *(counts[what].get(code, 0) for what in (NEW, GONE, RETRACTED)))
        for code in _evaluated(run)
    }


def of(what: str, run: Run, user: User, before: dict[str, int] | None = None) -> QuerySet[Finding]:
    """Return the findings that came, went or were taken back in a comparison."""
    rows = Finding.objects.visible_to(user).filter(looks_back=False)
    if what == NEW:
        return rows.filter(first_run=run)
    if what == RETRACTED:
        return rows.filter(retracted_by_run=run)
    since = runs_before(run) if before is None else before
    gone = Q(pk__in=[])
    for code, first in since.items():
        gone |= Q(standard=code, run__gte=first)
    return rows.filter(gone, run__lt=run.pk, area__code__startswith=run.area_id, retracted_at__isnull=True)


def _evaluated(run: Run) -> Collection[str]:
    results = run.results.filter(error="", silent=False)
    return list(results.order_by().values_list("standard", flat=True))


def _count(rows: QuerySet[Finding]) -> dict[str, int]:
    return dict(rows.order_by().values_list("standard").annotate(Count("pk")))

"""Trials (试跑): what a draft would have named in the last twelve months, beside what the present line named.

Nothing is raised and no finding is written: what stays is counts, for a while (docs/decisions/0041).
"""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.jobs import asking
from foundation.ledger.record import Act, record
from foundation.regulations import lookup
from foundation.regulations.book import Book
from foundation.regulations.models import LocalValue
from monitoring.comparison.drafts import drafted_book, line_of, standard_of
from monitoring.comparison.evaluating import judge_area
from monitoring.models import Trial
from monitoring.screening.book import standards
from monitoring.screening.standard import Standard

KIND = "try_draft"
#: So many ends of months are looked at, the as-of day among them.
MONTHS = 12
KEPT_DAYS = 90
NOW, BOTH, DRAFT = "now", "both", "draft"
#: Households by the village that was responsible for them.
Named = Mapping[int, str]


class TrialOutcomes(Protocol):
    """What visits have found at households: any package answers, named in config/composition.py (TRIAL_OUTCOMES)."""

    def __call__(
        self, households: Collection[int], since: datetime.date, until: datetime.date
    ) -> Mapping[str, int]:
        """Return how many of the households came to each outcome in that time (codes of `outcome_codes`)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draft and where it is tried: `declaration` a drafted standard of the code `standard`, else a declared one;
    `amount` with `comparator` and `population` a drafted line, or `proposal` one that somebody has proposed.
    """

    area: Area
    as_of: datetime.date
    standard: str
    declaration: str = ""
    population: str = ""
    amount: Decimal | None = None
    comparator: str = ""
    proposal: LocalValue | None = None


@transaction.atomic
def ask_trial(wanted: Wanted, *, by: User, ring: bool = True) -> Trial:
    """Ask for a trial as long work; needs the right to run comparisons in the area.

    Refused where the declaration does not obey the form, the line does not fit the standard, or nothing is drafted.
    """
    actor = by.authority(Right.RUN_COMPARISON, wanted.area.code)
    today = clock.today()
    if wanted.as_of > today:
        raise Refused(_("The day lies in the future: enter a day up to today."), field="as_of")
    trial = Trial(
        area=wanted.area,
        as_of=wanted.as_of,
        standard=wanted.standard.strip(),
        declaration=wanted.declaration.replace("\r\n", "\n").strip(),
        population=wanted.population,
        amount=wanted.amount,
        comparator=wanted.comparator if wanted.amount is not None else "",
        proposal=wanted.proposal,
        by=by,
        kept_until=today + datetime.timedelta(days=KEPT_DAYS),
    )
    standard = standard_of(trial)
    if line_of(trial, standard) is None and not trial.declaration:
        raise Refused(_("Enter the line that is to be tried, or a declaration."), field="amount")
    _refuse_elsewhere(trial)
    trial.save()
    job = asking.enqueue(KIND, {"trial": trial.pk}, by=by, area=wanted.area.code, ring=ring)
    trial.job = job.uuid
    trial.save(update_fields=["job"])
    details = {"standard": trial.standard, "as_of": str(trial.as_of), "declaration": standard.digest}
    record(Act("trial.asked", "trial", str(trial.pk), today, today, details=details), by=actor)
    return trial


def worked_out(trial: Trial, *, tick: Callable[[int, int], None] = lambda _done, _of: None) -> dict[str, Any]:
    """Return what a trial comes to, as `Trial.result` keeps it: counts of households, nobody's name.

    `tick` is told how many of the looks at the archive are done; it may raise to stop.
    """
    standard, days = standard_of(trial), list(month_ends(trial.as_of))
    present, law = standards().get(trial.standard), lookup.book()
    drafted = drafted_book(trial, standard)
    now: dict[int, str] = {}
    draft: dict[int, str] = {}
    months = []
    for number, day in enumerate(days):
        tick(number, len(days))
        now_named = _named(present, trial.area_id, day, law) if present else {}
        draft_named = _named(standard, trial.area_id, day, drafted)
        months.append({"day": day.isoformat(), **_overlap(now_named, draft_named)})
        now.update(now_named)
        draft.update(draft_named)
    tick(len(days), len(days))
    return {
        "months": months,
        "all": _overlap(now, draft),
        "townships": _by_township(now, draft),
        "outcomes": _outcomes(now, draft, days[0], trial.as_of),
    }


@transaction.atomic
def keep(trial: Trial, result: Mapping[str, Any], *, by: User) -> None:
    """Keep what a trial came to, with an entry of its counts."""
    Trial.objects.filter(pk=trial.pk).update(result=dict(result), ended_at=timezone.now())
    today = clock.today()
    record(
        Act("trial.ended", "trial", str(trial.pk), today, today, details={"households": result["all"]}),
        by=by.authority(Right.RUN_COMPARISON, trial.area_id),
    )


@transaction.atomic
def delete_over(on: datetime.date, *, by: User) -> int:
    """Delete the trials whose time is over on a day; returns how many. Again does nothing."""
    gone = list(Trial.objects.over(on).select_for_update(of=("self",)))
    for trial in gone:
        record(
            Act("trial.deleted", "trial", str(trial.pk), on, on, area=trial.area_id),
            by=by.authority(Right.RUN_COMPARISON, trial.area_id),
        )
    Trial.objects.filter(pk__in=[trial.pk for trial in gone]).delete()
    return len(gone)


def night_work(*, by: User, on: datetime.date) -> None:
    """Delete what is kept no longer (foundation.accounts.next_day.NightWork)."""
    delete_over(on, by=by)


def month_ends(as_of: datetime.date) -> Iterable[datetime.date]:
    """Yield the ends of the eleven months before a day, the oldest first, and the day itself."""
    ends = []
    first = as_of.replace(day=1)
    for _month in range(MONTHS - 1):
        ends.append(first - datetime.timedelta(days=1))
        first = ends[-1].replace(day=1)
    yield from reversed(ends)
    yield as_of


def _named(standard: Standard, area: str, day: datetime.date, law: Book) -> dict[int, str]:
    """Return the households that a standard names in an area on a day; refused where it cannot be evaluated."""
    answer = judge_area(area, day, standards=[standard], book=law)[standard.code]
    if answer.error:
        raise Refused(answer.error)
    return {each.household: each.area for each in answer.judged if each.fires}


def _overlap(now: Named, draft: Named) -> dict[str, int]:
    both = len(now.keys() & draft.keys())
    return {NOW: len(now) - both, BOTH: both, DRAFT: len(draft) - both}


def _by_township(now: Named, draft: Named) -> list[dict[str, Any]]:
    """Count by township who is named by the present line alone, by both, and by the draft alone."""
    counts: dict[str, Counter[str]] = {}
    for household in now.keys() | draft.keys():
        area = (draft.get(household) or now[household])[: Level.TOWNSHIP.value]
        kind = BOTH if household in now and household in draft else NOW if household in now else DRAFT
        counts.setdefault(area, Counter())[kind] += 1
    return [
        {"area": area, **{kind: counts[area][kind] for kind in (NOW, BOTH, DRAFT)}} for area in sorted(counts)
    ]


def _outcomes(
    now: Named, draft: Named, since: datetime.date, until: datetime.date
) -> dict[str, dict[str, int]] | None:
    """Count what visits have found, for each kind of household; None where nobody can answer yet."""
    answering = list(parts("TRIAL_OUTCOMES"))
    if not answering:
        return None
    kinds = {
        NOW: now.keys() - draft.keys(),
        BOTH: now.keys() & draft.keys(),
        DRAFT: draft.keys() - now.keys(),
    }
    found: dict[str, dict[str, int]] = {}
    for kind, households in kinds.items():
        total: Counter[str] = Counter()
        for answer in answering:
            total.update(answer(households, since, until))
        found[kind] = dict(total)
    return found


def _refuse_elsewhere(trial: Trial) -> None:
    """Refuse to try a proposed value where it would never hold."""
    if trial.proposal is None:
        return
    proposed = trial.proposal.area_id
    if not (trial.area_id.startswith(proposed) or proposed.startswith(trial.area_id)):
        raise Refused(_("This value is proposed for another area."), field="area")

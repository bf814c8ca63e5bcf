"""Why the brake holds findings back, in words: with the numbers it counted and the comparisons they come from."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _

from foundation.regulations.lookup import book
from foundation.regulations.units import Population, plain
from monitoring.comparison import brake
from monitoring.models import Dataset, RunStandard
from monitoring.runs.held import Held
from monitoring.screening.lines import lines_here


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier comparison: its number, its day, and how many findings of the standard it had there."""

    run: int
    day: datetime.date
    count: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, the facts behind it (label, text), and the comparisons that were looked at."""

    sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    runs: tuple[Before, ...] = ()


def why_held(because: str) -> str:
    """Name the brake that holds findings."""
    return str(brake.WORDS.get(because, because))


def reason_of(group: Held) -> Reason:
    """Say why the findings of a group were held when they were first found, as far as that can still be shown."""
    result = (
        RunStandard.objects.filter(run=group.first, standard=group.standard).select_related("run").first()
    )
    if result is None:
        return Reason(why_held(group.because))
    earlier = brake.before(group.standard.pk, group.tree, group.first)
    if group.because == brake.MORE_THAN_USUAL:
        return _many(group, result, earlier)
    if group.because == brake.LINE_CHANGED and earlier:
        return _line(group, earlier[0])
    if group.because == brake.CONTRACT_CHANGED and earlier:
        return _contract(group, result, earlier[0])
    return Reason(why_held(group.because))


def _many(group: Held, result: RunStandard, earlier: list[RunStandard]) -> Reason:
    counted = brake.that_found(earlier, group.tree)
    usual = (
        Decimal(median(counts)) if (counts := [each.found[group.tree] for each in counted]) else Decimal(0)
    )
    factor = brake.amount(brake.FACTOR, group.tree, group.first, book())
    floor = brake.amount(brake.FLOOR, group.tree, group.first, book())
    here = result.found.get(group.tree, 0)
    times = Decimal(here) / usual if usual else Decimal(0)
    sentence = _("%(here)s findings, where %(usual)s are usual: %(times)s times as many.") % {
        "here": f"{here:,}",
        "usual": f"{plain(usual):,f}",
        "times": f"{times:.1f}",
    }
    facts = (
        (
            _("Usual"),
            _("%(usual)s: the middle of the last %(count)d comparisons that found anything")
            % {"usual": f"{plain(usual):,f}", "count": len(counted)},
        ),
        (
            _("Held from"),
            _("more than %(factor)s times the usual number, and more than %(floor)s households")
            % {"factor": f"{plain(factor):f}", "floor": f"{plain(floor):,f}"},
        ),
    )
    runs = tuple(Before(each.run_id, each.run.as_of, each.found[group.tree]) for each in counted)
    return Reason(sentence, facts, runs)


def _line(group: Held, before: RunStandard) -> Reason:
    sentence = _(
        "The line of this standard, or the unit it is written in, is another than at the comparison before."
    )
    facts = (
        (_("Line now"), _lines(group, group.first.as_of)),
        (_("Line of the day of the comparison before"), _lines(group, before.run.as_of)),
    )
    return Reason(sentence, facts, (_shown(group, before),))


def _contract(group: Held, result: RunStandard, before: RunStandard) -> Reason:
    sentence = _("The contract of the dataset, or its unit, is another than at the comparison before.")
    declared = group.standard.declaration.measure.dataset
    dataset = Dataset.objects.filter(pk=declared).first()
    told = [
        (row.basis.get(group.tree, {}).get("contract", "")[:16], row.run.as_of) for row in (result, before)
    ]
    facts = (
        (_("Dataset"), dataset.name if dataset else declared),
        (_("Contract (SHA-256)"), " ← ".join(f"{digest}… {day}" for digest, day in told)),
    )
    return Reason(sentence, facts, (_shown(group, before),))


def _shown(group: Held, row: RunStandard) -> Before:
    return Before(row.run_id, row.run.as_of, row.found.get(group.tree, 0))


def _lines(group: Held, day: datetime.date) -> str:
    """Write the lines of a day, by class."""
    said = lines_here(group.standard.declaration, group.tree, day, book())
    texts = [(line.population, line.answer.text or line.answer.why_silent) for line in said]
    return "；".join(f"{Population(klass).label} {text}" if klass else text for klass, text in texts)

"""The counts of a run as datasets.md section 6 names them; `seconds` is added by whoever took the time."""

from typing import Any

from monitoring.models import Run

_COUNTS = ("subjects", "findings", "new", "repeated", "cooled_down", "held", "retracted", "silent")


def counts_of(run: Run) -> dict[str, Any]:
    """Return what a run came to, standard by standard."""
    return {
        "run": run.pk,
        "as_of": run.as_of.isoformat(),
        "standards": {
            each.standard_id: {name: getattr(each, name) for name in _COUNTS}
            for each in run.results.order_by("standard")
        },
        "alerts_raised": run.alerts_raised,
        "signals_attached": run.signals_attached,
    }

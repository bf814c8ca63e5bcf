"""A standard for programs: its declaration as plain data; texts in the language of the request."""

from typing import Any

from monitoring.screening import words
from monitoring.screening.standard import Condition, Exclusions, Measure, Standard


def standard_schema(standard: Standard) -> dict[str, Any]:
    """Return the whole declaration, its measure and exclusions as data and in words."""
    return {
        "code": standard.code,
        "version": standard.digest,
        "label": standard.label,
        "asks": standard.asks,
        "core": standard.core,
        "theme": standard.theme.value,
        "kind": standard.kind.value,
        "about": standard.about.value,
        "datasets": list(standard.datasets),
        "line": standard.line,
        "risk_type": standard.risk_type,
        "event_kind": standard.event_kind.value,
        "severity": standard.severity.value,
        "opens_alert": standard.opens_alert,
        "owner": standard.owner.value if standard.owner else None,
        "measure": _measure(standard.measure)
        | {"also_in": standard.also_in, "words": words.measured(standard)},
        "excludes": _exclusions(standard.excludes) | {"words": words.exclusions(standard)},
        "repeat": {
            "cooldown_days": standard.repeat.cooldown_days,
            "step_up": f"{standard.repeat.step_up:.4f}",
        },
        "examples": [each.says for each in standard.examples],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "dataset": measure.dataset,
        "aggregation": measure.aggregation.value,
        "column": measure.column,
        "less": list(measure.less),
        "fell_from": measure.fell_from,
        "window": {"span": measure.window.span.value, "months": measure.window.months},
        "where": [_condition(each) for each in measure.where],
        "holds": [_condition(each) for each in measure.holds],
        "at_once": [_condition(each) for each in measure.at_once],
    }


def _condition(asked: Condition) -> dict[str, Any]:
    tests = {
        "is": list(asked.is_in),
        "is_not": list(asked.is_not),
        "above": None if asked.above is None else str(asked.above),
        "year_of_day": asked.year_of_day,
        "newest": asked.newest,
    }
    return {"column": asked.column} | {
        name: test for name, test in tests.items() if test not in ([], None, False)
    }


def _exclusions(excludes: Exclusions) -> dict[str, Any]:
    ages = excludes.ages
    return {
        "dead": excludes.dead.value,
        "ages_outside": ages and {"least": ages.least, "most": ages.most, "on": ages.on.value},
        "classes": list(excludes.classes),
        "empty_households_count": excludes.empty_households_count,
    }

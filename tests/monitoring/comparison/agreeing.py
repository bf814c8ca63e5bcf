"""Ask the engine and the oracle the same, and say the same of both."""

from decimal import Decimal
from typing import Any

from foundation.accounts.models import User
from monitoring.comparison.answers import Answer
from monitoring.comparison.evaluating import judge_area
from monitoring.screening.standard import Standard
from tests.monitoring.comparison.planting import Planted, plant
from tests.monitoring.standards import facts
from tests.monitoring.standards.law import ShippedLaw
from tests.monitoring.standards.oracle import Oracle

Said = tuple[Any, ...]


def of_engine(answer: Answer, planted: Planted) -> tuple[int, bool, list[Said]]:
    """Return what the engine says in the words of the oracle."""
    assert not answer.error
    found = [
        (
            planted.households[each.household],
            planted.people[each.resident] if each.resident else "",
            _short(each.measured),
            _short(each.line),
            each.comparator,
            each.day,
            sorted((planted.deliveries[row.delivery], row.line) for row in each.rows),
        )
        for each in answer.judged
    ]
    return answer.subjects, answer.silent, sorted(found)


def of_oracle(answer: facts.Answer) -> tuple[int, bool, list[Said]]:
    """Return what the oracle says."""
    found = [
        (
            each.household,
            each.person,
            _short(each.measured),
            _short(each.line.amount),
            each.line.comparator.value,
            each.day,
            sorted((row.delivery.number, row.line) for row in each.rows),
        )
        for each in answer.findings
    ]
    return answer.subjects, answer.silent, sorted(found)


def both(
    world: facts.World, on: facts.Day, standards: list[Standard], law: ShippedLaw, under: str, *, by: User
) -> dict[str, tuple[Any, Any]]:
    """Return by standard what engine and oracle say of a world."""
    planted = plant(world, by=by)
    answers = judge_area(under, on, standards=standards, book=law.book)
    oracle = Oracle(world, on, law)
    return {
        each.code: (of_engine(answers[each.code], planted), of_oracle(oracle.ask(each, under)))
        for each in standards
    }


def _short(amount: Decimal | None) -> str:
    assert amount is not None
    return f"{amount:.8f}"

"""With whom a case lies at each step of its chain: the right that takes the step, and whose work it is."""

from collections.abc import Iterable

from assistance.lifecycle import CASE
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role

#: The verb that takes each step of the shipped chains.
_VERB = {
    "apply": "apply", "compare": "compare", "evaluate": "evaluate", "post": "post", "notice": "end_notice",
    "review": "review", "decide": "approve", "announce": "announce",
}  # fmt: skip
#: Step → the right of who takes it.
RIGHT_OF: dict[str, Right] = {step: CASE.find(verb).right for step, verb in _VERB.items()}
#: Whose work a step is: for deadlines that pass, and for “who has what”.
HELD_BY: dict[str, Role] = {
    "apply": Role.VILLAGE_ASSISTANT,
    "compare": Role.VILLAGE_ASSISTANT,
    "evaluate": Role.VILLAGE_ASSISTANT,
    "post": Role.VILLAGE_ASSISTANT,
    "notice": Role.VILLAGE_ASSISTANT,
    "review": Role.TOWNSHIP_VERIFIER,
    "decide": Role.COUNTY_APPROVER,
    "announce": Role.TOWNSHIP_VERIFIER,
}


def right_for(step: str) -> Right:
    """Return the right that takes a step; an area's own step is prepared in the village."""
    return RIGHT_OF.get(step, Right.PREPARE_CASES)


def steps_of(user: User) -> tuple[str, ...]:
    """Return the steps that somebody can take somewhere."""
    return tuple(step for step, right in RIGHT_OF.items() if user.holds(right))


def role_for(steps: Iterable[str]) -> Role:
    """Return whose work a case is that waits for these steps; the township's where it waits for none."""
    return next((HELD_BY.get(step, Role.VILLAGE_ASSISTANT) for step in steps), Role.TOWNSHIP_VERIFIER)

"""Every move of a table, tried by everybody where a row stands on its chain: what tests/…/test_matrix.py walk."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from foundation.accounts.models import User
from foundation.accounts.roles import RULES
from foundation.workflow import courses
from foundation.workflow.lifecycle import Move
from foundation.workflow.models import Stateful
from foundation.workflow.move import Request, move_many
from foundation.workflow.offers import history
from tests.people import OUTSIDERS, POSTS

#: The place, the move, who tried it, and whether state, chain, right, area and second person permit it.
Wrong = tuple[str, str, str, bool]


def tried(row: Stateful, steps: Sequence[Move], people: dict[str, User], place: str) -> Iterator[Wrong]:
    """Let everybody try every move of `steps` where a row stands; yields what came out otherwise than permitted."""
    standing = courses.of([row])[str(row.pk)]
    on_chain = {verb for step in standing.steps for verb in step.verbs}
    open_verbs = {verb for step in standing.open_steps() for verb in step.verbs}
    makers = {each.verb: each.by_id for each in history(row)}
    for step in steps:
        in_turn = step.verb in open_verbs or not (step.by_path or step.verb in on_chain)
        for username, (role, area, _department) in (POSTS | OUTSIDERS).items():
            permitted = (
                row.state in step.sources
                and in_turn
                and step.right in RULES[role].rights
                and row.area_code.startswith(area)
                and makers.get(step.checker_of or "") != people[username].pk
            )
            if _moves(row, step, people[username], permitted=permitted) is not permitted:
                yield (place, step.verb, username, permitted)


def _moves(row: Stateful, step: Move, by: User, *, permitted: bool) -> bool:
    asked = Request(step.verb, reason="x", given=dict.fromkeys(step.needs, "given"))
    if not permitted:  # a refusal writes nothing, and one that does not come ends the test
        return bool(move_many([row], asked, by=by)[0].moved)
    with transaction.atomic():
        (result,) = move_many([row], asked, by=by)
        transaction.set_rollback(True)
    return bool(result.moved)

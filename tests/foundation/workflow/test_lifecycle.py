"""The shape of a table of moves: what cannot work is refused when it is built."""

import pytest

from foundation.accounts.roles import Right
from foundation.desk.lifecycle import GRANT
from foundation.workflow.lifecycle import Lifecycle, Move, mermaid


def a_move(verb: str, source: str, target: str | None, **more: object) -> Move:
    return Move(verb, verb, frozenset({source}), target, Right.VIEW_AREAS, **more)  # type: ignore[arg-type]


def a_lifecycle(*moves: Move, states: str = "a b", finals: str = "b") -> Lifecycle:
    return Lifecycle("test", "test", "a", {s: s for s in states.split()}, frozenset(finals.split()), moves)


def test_a_table_that_works_is_built() -> None:
    table = a_lifecycle(a_move("go", "a", "b"))
    assert [move.verb for move in table.open_from("a")] == ["go"]
    assert table.open_from("b") == ()
    assert table.ledger_verb("go") == "test.go"


@pytest.mark.parametrize(
    ("moves", "states", "sentence"),
    [
        ([a_move("go", "a", "c")], "a b", "unknown state"),
        ([a_move("go", "a", "b"), a_move("go", "a", "a")], "a b", "stands twice"),
        ([a_move("go", "a", "b")], "a b c", "never reached"),
        ([a_move("go", "a", "b"), a_move("off", "a", "c")], "a b c", "dead ends"),
        ([a_move("go", "a", "b", checker_of="jump")], "a b", "unknown verb"),
        ([a_move("create", "a", "b")], "a b", "stands twice"),
    ],
)
def test_a_table_that_cannot_work_is_refused(moves: list[Move], states: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        a_lifecycle(*moves, states=states)


def test_the_diagram_shows_every_move() -> None:
    drawn = mermaid(GRANT)
    assert drawn.count("-->") == sum(len(move.sources) for move in GRANT.moves) + 1 + len(GRANT.finals)


def test_which_steps_two_people_stand_behind() -> None:
    told = {
        verb: GRANT.seen_by_two(verb) for verb in ("propose", "approve", "refuse", "resubmit", "withdraw")
    }
    assert told == {"propose": True, "approve": True, "refuse": True, "resubmit": False, "withdraw": False}

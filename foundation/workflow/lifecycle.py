"""Lifecycle and Move: the shape of a table of states. Pure: no queries, no people, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from foundation.accounts.roles import Right

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted move.

    `target` None keeps the state (an act within it). `needs` names what must be given with the move; "reason"
    is asked for in words. `checker_of` names the verb whose maker may not make this move (the maker of a step
    is never its checker). `returns` marks a move that sends work back and opens a new round. `by_path` marks a move
    that only some areas have: it is made where the path of the object names it. `in_place_of` names the verb whose
    step on the path it takes, because somebody above decides over it. `clause` quotes the rule that asks for it.
    """

    verb: str
    label: Words
    sources: frozenset[str]
    target: str | None
    right: Right
    needs: tuple[str, ...] = ()
    checker_of: str | None = None
    returns: bool = False
    by_path: bool = False
    in_place_of: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Lifecycle:
    """A table of moves between named states. Building it refuses a table that cannot work.

    `states` maps each state to its label; `finals` are the states where work may rest for good. `created`
    is the verb under which the ledger keeps the making of the object, and whose maker `checker_of` may name.
    """

    name: str
    label: Words
    initial: str
    states: Mapping[str, Words]
    finals: frozenset[str]
    moves: tuple[Move, ...]
    created: str = "create"
    _by_verb: dict[str, Move] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for move in self.moves:
            if move.verb in self._by_verb or move.verb == self.created:
                raise ValueError(f"{self.name}: the verb {move.verb} stands twice in the table")
            self._by_verb[move.verb] = move
            unknown = ({*move.sources, move.target} - {None}) - set(self.states)
            if unknown:
                raise ValueError(f"{self.name}.{move.verb}: unknown state {sorted(map(str, unknown))}")
            if move.in_place_of and move.in_place_of not in {each.verb for each in self.moves}:
                raise ValueError(f"{self.name}.{move.verb}: stands for the unknown verb {move.in_place_of}")
            if move.checker_of and move.checker_of not in {self.created, *(m.verb for m in self.moves)}:
                raise ValueError(f"{self.name}.{move.verb}: checks the unknown verb {move.checker_of}")
        self._check_shape()

    def find(self, verb: str) -> Move:
        """Return the move of a verb; KeyError where the table has none."""
        return self._by_verb[verb]

    def seen_by_two(self, verb: str) -> bool:
        """Say whether two people stand behind a step: it checks another person's step, or is checked by one."""
        step = self._by_verb.get(verb)
        return bool(step and step.checker_of) or any(move.checker_of == verb for move in self.moves)

    def open_from(self, state: str) -> tuple[Move, ...]:
        """Return the moves that leave from `state`, in the order of the table."""
        return tuple(move for move in self.moves if state in move.sources)

    def ledger_verb(self, verb: str) -> str:
        """Return the verb under which the ledger keeps a move: the lifecycle's name before it."""
        return f"{self.name}.{verb}"

    def _check_shape(self) -> None:
        """Every state is reached from the first one, and only final states are dead ends."""
        reached = {self.initial}
        while True:
            beyond = {m.target for m in self.moves if m.target and m.sources & reached} - reached
            if not beyond:
                break
            reached |= beyond
        if lost := set(self.states) - reached:
            raise ValueError(f"{self.name}: never reached: {sorted(lost)}")
        stuck = {
            state
            for state in self.states
            if not any(move.target not in (None, state) for move in self.open_from(state))
        }
        if stuck - self.finals:
            raise ValueError(f"{self.name}: dead ends that are not final: {sorted(stuck - self.finals)}")


def mermaid(lifecycle: Lifecycle) -> str:
    """Draw a lifecycle as a Mermaid state diagram, for the documents; English labels."""
    lines = ["stateDiagram-v2", f"    [*] --> {lifecycle.initial}"]
    lines += [f"    {state}: {label}" for state, label in lifecycle.states.items()]
    for move in lifecycle.moves:
        for source in sorted(move.sources):
            lines.append(f"    {source} --> {move.target or source}: {move.label}")
    lines += [f"    {final} --> [*]" for final in sorted(lifecycle.finals)]
    return "\n".join(lines) + "\n"

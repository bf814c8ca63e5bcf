"""Same-event grouping: several proofs of one event are one cause (field.md 5.9).

Two departments enter one accident some days apart. Signals about one person and one kind of event, each within so many
days of the next, are one cause. A signal about the household as a whole (a sum over its members) belongs to the nearest
such cause of its kind, because it counts the same rows; without one it is a cause of its own. The name of a cause says
nothing of the order in which its proofs arrived: the same signals always have the same causes.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """What grouping needs of a signal. `apart`: a person said that it is an event of its own."""

    key: int
    event_kind: str
    resident: int | None
    day: datetime.date
    apart: bool = False


def causes_of(proofs: Collection[Proof], days: int) -> dict[int, str]:
    """Return the name of the cause of each proof, by its key; `days` is the largest gap inside one event."""
    causes = {proof.key: f"apart:{proof.key}" for proof in proofs if proof.apart}
    together = [proof for proof in proofs if not proof.apart]
    personal = [proof for proof in together if proof.resident is not None]
    for group in _chains(personal, days):
        causes |= dict.fromkeys((proof.key for proof in group), _name(group))
    alone = []
    for proof in (each for each in together if each.resident is None):
        near = [
            (abs((other.day - proof.day).days), causes[other.key])
            for other in personal
            if other.event_kind == proof.event_kind and abs((other.day - proof.day).days) <= days
        ]
        if near:
            causes[proof.key] = min(near)[1]
        else:
            alone.append(proof)
    for group in _chains(alone, days):
        causes |= dict.fromkeys((proof.key for proof in group), _name(group))
    return causes


def _chains(proofs: Iterable[Proof], days: int) -> Iterator[list[Proof]]:
    """Yield the proofs of one person and kind of event, each at most `days` after the one before."""
    chain: list[Proof] = []
    for proof in sorted(proofs, key=lambda each: (each.event_kind, each.resident or 0, each.day, each.key)):
        last = chain[-1] if chain else None
        if last and (
            (last.event_kind, last.resident) != (proof.event_kind, proof.resident)
            or (proof.day - last.day).days > days
        ):
            yield chain
            chain = []
        chain.append(proof)
    if chain:
        yield chain


def _name(group: list[Proof]) -> str:
    first = group[0]
    return f"{first.event_kind}:{first.resident or '-'}:{first.day}"

"""Decide what becomes of the findings of one household: quiet, attached, or the reason for an alert. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from alerts.models import Alert
from alerts.silence import Silences

Woke = Alert.Woke
#: A subject of a standard: what a finding is about, whichever row of findings says it.
Pair = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Before:
    """How a household stands before a run: its open alert, and its newest one where none is open.

    `taken_back` are the pairs whose signals a retraction took from the newest alert, where that has been retracted.
    """

    open: Alert | None = None
    newest: Alert | None = None
    taken_back: frozenset[Pair] = frozenset()


@dataclass(slots=True)
class Plan:
    """What a run does to one household. `alert` None: one is `opened`, which `follows` and `woke` describe."""

    household: int
    alert: Alert | None = None
    opened: bool = False
    restore: bool = False
    follows: Alert | None = None
    woke: str = ""
    attach: list[dict[str, Any]] = field(default_factory=list)
    quiet: list[dict[str, Any]] = field(default_factory=list)


def plan(household: int, findings: Sequence[dict[str, Any]], before: Before, silent: Silences) -> Plan:
    """Return what to do with the waiting findings of one household; their order does not matter."""
    made = Plan(household)
    for finding in sorted(findings, key=lambda each: each["id"]):
        hushed = silent.silences(
            household, finding["standard_id"], finding["resident_id"], finding["measured"]
        )
        (made.quiet if hushed else made.attach).append(finding)
    made.alert = before.open
    newest = before.newest
    if made.alert is None and newest is not None and made.attach:
        if newest.state == "retracted" and _pairs(made.attach) & before.taken_back:
            made.alert, made.restore = newest, True
        elif newest.state == "closed":
            made.follows, made.woke = newest, _woke(household, made.attach, newest, silent)
    return made


def _pairs(findings: Collection[dict[str, Any]]) -> set[Pair]:
    return {(finding["standard_id"], finding["resident_id"]) for finding in findings}


def _woke(household: int, attach: Sequence[dict[str, Any]], newest: Alert, silent: Silences) -> str:
    """Say why a household whose newest alert is closed is warned about again; a step up goes before all."""
    if any(silent.of(household, finding["standard_id"]) for finding in attach):
        return Woke.STEP_UP
    if silent.any_on(household):
        return Woke.OTHER_STANDARD
    return Woke.QUIET_OVER

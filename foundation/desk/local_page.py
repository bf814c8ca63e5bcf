"""What the pages of local values show: one proposal in words, and what it would change."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.tables import Tone
from foundation.desk.values_page import area_names, show
from foundation.regulations.changes import what_would_change
from foundation.regulations.clocks import Reading, remaining
from foundation.regulations.drafts import Draft, check_draft
from foundation.regulations.lifecycle import LOCAL_VALUE
from foundation.regulations.local_values import draft_of, review_clock
from foundation.regulations.lookup import book
from foundation.regulations.models import LocalValue
from foundation.regulations.models.values import Kind
from foundation.regulations.units import Comparator, Population, in_language, written
from foundation.workflow.offers import history

_TONES: dict[str, Tone] = {"proposed": "soon", "returned": "soon", "approved": "done"}


@dataclass(frozen=True, slots=True)
class Line:
    """One answer that would differ: where, what, before and after, with the sums worked out."""

    area: str
    label: str
    before: str
    after: str
    worked: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would change; `refusal` says why it cannot hold at all, `field` where that stands in a form."""

    lines: tuple[Line, ...]
    refusal: str = ""
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One proposal in words: its content, its review clock, and what happened to it, newest first."""

    row: LocalValue
    text: str
    reading: Reading | None
    events: list[dict[str, Any]]

    @property
    def gross(self) -> str:
        """Time since it was proposed, pauses included."""
        return self._span(self.reading.gross if self.reading else 0)

    @property
    def net(self) -> str:
        """Time since it was proposed, without the pauses."""
        return self._span(self.reading.net if self.reading else 0)

    def _span(self, days: int) -> str:
        return written(Decimal(days), self.reading.clock.span) if self.reading else ""


def tone(row: LocalValue) -> Tone:
    """Return the colour of a proposal's state."""
    return _TONES.get(row.state, "plain")


def in_words(row: LocalValue) -> str:
    """Say what a proposal says."""
    sign = f"{Comparator(row.comparator).sign} " if row.comparator else ""
    match row.kind:
        case Kind.ENDED:
            return _("ended")
        case Kind.EXPRESSION:
            return f"{sign}{row.expression}"
        case Kind.TEXT:
            return row.text
        case Kind.LIST:
            return "、".join(in_language(item["zh"], item["en"]) for item in row.items)
        case _:
            draft = draft_of(row)
            return "" if draft.amount is None else f"{sign}{written(draft.amount, draft.unit)}"


def facts(row: LocalValue) -> Facts:
    """Gather what the page of one proposal shows."""
    clock = review_clock(row)
    events = [
        {
            "on": passage.happened_on,
            "title": f"{_verb(passage.verb)} · {passage.by.name}",
            "detail": passage.reason,
        }
        for passage in history(row)
    ]
    return Facts(row, in_words(row), remaining(clock) if clock else None, events[::-1])


def preview(draft: Draft, user: User) -> Preview:
    """Work out what a draft would change on its first day, in its area and below."""
    known = book()
    try:
        check_draft(draft, known)
    except Refused as refused:
        return Preview((), refused.sentence, refused.field)
    changes = what_would_change(known, draft.as_value())
    names = area_names({change.area for change in changes} | {draft.area.code}, own=user)
    return Preview(
        tuple(
            Line(
                names.get(change.area, change.area),
                _label(change.after.subject.label, change.population),
                _said(show(change.before, change.population, names).answer),
                _said(change.after),
                change.after.worked,
            )
            for change in changes
        )
    )


def _said(answer: Any) -> str:
    said: str = answer.text or answer.why_silent
    return said


def _label(subject: str, population: str) -> str:
    return f"{subject} · {Population(population).label}" if population else subject


def _verb(verb: str) -> str:
    return _("Propose") if verb == LOCAL_VALUE.created else str(LOCAL_VALUE.find(verb).label)

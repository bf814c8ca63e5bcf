"""A proposed change in words: who, which field, what the register says and what the department says, and from where."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from households.models import Resident, Revision
from households.provenance import stays
from households.sources import Source, source_of
from households.words import Words as RegisterWords
from monitoring.models import RegisterProposal
from monitoring.proposals.deciding import is_membership, row_of, why_not
from monitoring.proposals.events import is_event

EVENTS: dict[str, str | Promise] = {
    "出生": pgettext_lazy("registered event", "birth"),
    "死亡": pgettext_lazy("registered event", "death"),
    "迁入": pgettext_lazy("registered event", "moved in"),
    "迁出": pgettext_lazy("registered event", "moved out"),
    "分户": pgettext_lazy("registered event", "split off"),
    "婚入": pgettext_lazy("registered event", "married in"),
    "婚出": pgettext_lazy("registered event", "married out"),
    "注销": pgettext_lazy("registered event", "registration cancelled"),
}
#: What an empty field of the register is called.
_EMPTY = gettext_lazy("not stated")


@dataclass(frozen=True, slots=True)
class Told:
    """One proposal as a page shows it.

    `why` says what kind of statement it is, `newer` that the register knows better by its days (a hand-checked value
    above all), `why_not` why it cannot be taken by a press. `source` names dataset, period, delivery and line.
    """

    proposal: RegisterProposal
    who: str
    field: str
    present: str
    present_source: Source | None
    proposed: str
    why: str
    newer: str
    why_not: str
    source: str
    #: Whether a form enters it as a family event, with what follows shown before.
    is_event: bool = False

    @property
    def may_take(self) -> bool:
        """Whether a press takes it."""
        return not self.why_not and not self.newer


class Words:
    """Puts proposals into words; make one for each page, the lists of codes are read once."""

    def __init__(self) -> None:
        """Open the lists as they stand."""
        self._words = RegisterWords()

    def told(self, proposals: Iterable[RegisterProposal]) -> list[Told]:
        """Put proposals into words; household, resident and delivery with its dataset should be joined."""
        return [self.one(proposal) for proposal in proposals]

    def one(self, proposal: RegisterProposal) -> Told:
        """Put one proposal into words."""
        known = None if is_membership(proposal) else source_of(row_of(proposal), proposal.column)
        return Told(
            proposal,
            who=self.who(proposal),
            field=_("registration") if is_membership(proposal) else str(proposal.get_field_display()),
            present=self.present(proposal),
            present_source=known,
            proposed=self.proposed(proposal),
            why=str(proposal.get_why_display()) if proposal.why else "",
            newer=_newer(proposal, known),
            why_not=why_not(proposal),
            source=self.source(proposal),
            is_event=is_event(proposal),
        )

    def who(self, proposal: RegisterProposal) -> str:
        """Name whom it is about; the household itself has no name of its own."""
        if proposal.resident is not None:
            return proposal.resident.name
        if is_membership(proposal):
            return proposal.event.get("name", "")
        return ""

    def present(self, proposal: RegisterProposal) -> str:
        """Say what the register said when it was proposed."""
        if is_membership(proposal):
            return _("a member") if proposal.resident_id else _("not a member here")
        return self._value(proposal, proposal.present) or str(_EMPTY)

    def proposed(self, proposal: RegisterProposal) -> str:
        """Say what the department states."""
        if is_membership(proposal):
            event = proposal.event["event"]
            return f"{EVENTS.get(event, event)} · {proposal.event['on']}"
        if proposal.proposed is None:
            return _("to be looked at")
        return self._value(proposal, proposal.proposed)

    def source(self, proposal: RegisterProposal) -> str:
        """Name the dataset, its period, and the delivery with its line."""
        delivery = proposal.delivery
        told = f"{delivery.dataset.name} {delivery.period} · " + _("delivery %(number)d") % {
            "number": delivery.pk
        }
        if not proposal.line:
            return told
        sheet = f" {proposal.sheet}" if proposal.sheet else ""
        return told + sheet + " · " + _("line %(line)d") % {"line": proposal.line}

    def _value(self, proposal: RegisterProposal, value: Any) -> str:
        if proposal.column in ("dibao", "tekun"):
            return str(Resident.Aid(value).label) if value in Resident.Aid.values else str(value or "")
        return self._words.word(proposal.column, value, proposal.area_id)


def _newer(proposal: RegisterProposal, known: Source | None) -> str:
    """Say that the register knows newer, or by hand, so that nothing is overwritten silently."""
    if known is None or not stays(known, Revision.Kind.FEED, proposal.known_on):
        return ""
    shown: datetime.date = known.day
    if known.kind == Revision.Kind.HAND:
        return _("Checked by hand on %(day)s, not before the department's day: it is not overwritten.") % {
            "day": shown
        }
    return _("The register knows this as of %(day)s (%(source)s), which is newer.") % {
        "day": shown,
        "source": known.label,
    }

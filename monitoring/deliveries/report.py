"""The report of a delivery, prepared for its page: counts, reasons, files, what may be done, what happened."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.tables import Tone
from foundation.workflow.offers import Offer, history, offers
from monitoring.cells.reasons import Reason
from monitoring.contracts.terms import Kind
from monitoring.deliveries.looks import share_of
from monitoring.models import Batch, Delivery, RowCandidate

#: Moves that a person makes; the others are the platform's own.
BY_PEOPLE = ("release", "refuse", "withdraw")
_MOVE_TONES: dict[str, Tone] = {"take": "done", "release": "done", "hold": "soon", "fail": "overdue"}


@dataclass(frozen=True, slots=True)
class Rejected:
    """How many rows were rejected for one reason, in a clerk's words."""

    code: str
    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One move of a delivery, as a line of the timeline."""

    on: datetime.date
    title: str
    detail: str
    tone: Tone
    url: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button of the report: where it leads, its words, its icon."""

    url: str
    label: str
    icon: str


def sentence_of(code: str) -> str:
    """Return what a clerk reads for a reason code."""
    return str(Reason(code).label) if code in Reason.values else code


def rejected_by_reason(delivery: Delivery) -> list[Rejected]:
    """Return the rejects by reason, the most frequent first."""
    counts = sorted(delivery.rejects.items(), key=lambda item: (-item[1], item[0]))
    return [Rejected(code, count, sentence_of(code)) for code, count in counts]


def rejected_share(delivery: Delivery) -> str:
    """Return the share of rejected rows in words."""
    return share_of(delivery.rows_rejected, delivery.rows_read)


def moves_of(delivery: Delivery, user: User) -> list[Offer]:
    """Return the moves that `user` may make with a delivery now."""
    if not _delivers(delivery, user):
        return []
    return [offer for offer in offers(delivery, user) if offer.move.verb in BY_PEOPLE]


def acts_of(delivery: Delivery, user: User) -> list[Act]:
    """Return what else `user` may do with a delivery: correct rejects, read it again, put another in its place."""
    if not _delivers(delivery, user):
        return []
    found = []
    if delivery.rows_rejected and delivery.state == "accepted":
        found.append(Act(_again(delivery), _("Deliver corrected rows"), "upload"))
    if delivery.state == "failed":
        found.append(Act(_again(delivery), _("Hand in another file"), "upload"))
    if delivery.state in ("accepted", "waiting"):
        instead = f"{reverse('monitoring:hand_in')}?replaces={delivery.pk}"
        found.append(Act(instead, _("Replace by another file"), "swap"))
        found.append(Act(reverse("monitoring:replay", args=[delivery.pk]), _("Read the file again"), "clock"))
    return found + _acts_on_rows(delivery, user)


def _acts_on_rows(delivery: Delivery, user: User) -> list[Act]:
    """Return what may be done with single rows: decide who is meant, return one that is wrong."""
    found = []
    if RowCandidate.objects.waiting().filter(delivery=delivery).exists():
        address = f"{reverse('candidates:list')}?delivery={delivery.pk}"
        found.append(Act(address, _("Rows without a person"), "search"))
    if delivery.state == "accepted" and user.holds(Right.EDIT_HOUSEHOLDS, delivery.area_id):
        address = reverse("corrections:add", args=[delivery.pk])
        found.append(Act(address, _("Return a row to the department"), "back"))
    return found


def happened_to(delivery: Delivery) -> list[Happened]:
    """Return every move of a delivery, the newest first."""
    return [
        Happened(
            passage.happened_on,
            _title(delivery, passage.verb),
            " · ".join(part for part in (_who(passage.by), passage.reason) if part),
            _MOVE_TONES.get(passage.verb, "plain"),
        )
        for passage in reversed(history(delivery))
    ]


def batch_of(delivery: Delivery) -> Batch | None:
    """Return the batch of a delivery in the archive, or None: nothing of it was taken."""
    return Batch.objects.filter(delivery=delivery).first()


def linked_to(delivery: Delivery, user: User) -> list[tuple[str, Delivery]]:
    """Return the deliveries that this one stands in a relation to, with words for it, as far as `user` sees them."""
    seen = Delivery.objects.visible_to(user).select_related("dataset", "area")
    ways = (
        (_("takes the place of"), Q(pk=delivery.replaces_id)),
        (_("adds corrected rows to"), Q(pk=delivery.supplements_id)),
        (_("superseded by"), Q(pk=delivery.superseded_by_id)),
        (_("took the place of"), Q(superseded_by=delivery) & ~Q(pk=delivery.replaces_id)),
        (_("corrected rows came with"), Q(supplements=delivery)),
        (_("replaced by"), Q(replaces=delivery) & ~Q(pk=delivery.superseded_by_id)),
    )
    return [(words, row) for words, which in ways for row in seen.filter(which)]


def _delivers(delivery: Delivery, user: User) -> bool:
    """Say whether `user` delivers here for this department, and does not only see its data."""
    return Delivery.objects.visible_to(user, Right.DELIVER_DATA).filter(pk=delivery.pk).exists()


def _again(delivery: Delivery) -> str:
    """Return where corrected rows are handed in: a roll takes them as an addition, the others add anyway."""
    page = reverse("monitoring:hand_in")
    if delivery.dataset.kind == Kind.ROLL and delivery.state == "accepted":
        return f"{page}?supplements={delivery.pk}"
    asked = {"dataset": delivery.dataset_id, "area": delivery.area_id, "period": delivery.period}
    return f"{page}?{urlencode(asked)}"


def _who(user: User) -> str:
    return _("the platform") if user.is_built_in else user.name


def _title(delivery: Delivery, verb: str) -> str:
    if verb == delivery.lifecycle.created:
        return _("Received")
    return str(delivery.lifecycle.find(verb).label)

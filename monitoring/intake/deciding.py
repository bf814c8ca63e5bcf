"""What people decide of a delivery: release or refuse what waits, take back, read once more. And what gives way to it.

A delivery that takes the place of others supersedes them, and they come back when it is withdrawn.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, move
from monitoring.contracts.terms import Kind
from monitoring.followers import delivery_changed
from monitoring.intake import kept
from monitoring.intake.receiving import may_deliver, received, remembered
from monitoring.models import Delivery


@transaction.atomic
def release(delivery: Delivery, *, by: User, reason: str) -> Delivery:
    """Accept a delivery that waits because many of its rows were rejected."""
    may_deliver(delivery.dataset, delivery.area, by)
    if (later := _same_list(delivery).filter(pk__gt=delivery.pk).first()) is not None:
        raise Refused(
            _("A later list of this period is in force (delivery %(id)d): withdraw that one first.")
            % {"id": later.pk}
        )
    move(delivery, Request("release", reason=reason), by=by)
    supersede_others(delivery, by=by)
    delivery_changed(delivery, by=by)
    return delivery


@transaction.atomic
def refuse(delivery: Delivery, *, by: User, reason: str) -> Delivery:
    """Refuse a delivery that waits: its rows never count."""
    may_deliver(delivery.dataset, delivery.area, by)
    return move(delivery, Request("refuse", reason=reason), by=by)


@transaction.atomic
def withdraw(delivery: Delivery, *, by: User, reason: str) -> Delivery:
    """Take back a delivery and what was added to it; what it had superseded comes back into force."""
    may_deliver(delivery.dataset, delivery.area, by)
    move(delivery, Request("withdraw", reason=reason), by=by)
    for added in Delivery.objects.filter(supplements=delivery, state="accepted"):
        withdraw(added, by=by, reason=reason)
    for before in Delivery.objects.filter(superseded_by=delivery, state="superseded").order_by("pk"):
        move(
            before,
            Request("restore", writes={"superseded_by": None}, details={"withdrawn": delivery.pk}),
            by=by,
        )
    delivery_changed(delivery, by=by)
    return delivery


def replay(delivery: Delivery, *, by: User, ring: bool = True) -> Delivery:
    """Read the kept original once more by today's contract, as a new delivery in the place of the old one.

    It keeps the day of receipt and its place among the others; the old one stays in force until it is taken.
    """
    actor = may_deliver(delivery.dataset, delivery.area, by)
    if delivery.state not in ("accepted", "waiting"):
        raise Refused(_("Only a delivery that is in force or waits can be read once more."))
    again = Delivery(
        dataset=delivery.dataset,
        area=delivery.area,
        period=delivery.period,
        period_last=delivery.period_last,
        by=by,
        received_on=delivery.received_on,
        file_name=delivery.file_name,
        headers=delivery.headers | remembered(delivery.dataset, delivery.area),
        contract_digest=delivery.dataset.contract.digest,
        replaces=delivery,
    )
    with kept.opened(delivery, kept.ORIGINAL) as file:
        return received(again, file, by=by, actor=actor, ring=ring).delivery


def supersede_others(delivery: Delivery, *, by: User) -> None:
    """Let go what a delivery that has just come into force takes the place of; in the caller's transaction."""
    replaced = delivery.replaces
    if replaced is not None:
        replaced.refresh_from_db()
        if replaced.state == "waiting":
            said = _("Delivery %(id)d takes its place.") % {"id": delivery.pk}
            move(replaced, Request("refuse", reason=said), by=by)
    giving_way = list(_same_list(delivery).exclude(pk=delivery.pk))
    if replaced is not None and replaced.state == "accepted" and replaced not in giving_way:
        giving_way.append(replaced)
    for before in giving_way:
        move(
            before,
            Request("supersede", writes={"superseded_by": delivery.pk}, details={"by": delivery.pk}),
            by=by,
        )


def _same_list(delivery: Delivery) -> QuerySet[Delivery]:
    """Return the deliveries in force of the list that a roll is: none for other kinds, nor for what adds to a list."""
    if delivery.dataset.contract.kind is not Kind.ROLL or delivery.adds:
        return Delivery.objects.none()
    same = Delivery.objects.filter(
        dataset=delivery.dataset, area=delivery.area, period=delivery.period, state="accepted"
    )
    return same.order_by("pk")

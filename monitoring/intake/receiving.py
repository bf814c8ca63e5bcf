"""Receive a file: keep it sealed, make its delivery, ask for its taking.

delivered = deliver(file, name="10月结算.csv", dataset=dataset, area=area, period="2026-10", by=user)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.arriving import Arrival
from foundation.files.drafts import Draft
from foundation.jobs import asking
from foundation.ledger.record import Actor
from foundation.workflow import move as workflow
from monitoring.intake import kept
from monitoring.models import Dataset, Delivery, HeaderMeaning
from monitoring.periods import Period, period_for

TAKE = "take_delivery"
#: A delivery in one of these states is as if it had never come.
GONE = ("withdrawn", "refused", "failed")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a file: its delivery, or the earlier one that the same bytes are."""

    delivery: Delivery
    duplicate: bool


def deliver(
    file: BinaryIO,
    *,
    name: str,
    dataset: Dataset,
    area: Area,
    period: str,
    by: User,
    headers: Mapping[str, str] | None = None,
    replaces: Delivery | None = None,
    supplements: Delivery | None = None,
    ring: bool = True,
) -> Delivered:
    """Receive `file` for a dataset, an area and a period; with `ring` a worker takes it, else the caller does.

    The same bytes again change nothing and are answered with the delivery that they are. `headers` says what headers
    of the file mean that the contract does not know, beside those confirmed before. `replaces` names a delivery
    whose place it takes, `supplements` one of this period to which it adds rows that had been rejected.
    """
    actor = may_deliver(dataset, area, by)
    wanted = Delivery(
        dataset=dataset,
        area=area,
        by=by,
        received_on=clock.today(),
        file_name=name[-_LONGEST_NAME:],
        headers=remembered(dataset, area) | dict(headers or {}),
        contract_digest=dataset.contract.digest,
        replaces=replaces,
        supplements=supplements,
    )
    _date(wanted, period_for(dataset.contract, period))
    _check_others(wanted)
    return received(wanted, file, by=by, actor=actor, ring=ring)


def may_deliver(dataset: Dataset, area: Area, by: User) -> Actor:
    """Return as whom `by` delivers this dataset for this area; Refused without the right there, or for others' data."""
    actor = by.authority(Right.DELIVER_DATA, area.code)
    if dataset.withdrawn:
        raise Refused(_("This dataset is no longer declared: nothing can be delivered for it."))
    if not by.is_built_in and not any(
        duty.holds(Right.DELIVER_DATA)
        and area.code.startswith(duty.area)
        and duty.department in (None, dataset.department_id)
        for duty in by.duties()
    ):
        raise Refused(_("This dataset belongs to another department: its own people deliver it."))
    return actor


def remembered(dataset: Dataset, area: Area) -> dict[str, str]:
    """Return what people confirmed of headers in files of this dataset and area: header → column."""
    meanings = HeaderMeaning.objects.filter(dataset=dataset, area=area)
    return dict(meanings.values_list("header", "column"))


def received(wanted: Delivery, file: BinaryIO, *, by: User, actor: Actor, ring: bool) -> Delivered:
    """Keep the file, save the delivery, and ask for its taking; or find the delivery that it is already."""
    draft = kept.sealed(file)
    wanted.file_size, wanted.file_sha256 = draft.size, draft.sha256
    try:
        if (twin := _twin(wanted)) is not None:
            return Delivered(twin, duplicate=True)
        try:
            return Delivered(_save(wanted, draft, by=by, actor=actor, ring=ring), duplicate=False)
        except IntegrityError:
            if (twin := _twin(wanted)) is not None:
                return Delivered(twin, duplicate=True)
            raise
    finally:
        if not isinstance(file, Arrival):
            draft.discard()


@transaction.atomic
def _save(wanted: Delivery, draft: Draft, *, by: User, actor: Actor, ring: bool) -> Delivery:
    delivery = workflow.create(wanted, by=by, actor=actor)
    kept.keep(delivery, kept.ORIGINAL, draft, media_type="application/octet-stream", by=by)
    job = asking.enqueue(
        TAKE,
        {"delivery": delivery.pk, "bytes": draft.size},
        by=by,
        area=delivery.area_code,
        dedupe=f"delivery:{delivery.pk}",
        ring=ring,
    )
    delivery.job = job.uuid
    delivery.save(update_fields=["job"])
    return delivery


def _date(wanted: Delivery, period: Period) -> None:
    wanted.period, wanted.period_last = period.text, period.last


def _twin(wanted: Delivery) -> Delivery | None:
    """Return the delivery of the same bytes; none where an explicit act asks that another one gives way."""
    if wanted.replaces is not None:
        return None
    same = Delivery.objects.filter(
        dataset=wanted.dataset, area=wanted.area, period=wanted.period, file_sha256=wanted.file_sha256
    )
    return same.exclude(state__in=GONE).order_by("pk").first()


def _check_others(wanted: Delivery) -> None:
    """Refuse to replace or supplement what belongs elsewhere or is no longer there."""
    if wanted.replaces is not None and wanted.supplements is not None:
        raise Refused(_("A delivery replaces another one or adds to it, not both."))
    for other, states in ((wanted.replaces, ("accepted", "waiting")), (wanted.supplements, ("accepted",))):
        if other is None:
            continue
        if (other.dataset_id, other.area_id) != (wanted.dataset_id, wanted.area_id):
            raise Refused(_("Delivery %(id)d is of another dataset or area.") % {"id": other.pk})
        if other.state not in states:
            raise Refused(
                _("Delivery %(id)d is “%(state)s”: nothing can take its place.")
                % {"id": other.pk, "state": other.state_label}
            )
    if wanted.supplements is not None and wanted.supplements.period != wanted.period:
        raise Refused(_("Corrected rows are delivered for the period in which they were rejected."))

"""The rows that a finding stands on, as a reader may see them: where each came from, its line, its value."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record_many
from monitoring.models import Delivery, Finding

#: An act that shows somebody rows of a delivery through what the comparison found (monitoring.deliveries.opened).
ROWS_READ = "delivery.rows_explained"
EXPLAINED = "finding.explained"
_MONEY = re.compile(r"-?[0-9]+\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row that counted. Rows of another department's data show no line and no value to who reads no findings."""

    delivery: int
    dataset: str
    department: str
    period: str
    file_name: str
    where: str
    day: datetime.date | None
    value: str
    url: str
    key: str


def rows_of(finding: Finding, user: User) -> list[ShownRow]:
    """Return the rows of a finding, oldest first; two queries."""
    return shown_rows(finding.evidence, user, area=finding.area_id)


def shown_rows(evidence: Sequence[Mapping[str, Any]], user: User, *, area: str) -> list[ShownRow]:
    """Return rows of evidence for one reader, about a household of `area`."""
    keys = {row["delivery"] for row in evidence}
    deliveries = Delivery.objects.select_related("dataset__department").in_bulk(keys)
    visible = set(Delivery.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    whole = user.holds(Right.VIEW_FINDINGS, area)
    own = {duty.department for duty in user.duties() if area.startswith(duty.area)} - {None}
    return [
        _shown(row, deliveries[row["delivery"]], row["delivery"] in visible, whole, own)
        for row in evidence
        if row["delivery"] in deliveries
    ]


def where(line: int, sheet: str) -> str:
    """Say where a row stands in its file."""
    said = _("line %(line)d") % {"line": line}
    return f"{sheet} {said}" if sheet else said


def record_reading(finding: Finding, *, by: User) -> None:
    """Write into the record that `by` read the rows of a finding: on the finding, and on every delivery it rests on."""
    day, area = clock.today(), finding.area_id
    used = sorted({row["delivery"] for row in finding.evidence})
    acts = [_act(EXPLAINED, finding._meta.label_lower, finding.pk, day, area, {"deliveries": used})]
    deliveries = Delivery.objects.filter(pk__in=used).order_by("pk")
    acts += [
        _act(ROWS_READ, row._meta.label_lower, row.pk, day, row.area_id, {"finding": finding.pk})
        for row in deliveries
    ]
    record_many(acts, by=reading_actor(by, area))


def reading_actor(by: User, area: str) -> Actor:
    """Return as whom `by` reads findings in an area; who was lent one reads it as what they are."""
    if by.holds(Right.VIEW_FINDINGS, area):
        return by.authority(Right.VIEW_FINDINGS, area)
    return Actor(f"staff:{by.pk}", next((duty.role for duty in by.duties()), ""), area)


def _amount(value: str) -> str:
    """Write an amount of money with its thousands apart; every other value as it was measured."""
    return f"{Decimal(value):,}" if _MONEY.fullmatch(value) else value


def _act(verb: str, kind: str, key: int, day: datetime.date, area: str, details: dict[str, Any]) -> Act:
    return Act(verb, kind, str(key), day, day, area=area, details=details)


def _shown(
    row: Mapping[str, Any], delivery: Delivery, visible: bool, whole: bool, own: set[str | None]
) -> ShownRow:
    dataset = delivery.dataset
    open_to = whole or dataset.department_id in own
    return ShownRow(
        delivery=delivery.pk,
        dataset=dataset.name,
        department=dataset.department.called,
        period=delivery.period,
        file_name=delivery.file_name if open_to else "",
        where=where(row["line"], row.get("sheet") or "") if open_to else "",
        day=datetime.date.fromisoformat(row["day"]) if row.get("day") else None,
        value=_amount(str(row.get("value") or "")) if open_to else "",
        url=reverse("monitoring:delivery", args=[delivery.pk]) if visible else "",
        key=f"{delivery.pk}:{row['line']}:{row.get('sheet') or ''}",
    )

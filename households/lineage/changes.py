"""What an act wrote, row by row, as it is kept, and how a row is brought back to what stood there before."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import pgettext

from foundation.accounts.refusals import Refused
from households.models import (
    Household,
    HouseholdMove,
    LineagePart,
    LineagePerson,
    QualityFinding,
    Resident,
    Revision,
    Standing,
)
from households.sources import Row

_MODELS: dict[str, type[Any]] = {"household": Household, "resident": Resident, "standing": Standing}


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was made, or changed: fields before and after, and the sources that the fields had before."""

    row: str
    pk: int
    did: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """Return it as JSON, without what is empty."""
        told = {"row": self.row, "pk": self.pk, "did": self.did}
        if self.did == "changed":
            told |= {"before": self.before, "after": self.after, "sources": self.sources}
        return told


def stated(row: Row, wanted: Mapping[str, Any]) -> Change:
    """Return the change that writing `wanted` into a row is; call it before writing."""
    name = "household" if isinstance(row, Household) else "resident"
    return Change(
        name,
        row.pk,
        "changed",
        before={key: _plain(getattr(row, key)) for key in wanted},
        after={key: _plain(value) for key, value in wanted.items()},
        sources={key: row.field_sources[key] for key in wanted if key in row.field_sources},
    )


def read(kept: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Return kept changes in the order in which they were written."""
    return [Change(**told) for told in kept]


def bring_back(change: Change, revision: Revision) -> Row:
    """Write what stood in a changed row before, with the sources it had; refused where it was changed since."""
    row: Any = _MODELS[change.row].objects.select_for_update(of=("self",)).get(pk=change.pk)
    now = {key: _plain(getattr(row, key)) for key in change.after}
    if now != change.after:
        raise Refused(
            pgettext("lineage", "What this event wrote was changed since: take back what came later first.")
        )
    for key, value in change.before.items():
        setattr(row, key, row._meta.get_field(key).to_python(value))
    others = {key: source for key, source in row.field_sources.items() if key not in change.after}
    row.field_sources = others | change.sources
    row.revision = revision
    try:
        with transaction.atomic():
            row.save(update_fields=[*change.before, "field_sources", "revision"])
    except IntegrityError as clash:
        raise Refused(
            pgettext("lineage", "The register is otherwise by now: somebody lives elsewhere, or is head.")
        ) from clash
    return row


def take_away(change: Change, act_revision: int) -> None:
    """Remove a row that the act made; refused where something rests on it, or it was corrected since.

    Its versions stay in the history tables, and the entries of the record name it still.
    """
    row: Any = _MODELS[change.row].objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not _as_written(row, act_revision):
        raise Refused(
            pgettext(
                "lineage",
                "The register was corrected since where this event wrote: enter what happened as an event of its own.",
            )
        )
    if isinstance(row, Resident):
        if row.visits.exists():
            raise Refused(
                pgettext(
                    "lineage",
                    "%(name)s was met on a visit since: enter what happened as an event of its own.",
                )
                % {"name": row.shown_name}
            )
        _let_go(row, act_revision)
        QualityFinding.objects.filter(resident=row).delete()
    if isinstance(row, Household):
        if sentence := part_of_a_move(row):
            raise Refused(sentence)
        LineagePart.objects.filter(household=row).update(household=None)
        QualityFinding.objects.filter(household=row).delete()
    try:
        row.delete()
    except ProtectedError as rests:
        what = next(iter(rests.protected_objects))
        raise Refused(
            pgettext("lineage", "Something rests on it by now (%(what)s): take that back first.")
            % {"what": what._meta.verbose_name}
        ) from rests


def part_of_a_move(household: Household) -> str:
    """Say that a household was part of a move, so that its row stays, or return ""."""
    if not HouseholdMove.objects.filter(Q(household=household) | Q(into=household)).exists():
        return ""
    said = pgettext(
        "lineage", "Household %(code)s was part of a move since: enter what happened as an event of its own."
    )
    return said % {"code": household.code}


def _as_written(row: Any, act_revision: int) -> bool:
    """Say whether a row says what the act wrote; what was written since and taken back again changed nothing."""
    if row.revision_id == act_revision:
        return True
    wrote = row.versions.filter(revision=act_revision).order_by("pgh_id").last()
    said = [column.attname for column in row._meta.concrete_fields if column.name != "revision"]
    return wrote is not None and all(getattr(wrote, name) == getattr(row, name) for name in said)


def _let_go(row: Resident, act_revision: int) -> None:
    """Let what came to nothing since name the row that the person had before, or nobody, instead of `row`.

    Events and moves that stand, or wait, hinder before (undoing.why_not).
    """
    came = LineagePerson.objects.filter(became=row, act__revision=act_revision).first()
    before = came.resident_id if came is not None else None
    LineagePerson.objects.filter(became=row).update(became=None)
    LineagePerson.objects.filter(resident=row).update(resident=before)
    over = HouseholdMove.objects.come_to_nothing()
    over.filter(person=row).update(person=before)
    over.filter(new_head=row).update(new_head=before)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value

"""Standing as a monitored object: the one writer of the three categories, and what rules ask of standings.

    standing = hold(household, Held(Kind.MARGINAL, day, risk_types=["01"]), members=residents, by=user)
    end(standing, last_day, removal_way="assisted", by=user, reason="…")
    recategorise(standing, Kind.SUDDEN, ["01"], by=user, reason="…", right=Right.DECIDE_CASES)
    correct(standing, {"risk_types": ["03"]}, by=user, reason="…")

A household is in one category at a time: the database holds it so, and a clash is a sentence here. Each act is a
Revision of its own; the version before stays. A list of a whole county goes set-wise through `take_file`.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import value
from households.followers import register_changed
from households.models import CategoryChange, Household, Resident, Revision, Standing, StandingMember

#: What a correction may touch.
CORRECTABLE = frozenset(
    {
        "kind",
        "from_day",
        "until_day",
        "risk_types",
        "removal_way",
        "helper",
        "measures",
        "net_income_per_head",
    }
)
_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Held:
    """A category with its first day and what led to it; `risk_types` are codes, the main one first."""

    kind: str
    from_day: datetime.date
    risk_types: list[str] = field(default_factory=list)
    helper: str = ""
    measures: list[str] = field(default_factory=list)
    net_income_per_head: Decimal | None = None


@transaction.atomic
def hold(
    household: Household, held: Held, *, members: Iterable[Resident], by: User, reason: str = ""
) -> Standing:
    """Put a household into a category from a day on, with the people who count in it."""
    actor = _may(household, by)
    if held.kind not in Standing.MONITORED:
        raise Refused(_("This is not one of the three categories."), field="kind")
    _check_risks(household, held.risk_types, held.from_day)
    began = clock.happened(held.from_day, reason=reason)
    revision = _revision(household, by, began, reason)
    counted = list(members)
    if any(each.household_id != household.pk for each in counted):
        raise Refused(_("Only members of the household count in its case."), field="members")
    with _one_category_at_a_time():
        standing = Standing.objects.create(
            household=household,
            kind=held.kind,
            from_day=held.from_day,
            risk_types=held.risk_types,
            helper=held.helper,
            measures=held.measures,
            net_income_per_head=held.net_income_per_head,
            basis=revision.kind,
            revision=revision,
        )
    StandingMember.objects.bulk_create(
        StandingMember(standing=standing, resident=each, revision=revision) for each in counted
    )
    note_standing("standing.held", standing, revision, actor, after=held.kind)
    register_changed([household.area_id], [household.pk], by=by)
    return standing


def end(
    standing: Standing,
    last_day: datetime.date,
    *,
    removal_way: str = "",
    by: User,
    reason: str = "",
    right: Right = Right.EDIT_HOUSEHOLDS,
) -> Standing:
    """End a category: `last_day` is the last day on which it holds, today at the latest.

    `right` is what a stage that decides about the household asks of `by`, instead of the right to correct the register.
    """
    if standing.until_day is not None:
        raise Refused(_("This has ended already, on %(day)s.") % {"day": standing.until_day})
    if standing.from_day is not None and last_day < standing.from_day:
        raise Refused(_("It cannot end before it began."), field="until_day")
    clock.happened(last_day, reason=reason)
    wanted = {"until_day": last_day, "removal_way": removal_way}
    actor = _may(standing.household, by, right)
    return _change(standing, wanted, "standing.ended", by=by, actor=actor, on=last_day, reason=reason)


def reopen(standing: Standing, *, by: User, reason: str, right: Right) -> Standing:
    """Let a category that was ended go on as if it had not (风险消除回退); the end stays among the versions.

    `right` is what the stage that decides about the household asks of `by`.
    """
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if standing.until_day is None:
        raise Refused(_("This has not ended: there is nothing to take back."))
    actor = _may(standing.household, by, right)
    wanted = {"until_day": None, "removal_way": ""}
    return _change(
        standing, wanted, "standing.removal_undone", by=by, actor=actor, on=clock.today(), reason=reason
    )


@transaction.atomic
def recategorise(
    standing: Standing, kind: str, risk_types: list[str], *, by: User, reason: str, right: Right
) -> Standing:
    """Let a monitored household count in another category, or by other risks, from today on (类别调整).

    The standing goes on: nobody is identified or removed by it, and the category of earlier days stays in every count
    of them. `right` is what the stage that decides about the household asks of `by`.
    """
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if kind not in Standing.MONITORED:
        raise Refused(_("This is not one of the three categories."), field="kind")
    if standing.until_day is not None:
        raise Refused(_("This has ended already, on %(day)s.") % {"day": standing.until_day})
    today, before = clock.today(), standing.kind
    _check_risks(standing.household, risk_types, today)
    if standing.category_changes.filter(from_day=today).exists():
        raise Refused(_("The category was changed today already: change it again tomorrow."))
    actor = _may(standing.household, by, right)
    wanted = {"kind": kind, "risk_types": risk_types}
    changed = _change(standing, wanted, "standing.recategorised", by=by, actor=actor, on=today, reason=reason)
    if kind != before:
        CategoryChange.objects.create(
            standing=changed, before=before, after=kind, from_day=today, revision=changed.revision
        )
    return changed


def correct(standing: Standing, wanted: Mapping[str, Any], *, by: User, reason: str) -> Standing:
    """Correct what a category says, because it was wrong; the reason stays in the record."""
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if strange := set(wanted) - CORRECTABLE:
        raise ValueError(f"A correction cannot touch {sorted(strange)}.")
    if wanted.get("kind", standing.kind) not in Standing.MONITORED:
        raise Refused(_("This is not one of the three categories."), field="kind")
    first, last = (wanted.get(name, getattr(standing, name)) for name in ("from_day", "until_day"))
    if first is not None and last is not None and last < first:
        raise Refused(_("It cannot end before it began."), field="until_day")
    _check_risks(standing.household, wanted.get("risk_types", []), clock.today())
    actor = _may(standing.household, by)
    return _change(
        standing, wanted, "standing.corrected", by=by, actor=actor, on=clock.today(), reason=reason
    )


def take_file(revision: Revision) -> tuple[int, set[int]]:
    """Bring categories to what a file states for whole counties, in three statements; for households.monitored.

    Reads the temporary tables that the import has made. Returns the number of cases made, and the households whose
    case was there and changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement("standings_of_file"), {"revision": revision.pk})
        made, changed = cursor.fetchone()
        cursor.execute(_statement("standing_members"), {"revision": revision.pk})
        return made, {*changed, *(household for (household,) in cursor.fetchall())}


@transaction.atomic
def _change(
    standing: Standing,
    wanted: Mapping[str, Any],
    verb: str,
    *,
    by: User,
    actor: Actor,
    on: datetime.date,
    reason: str,
) -> Standing:
    """Write changes into the row as it was read, under a Revision of their own."""
    revision = _revision(standing.household, by, on, reason)
    before, seen = standing.kind, standing.revision_id
    with _one_category_at_a_time():
        rows = Standing.objects.filter(pk=standing.pk, revision_id=seen)
        if rows.update(**wanted, basis=revision.kind, revision=revision) != 1:
            raise Refused(_("Somebody else changed this meanwhile: look at it again."))
    standing.refresh_from_db()
    note_standing(verb, standing, revision, actor, before=before, after=standing.kind)
    register_changed([standing.household.area_id], [standing.household_id], by=by)
    return standing


def _may(household: Household, by: User, right: Right = Right.EDIT_HOUSEHOLDS) -> Actor:
    actor = by.authority(right, household.area_id)
    if forbidden := recused(by, household.recusal_keys):
        raise Refused(forbidden)
    return actor


def _check_risks(household: Household, risks: list[str], on: datetime.date) -> None:
    known = {item["code"] for item in value("risk_types", area=household.area_id, on=on).items}
    most = value("risk_types_per_household", area=household.area_id, on=on)
    if set(risks) - known or len(set(risks)) < len(risks):
        raise Refused(_("Choose each risk type from the list, and each only once."), field="risk_types")
    if most.amount is not None and len(risks) > most.amount:
        raise Refused(
            _("A household has at most %(most)d risk types.") % {"most": most.amount}, field="risk_types"
        )


def _revision(household: Household, by: User, on: datetime.date, reason: str) -> Revision:
    return Revision.objects.create(
        kind=Revision.Kind.HAND,
        by=by,
        area_id=household.area_id,
        as_of=on,
        entered_on=clock.today(),
        reason=reason.strip(),
        counts={"standings": 1},
    )


def note_standing(
    verb: str, standing: Standing, revision: Revision, by: Actor, *, after: str, before: str | None = None
) -> None:
    """Write the entry of one standing: what it is, its days, and the revision that made it so."""
    record(
        Act(
            verb,
            "household",
            str(standing.household_id),
            happened_on=revision.as_of,
            entered_on=revision.entered_on,
            area=standing.household.area_id,
            basis=revision.reason,
            details={
                "standing": standing.pk,
                "from": standing.from_day,
                "until": standing.until_day,
                "revision": revision.pk,
            },
            before=before,
            after=after,
        ),
        by=by,
    )


@contextmanager
def _one_category_at_a_time() -> Iterator[None]:
    """Turn the database's refusal of a second category at the same time into a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Refused(
            _("The household is in one of the three categories in that time already."), field="from_day"
        ) from clash


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")

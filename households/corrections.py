"""Correct by hand what the register says of a household or a member: who saw it, of which day, and why.

    correct(resident, {"health": ["4"]}, by=user, checked_on=day, seen=resident.revision_id, reason="…")

Each correction is a Revision of its own; the version before stays, every changed field names the hand as its source,
and the record of acts gets an entry in the same transaction. It is undone by another correction.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.names import person_initials
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from households import telephones
from households.followers import register_changed
from households.models import Household, Resident, Revision
from households.models.households import HEAD
from households.provenance import stays
from households.sources import Row, source_of, with_source
from households.words import LISTS, Words

#: What a hand may correct; benefits with their periods are households.benefits.
HOUSEHOLD_FIELDS = (
    "group_name", "address", "stay_area", "phone", "house_grade", "water_safe", "net_income_per_head",
)  # fmt: skip
MEMBER_FIELDS = (
    "name", "relation", "ethnicity", "education", "school_stage", "health", "labour",
    "work_place", "work_months", "insured",
)  # fmt: skip


@transaction.atomic
def correct(
    row: Row,
    wanted: Mapping[str, Any],
    *,
    by: User,
    checked_on: datetime.date,
    seen: int,
    reason: str = "",
) -> Revision:
    """Change the fields of `wanted` that differ; the others stay as they are, with the source they have.

    `checked_on` is the day on which somebody saw that it is so; `seen` the revision of the row that the person had
    before their eyes: who corrects what somebody else changed meanwhile is refused.
    """
    household = household_of(row)
    actor = may_correct(household, by)
    if isinstance(row, Resident) and row.is_erased:
        raise Refused(_("This person was erased: nothing is known of them that could be corrected."))
    on = clock.happened(checked_on, reason=reason)
    changes = _changes(row, _with_phone(wanted))
    _check(row, changes, on)
    revision = begin_revision(household, by, on, reason, changes)
    swap(row, changes, revision, seen=seen, day=on)
    verb = "household.corrected" if isinstance(row, Household) else "resident.corrected"
    note(verb, row, revision, by=actor, before=seen, fields=said(changes))
    register_changed([household.area_id], [household.pk], by=by)
    return revision


def may_correct(household: Household, by: User) -> Actor:
    """Return as whom `by` corrects a household; refused without the right there, and for one's own or kin's."""
    actor = by.authority(Right.EDIT_HOUSEHOLDS, household.area_id)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    return actor


def check_not_older(row: Row, name: str, on: datetime.date) -> None:
    """Refuse a value seen on a day before the one of which the register already knows."""
    known = source_of(row, name)
    if stays(known, Revision.Kind.HAND, on):
        raise Refused(
            _(
                "The register knows this as of %(day)s (%(source)s): what was seen earlier does not replace it."
            )
            % {"day": known.day, "source": known.label},
            field="happened_on",
        )


def check_no_other_head(household: Household, *, besides: Resident | None = None) -> None:
    """Refuse a second head of a household; `besides` is who may be it already."""
    heads = Resident.objects.present().filter(household=household, relation=HEAD)
    head = heads.exclude(pk=besides.pk).first() if besides is not None else heads.first()
    if head is not None:
        raise Refused(
            _("%(name)s is the head of this household: correct that relation first.") % {"name": head.name},
            field="relation",
        )


def household_of(row: Row) -> Household:
    """Return the household that a row is, or belongs to."""
    return row if isinstance(row, Household) else row.household


def begin_revision(
    household: Household,
    by: User,
    on: datetime.date,
    reason: str,
    changes: Mapping[str, Any],
    kind: str = Revision.Kind.HAND,
) -> Revision:
    """Make the revision that a correction of one household is: by hand, or taken from a department's delivery."""
    return Revision.objects.create(
        kind=kind,
        by=by,
        area_id=household.area_id,
        as_of=on,
        entered_on=clock.today(),
        counts={"fields": len(said(changes))},
        reason=reason.strip(),
    )


def said(changes: Mapping[str, Any]) -> list[str]:
    """Return the fields that somebody corrected; what is worked out from them is no statement of anybody."""
    return sorted(changes.keys() - {"initials"})


def swap(row: Row, changes: Mapping[str, Any], revision: Revision, *, seen: int, day: datetime.date) -> None:
    """Write the changes into the row as the person saw it, or refuse because somebody was quicker.

    The source of what changes is the revision's kind, and `day` the day of which it speaks.
    """
    sources = with_source(row, said(changes), revision.kind, day)
    written = {**changes, "revision": revision, "field_sources": sources}
    try:
        with transaction.atomic():
            rows = type(row)._default_manager.filter(pk=row.pk, revision_id=seen)
            changed = rows.update(**written)
    except IntegrityError as clash:
        raise Refused(_explained(clash)) from clash
    if changed != 1:
        raise Refused(_("Somebody changed this meanwhile: look at it again, then enter your correction."))
    for name, value in written.items():
        setattr(row, name, value)


def note(
    verb: str, row: Row, revision: Revision, *, by: Actor, before: int | None, fields: list[str]
) -> None:
    """Write the entry of a correction: which fields of which row, never what stands in them."""
    household = household_of(row)
    record(
        Act(
            verb,
            "household",
            str(household.pk),
            happened_on=revision.as_of,
            entered_on=revision.entered_on,
            area=household.area_id,
            before=before,
            after=revision.pk,
            basis=revision.reason,
            details={"fields": fields} | ({"resident": row.pk} if isinstance(row, Resident) else {}),
        ),
        by=by,
    )


def _with_phone(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a typed telephone into the identity it is kept under."""
    typed = wanted.get("phone")
    return {**wanted, "phone": telephones.keep(typed)} if isinstance(typed, str) else dict(wanted)


def _changes(row: Row, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs from the row; refused where nothing does, or where a hand must not touch it."""
    allowed = HOUSEHOLD_FIELDS if isinstance(row, Household) else MEMBER_FIELDS
    if strange := set(wanted) - set(allowed):
        raise ValueError(f"A correction by hand cannot touch {sorted(strange)}.")
    changes = {name: value for name, value in wanted.items() if _differs(row, name, value)}
    if not changes:
        raise Refused(_("Nothing differs from what the register says: change a field, or go back."))
    if "name" in changes:
        changes["name"] = " ".join(str(changes["name"]).split())
        changes["initials"] = person_initials(changes["name"])
    return changes


def _differs(row: Row, name: str, value: Any) -> bool:
    present = getattr(row, name)
    if isinstance(value, list):
        return sorted(value) != sorted(present)
    return bool(present != value)


def _check(row: Row, changes: dict[str, Any], on: datetime.date) -> None:
    """Refuse what cannot be: unknown codes, too long words, a second head, knowledge older than the register's."""
    words, area = Words(), household_of(row).area_id
    for name, value in changes.items():
        check_not_older(row, name, on)
        codes = {code for code, _word in words.choices(name, area)} if name in LISTS else set()
        given = value if isinstance(value, list) else [value]
        if codes and any(each and each not in codes for each in given):
            raise Refused(_("This value is not in the list: choose one of the list."), field=name)
        _check_shape(row, name, value)
    if isinstance(row, Resident) and changes.get("relation") == HEAD:
        check_no_other_head(row.household, besides=row)


def _check_shape(row: Row, name: str, value: Any) -> None:
    """Let the column say whether a value fits it."""
    column = row._meta.get_field(name)
    if isinstance(column, models.ForeignKey):
        return
    try:
        column.clean(value, row)  # type: ignore[union-attr]
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages), field=name) from wrong
    if name == "work_months" and value is not None and value > 12:
        raise Refused(_("A year of work has at most 12 months."), field=name)


def _explained(clash: IntegrityError) -> str:
    """Turn the database's refusal into a sentence."""
    said = str(clash)
    if "a_household_has_one_head" in said:
        return _("This household has a head already: correct that member's relation first.")
    if "a_person_lives_in_one_household" in said:
        return _("This person is a member of another household now: a person lives in one.")
    return _("The register refuses this: look at the household again, then enter your correction.")

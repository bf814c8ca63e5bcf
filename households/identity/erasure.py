"""Erase a person: the number's row is destroyed, and what the register says of them goes from rows and history.

The row of the resident stays, nameless, because counts of former days stand on it. No digest breaks: nothing outside
the identities holds a number, and the record committed to personal words without holding them. What older backups
still hold, and what to do about it, says docs/decisions/0013.
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.models import Opening
from foundation.ledger.record import Act, Actor, record
from households.followers import person_erased, register_changed
from households.models import Duplicate, GridMember, Household, Identity, QualityFinding, Resident
from households.models.households import NAMELESS

#: The verb of the entry that an erasure leaves.
ERASED = "identity.erased"
#: Columns that say nothing of a person by themselves and carry the counts; every other one is emptied, new ones too.
KEPT = frozenset(
    {
        "id",
        "household",
        "area",
        "relation",
        "came_on",
        "left_on",
        "departure",
        "source",
        "source_day",
        "revision",
    }
    | {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context"}
)


class Ground(models.TextChoices):
    """Why a person is erased: a choice and not a text, because the record keeps it for ever."""

    REQUEST = "request", gettext_lazy("the person asked for it")
    TERM = "term", gettext_lazy("the time of keeping is over")
    MISTAKE = "mistake", gettext_lazy("never should have been in the register")


@transaction.atomic
def erase(resident: Resident, *, ground: Ground, by: User, phone: bool = False) -> int:
    """Erase a person from every household they were in; with `phone`, the telephone of this household too.

    What was found doubtful about them goes as well, and pairs of households that both had them. A household where
    `by` may not erase keeps its row, and the number with it, until who answers for it erases there.

    Returns the number of rows and versions emptied. Refused for whoever was erased already, and for one's own or
    kin's. The entries in the record name rows, a ground and counts only.
    """
    actor = may_erase(resident, by)
    rows = _rows_of(resident, by)
    subjects = {resident.identity_id} if resident.identity_id else set()
    counts = _empty_rows([row.pk for row in rows])
    entries = Q(entry__object_type="resident", entry__object_id__in=[str(row.pk) for row in rows])
    if phone:
        subjects |= _take_phone(resident.household)
        entries |= Q(entry__object_type="household", entry__object_id=str(resident.household_id))
    person_erased([row.pk for row in rows], subjects)
    _destroy(subjects, {row.household_id for row in rows})
    openings, _by_model = Opening.objects.filter(entries).delete()
    said = {"ground": Ground(ground).value, "phone": phone, "openings": openings} | counts
    also = [row for row in rows if row.pk != resident.pk]
    _note(resident, said | {"also": [str(row.pk) for row in also]}, by=actor)
    for row in also:
        _note(row, {"ground": said["ground"], "with": str(resident.pk)}, by=actor)
    register_changed({row.area_id for row in rows}, {row.household_id for row in rows}, by=by)
    resident.refresh_from_db()
    return sum(counts.values())


def may_erase(resident: Resident, by: User) -> Actor:
    """Return as whom `by` erases a person; refused without the right there, and for one's own or kin's."""
    actor = by.authority(Right.ERASE_PEOPLE, resident.area_id)
    if rule := recused(by, resident.household.recusal_keys):
        raise Refused(rule)
    return actor


def homes_of(resident: Resident, by: User) -> list[Household]:
    """Return the households from which a person would go: those where they are or were, and `by` may erase."""
    rows = Resident.objects.filter(_same(resident)).select_related("household").order_by("pk")
    return [row.household for row in rows if by.holds(Right.ERASE_PEOPLE, row.area_id)]


def _rows_of(resident: Resident, by: User) -> list[Resident]:
    """Lock and return the rows of a person where `by` may erase; refused where this one is empty already."""
    found = list(Resident.objects.filter(_same(resident)).order_by("pk").select_for_update())
    if any(row.pk == resident.pk and row.is_erased for row in found):
        raise Refused(_("This person was erased already."))
    return [row for row in found if by.holds(Right.ERASE_PEOPLE, row.area_id)]


def _same(resident: Resident) -> Q:
    """Return the condition for the rows of one person."""
    itself = Q(pk=resident.pk)
    return itself | Q(identity=resident.identity_id) if resident.identity_id else itself


def _empty_rows(rows: list[int]) -> dict[str, int]:
    """Empty rows with their versions, and take away what was found doubtful about them; counts both."""
    Resident.objects.filter(pk__in=rows).update(**_emptied(Resident))
    # After it, because the triggers have just kept the version of before.
    history: Any = Resident._meta.get_field("versions").related_model
    versions = history.objects.filter(pgh_obj__in=rows).update(**_emptied(history))
    QualityFinding.objects.filter(resident__in=rows).delete()
    return {"rows": len(rows), "versions": int(versions)}


def _note(resident: Resident, said: dict[str, Any], *, by: Actor) -> None:
    """Write the entry of one row: what was done, never of whom."""
    day = clock.today()
    record(
        Act(
            ERASED,
            "resident",
            str(resident.pk),
            day,
            day,
            area=resident.area_id,
            details=said,
        ),
        by=by,
    )


def _emptied(model: Any) -> dict[str, Any]:
    """Return an empty value for every column of a table that is not kept."""
    return {field.name: _empty(field) for field in model._meta.concrete_fields if field.name not in KEPT}


def _empty(field: Any) -> Any:
    if field.name == "name":
        return NAMELESS
    if field.null:
        return None
    if isinstance(field, ArrayField):
        return []
    return {} if isinstance(field, models.JSONField) else ""


def _take_phone(household: Household) -> set[uuid.UUID]:
    """Take the telephone off a household; returns its subject."""
    subject = household.phone_id
    if subject is None:
        return set()
    Household.objects.filter(pk=household.pk).update(phone=None)
    return {subject}


def _destroy(subjects: set[uuid.UUID], households: set[int]) -> None:
    """Destroy identities, unless somebody else has the same one: a telephone of two households, say.

    Pairs of households that name such a person go with the number, or with the household that was emptied of them.
    """
    used = {*Household.objects.filter(phone__in=subjects).values_list("phone", flat=True)}
    used |= {*Resident.objects.filter(identity__in=subjects).values_list("identity", flat=True)}
    used |= {*GridMember.objects.filter(phone__in=subjects).values_list("phone", flat=True)}
    pairs = Q(identity__in=subjects - used) | Q(identity__in=subjects, household__in=households)
    Duplicate.objects.filter(pairs).delete()
    Identity.objects.filter(subject__in=subjects - used).delete()

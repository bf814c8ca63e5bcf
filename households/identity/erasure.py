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
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.models import Opening
from foundation.ledger.record import Act, record
from households.followers import person_erased
from households.models import Duplicate, Household, Identity, QualityFinding, Resident

#: What stands in the place of a name.
NAMELESS = "*"
#: Columns that say nothing of a person by themselves and carry the counts; every other one is emptied, new ones too.
KEPT = frozenset(
    {"id", "household", "area", "relation", "left_on", "departure", "source", "source_day", "revision"}
    | {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context"}
)


class Ground(models.TextChoices):
    """Why a person is erased: a choice and not a text, because the record keeps it for ever."""

    REQUEST = "request", _("the person asked for it")
    TERM = "term", _("the time of keeping is over")
    MISTAKE = "mistake", _("never should have been in the register")


@transaction.atomic
def erase(resident: Resident, *, ground: Ground, by: User, phone: bool = False) -> int:
    """Erase a person from every household they were in; with `phone`, the telephone of this household too.

    What was found doubtful about them goes as well, and pairs of households that both had them.

    Returns the number of rows and versions emptied. The entry in the record names rows, a ground and counts only.
    """
    actor = by.authority(Right.ERASE_PEOPLE, resident.area_id)
    same = Q(pk=resident.pk) | Q(identity=resident.identity_id) if resident.identity_id else Q(pk=resident.pk)
    rows = list(Resident.objects.filter(same).order_by("pk").select_for_update().values_list("pk", flat=True))
    subjects = {resident.identity_id} if resident.identity_id else set()
    Resident.objects.filter(pk__in=rows).update(**_emptied(Resident))
    # After it, because the triggers have just kept the version of before.
    history: Any = Resident._meta.get_field("versions").related_model
    versions = history.objects.filter(pgh_obj__in=rows).update(**_emptied(history))
    entries = Q(entry__object_type="resident", entry__object_id__in=[str(pk) for pk in rows])
    if phone:
        subjects |= _take_phone(resident.household)
        entries |= Q(entry__object_type="household", entry__object_id=str(resident.household_id))
    QualityFinding.objects.filter(resident__in=rows).delete()
    Duplicate.objects.filter(identity__in=subjects).delete()
    person_erased(rows, subjects)
    openings, _by_model = Opening.objects.filter(entries).delete()
    _destroy(subjects)
    day = clock.today()
    details = {"ground": Ground(ground).value, "rows": len(rows), "versions": versions, "openings": openings}
    record(
        Act(
            "identity.erased",
            "resident",
            str(resident.pk),
            day,
            day,
            area=resident.area_id,
            details=details | {"also": [str(pk) for pk in rows if pk != resident.pk], "phone": phone},
        ),
        by=actor,
    )
    resident.refresh_from_db()
    return len(rows) + int(versions)


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


def _destroy(subjects: set[uuid.UUID]) -> None:
    """Destroy identities, unless somebody else has the same one: a telephone of two households, say."""
    used = Household.objects.filter(phone__in=subjects).values_list("phone", flat=True)
    Identity.objects.filter(subject__in=subjects - set(used)).delete()

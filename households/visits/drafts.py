"""Begun forms of visits: saved while somebody types, field by field, and gone when the visit is written down.

A draft is no act: it stands in no record, nobody but its maker reads it, and after some days it is removed. Each field
carries a version that the device counts up; of two the greater stands: what arrives late or twice undoes nothing.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.identity.masking import masked_text
from households.models import Household, Visit, VisitDraft
from households.visits import checking
from households.visits.answers import FIELD
from households.visits.questionnaires import Declared, Kind

#: Begun forms that nobody went on with are removed after so many days.
KEPT_DAYS = 14
#: What a form can hold at most; more is no form of ours.
MOST_FIELDS, MOST_VALUES, LONGEST = 150, 60, 1000
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_WRITTEN = frozenset({"way_reason", "others", "note", "reason"})
_NOT_KEPT = frozenset({"key", "version", "once", "csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Typed:
    """One field as the device has it: its version there, and its values."""

    version: int
    values: tuple[str, ...]


@transaction.atomic
def keep(
    household: Household, key: UUID, declared: Declared, fields: Mapping[str, Typed], *, by: User
) -> VisitDraft | None:
    """Save what was typed; returns None where the visit is written down already and there is nothing to save.

    Refused where `by` may not write a visit to the household down.
    """
    checking.may_visit(household, by)
    if Visit.objects.filter(entered_by=by, key=key).exists():
        return None
    draft, _new = VisitDraft.objects.select_for_update().get_or_create(
        by=by, key=key, defaults={"household": household, "questionnaire_id": declared.key}
    )
    if draft.household_id != household.pk:
        raise Refused(_("This form was begun for another household."))
    texts = _texts(declared)
    for name, typed in fields.items():
        if typed.version > draft.fields.get(name, {"v": 0})["v"]:
            values = [masked_text(each) if name in texts else each for each in typed.values]
            draft.fields[name] = {"v": typed.version, "is": values}
    draft.save()
    return draft


def read(sent: object) -> dict[str, Typed]:
    """Return the fields of what a device sent, `{name: [version, [values]]}`; refused where it is something else."""
    if not isinstance(sent, dict) or len(sent) > MOST_FIELDS:
        raise _unreadable()
    return {name: _typed(name, field) for name, field in sent.items() if name not in _NOT_KEPT}


def newest(household: Household, declared: Declared, by: User) -> VisitDraft | None:
    """Return the form that `by` begun at a household with a questionnaire, None where there is none."""
    rows = VisitDraft.objects.filter(household=household, by=by, questionnaire=declared.key)
    return rows.first()


def typed(draft: VisitDraft) -> MultiValueDict[str, str]:
    """Return what a draft holds, as a form takes it."""
    return MultiValueDict({name: field["is"] for name, field in draft.fields.items()})


def versions(draft: VisitDraft | None) -> dict[str, int]:
    """Return the version of each field of a draft."""
    return {} if draft is None else {name: field["v"] for name, field in draft.fields.items()}


def discard(household: Household, declared: Declared, *, by: User) -> int:
    """Throw the begun forms of `by` at a household with a questionnaire away; returns how many."""
    return VisitDraft.objects.filter(household=household, by=by, questionnaire=declared.key).delete()[0]


def done(key: UUID, by: User) -> None:
    """Throw the begun form of a visit away that is written down now."""
    VisitDraft.objects.filter(by=by, key=key).delete()


def night_work(*, by: User, on: datetime.date) -> None:
    """Remove the begun forms that nobody went on with (foundation.accounts.next_day.NightWork)."""
    before = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min))
    VisitDraft.objects.filter(saved_at__lt=before - datetime.timedelta(days=KEPT_DAYS)).delete()


def _texts(declared: Declared) -> frozenset[str]:
    """Return the names of the fields in which people write; an amount of eight digits is no telephone."""
    return _WRITTEN | {FIELD + each.code for each in declared.questions() if each.kind is Kind.TEXT}


def _typed(name: Any, field: Any) -> Typed:
    if not (isinstance(name, str) and _NAME.fullmatch(name) and isinstance(field, list) and len(field) == 2):
        raise _unreadable()
    version, values = field
    texts = isinstance(values, list) and all(
        isinstance(each, str) and len(each) <= LONGEST for each in values
    )
    if not (isinstance(version, int) and 0 < version < 2**31 and texts and len(values) <= MOST_VALUES):
        raise _unreadable()
    return Typed(version, tuple(values))


def _unreadable() -> Refused:
    return Refused(_("What was typed could not be read and was not saved: send the form."))

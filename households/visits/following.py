"""What visits follow: their household into another village, and a person who is erased."""

import datetime
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from foundation.accounts.models import User
from foundation.files.retention import erase_with_person
from households.models import Visit, VisitDraft, VisitVersion
from households.models.households import NAMELESS
from households.visits.book import declared_of
from households.visits.questionnaires import Kind

_SQL = (Path(__file__).parent / "sql" / "photos_follow.sql").read_text(encoding="utf-8")
#: Columns and members of a body that hold what people typed.
_TYPED = ("way_reason", "others", "note")


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let photos lie where their household is now (households.followers.RegisterFollower)."""
    given = {
        "model": Visit._meta.label_lower,
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, given)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank what was typed after visits that met a person who is erased, and erase their photos.

    What else was answered there, counts and choices, is the household's (households.followers.ErasureFollower).
    """
    system = User.objects.built_in("system")
    VisitDraft.objects.filter(household__residents__in=residents).delete()
    for visit in Visit.objects.filter(met__in=residents).distinct():
        erase_with_person(visit, by=system)
        written = {name: NAMELESS for name in _TYPED if getattr(visit, name)}
        Visit.objects.filter(pk=visit.pk).update(answers=_blanked(visit, visit.answers), **written)
        for version in visit.versions.all():
            _blank_version(visit, version)


def _blank_version(visit: Visit, version: VisitVersion) -> None:
    body = version.body | {name: NAMELESS for name in _TYPED if version.body.get(name)}
    body["answers"] = _blanked(visit, body["answers"])
    VisitVersion.objects.filter(pk=version.pk).update(body=body)


def _blanked(visit: Visit, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers with every text emptied."""
    texts = set(_texts(visit))
    return {code: NAMELESS if code in texts else answer for code, answer in answers.items()}


def _texts(visit: Visit) -> Iterable[str]:
    return (each.code for each in declared_of(visit.questionnaire).questions() if each.kind is Kind.TEXT)

"""What signatures follow: their household into another village, and a person who is erased."""

import datetime
from collections.abc import Collection
from pathlib import Path

from django.db import connection
from django.db.models import Q

from foundation.accounts.models import User
from foundation.files.retention import erase_with_person
from foundation.ledger.models import Opening
from households.models import Signature
from households.models.households import NAMELESS

_SQL = (Path(__file__).parent / "sql" / "pictures_follow.sql").read_text(encoding="utf-8")
_NAMES = ("proxy_name", "written_by", "read_to", "printed_by", "told")


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let the pictures lie where the household is now (households.followers.RegisterFollower)."""
    given = {
        "model": Signature._meta.label_lower,
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, given)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Destroy the pictures and the words about a person who is erased (households.followers.ErasureFollower)."""
    system = User.objects.built_in("system")
    found = Signature.objects.filter(Q(resident__in=residents) | Q(signed_for__in=residents))
    for signature in found:
        erase_with_person(signature, by=system)
        words = {name: NAMELESS for name in _NAMES if getattr(signature, name)}
        words |= {"proxy_relation": "", "proxy_reason": ""}
        Signature.objects.filter(pk=signature.pk).update(**words)
    keys = [str(signature.pk) for signature in found]
    Opening.objects.filter(entry__object_type=Signature._meta.label_lower, entry__object_id__in=keys).delete()

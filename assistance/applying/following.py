"""What applications follow: cases that open, authorisations that come into force, people who are erased."""

import datetime
from collections.abc import Collection, Sequence
from pathlib import Path

from django.db import connection

from assistance.applying.taking import STEP, take_if_ready
from assistance.models import Application, AssetHit, Case
from foundation.accounts.models import User
from foundation.files.retention import erase_with_person
from foundation.ledger.models import Opening
from households.models import Authorisation

_SQL = Path(__file__).parent.parent / "sql" / "follow_papers.sql"


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let the papers of applications lie where their household is now (households.followers.RegisterFollower)."""
    given = {
        "model": Application._meta.label_lower,
        "areas": [f"{area}%" for area in areas],
        "households": None if households is None else list(households),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL.read_text(encoding="utf-8"), given)


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Bring what a household handed in before into its new case, and let the chain go on where nothing is missing.

    One of CASE_FOLLOWERS: called with cases that stand somewhere else now.
    """
    waiting = {case.household_id: case for case in cases if STEP in case.waits_for}
    if not waiting:
        return
    for row in Application.objects.living().filter(case__isnull=True, household__in=waiting):
        Application.objects.filter(pk=row.pk).update(case=waiting[row.household_id])
    complete = Application.objects.living().filter(case__in=waiting.values(), complete_on__isnull=False)
    for key in set(complete.values_list("household", flat=True)):
        if take_if_ready(waiting[key], by=by):
            waiting[key].refresh_from_db()


def after_authorisation(row: Authorisation, *, by: User) -> None:
    """Let the chain go on when the last signature of an authorisation is in (AUTHORISATION_FOLLOWERS)."""
    case = Case.objects.running().select_related("household").filter(household=row.household_id).first()
    if case is not None:
        take_if_ready(case, by=by)


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Take words and details about an erased person away; the signed bytes only committed to the words.

    What is left says that there was an application, and a hit of which kind (households.followers.ErasureFollower).
    """
    keys = set(residents)
    system = User.objects.built_in("system")
    households = Application.objects.filter(household__residents__in=keys)
    rows = [
        row for row in households.distinct() if keys & {key for key, _relation in row.body.get("members", [])}
    ]
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(told={}, salt=b"")
    for row in rows:
        erase_with_person(row, by=system)
    hits = AssetHit.objects.filter(resident__in=keys)
    checks = set(hits.values_list("asset_check", flat=True))
    hits.update(detail=b"")
    hits.filter(verified_on__isnull=False).update(note="*")
    Opening.objects.filter(
        entry__object_type="assistance.assetcheck", entry__object_id__in=[str(key) for key in checks]
    ).delete()

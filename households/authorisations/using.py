"""Use an authorisation: the one door to anything that may be looked up only because a household allowed it.

    found = in_force(household, purpose="asset_check", kinds=["vehicle", "deposit"])
    use(found, purpose="asset_check", kinds=["vehicle"], what=f"asset_check:{check.pk}", by=user)

Every use is an entry in the ledger, and so is every use that was denied.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.models import Entry
from foundation.ledger.record import Act, read_body, record
from households.authorisations.document import content_of, names_stand
from households.models import Authorisation, Household, Resident
from households.signing.proving import Verdict, verdicts
from households.signing.selectors import signatures_of

USED, DENIED = "authorisation.used", "authorisation.use_denied"
#: A page shows so many uses; the record of acts has them all.
MOST = 50
_DOUBTFUL = (Verdict.DOCUMENT_CHANGED, Verdict.SIGNATURE_CHANGED)


def in_force(
    household: Household,
    *,
    purpose: str,
    kinds: Collection[str] = (),
    members: Iterable[Resident] = (),
    on: datetime.date | None = None,
) -> Authorisation | None:
    """Return what allows these kinds of data for a purpose, of all `members`, on a day; the newest, or None."""
    day, people = on or clock.today(), {each.pk for each in members}
    rows = Authorisation.objects.in_force(day).filter(household=household).prefetch_related("members")
    for row in rows.order_by("-valid_until", "-pk"):
        if not _outside(row, purpose, kinds, people, day):
            return row
    return None


def use(
    authorisation: Authorisation,
    *,
    purpose: str,
    kinds: Collection[str],
    what: str,
    by: User,
    members: Iterable[Resident] = (),
    right: Right = Right.TAKE_AUTHORISATIONS,
) -> Entry:
    """Write into the record that an authorisation is used today, or refuse: it ended, or never covered this.

    `what` says for which row (`asset_check:17`) and must name nobody. Call it before anything is looked up. A denial is
    kept too, unless the caller's own transaction fails with it.
    """
    actor = by.authority(right, authorisation.area_code)
    people = {each.pk for each in members}
    with transaction.atomic():
        row = (
            Authorisation.objects.select_for_update(of=("self",))
            .select_related("household")
            .get(pk=authorisation.pk)
        )
        sentence = _denied(row, purpose, kinds, people)
        said = {"purpose": purpose, "kinds": sorted(kinds), "members": sorted(people), "what": what}
        entry = record(_act(DENIED if sentence else USED, row, said), by=actor)
    if sentence:
        raise Refused(sentence)
    return entry


def uses_of(row: Authorisation) -> list[tuple[Entry, dict[str, Any]]]:
    """Return the uses of an authorisation and those that were denied, with their details, the newest first."""
    entries = Entry.objects.filter(
        object_type=row._meta.label_lower, object_id=str(row.pk), verb__in=[USED, DENIED]
    )
    return [(entry, read_body(entry)["details"]) for entry in entries.order_by("-pk")[:MOST]]


def _denied(row: Authorisation, purpose: str, kinds: Collection[str], people: set[int]) -> str:
    """Say why an authorisation cannot be used today, or ""."""
    today = clock.today()
    if row.household.dissolved_on is not None:
        return _("This household is dissolved: its authorisations serve for nothing any more.")
    if row.state != "in_force":
        return _("This authorisation is %(state)s: nothing may be looked up by it.") % {
            "state": row.state_label
        }
    if not row.valid_from <= today <= row.valid_until:
        return _("This authorisation is valid from %(first)s until %(last)s only.") % {
            "first": row.valid_from,
            "last": row.valid_until,
        }
    if sentence := _outside(row, purpose, kinds, people, today):
        return sentence
    found = verdicts(signatures_of(row), content_of(row))
    if any(each in _DOUBTFUL for each in found.values()) or not names_stand(row):
        return _(
            "Something was changed after it was signed: have it signed anew before anything is looked up."
        )
    return ""


def _outside(
    row: Authorisation, purpose: str, kinds: Collection[str], people: set[int], day: datetime.date
) -> str:
    """Say what an authorisation does not cover, or ""."""
    if row.in_force_on is None or day < row.in_force_on:
        return _("It was not signed yet on that day.")
    if purpose not in row.purpose_codes:
        return _("The household did not authorise this purpose.")
    if not set(kinds) <= row.kind_codes:
        return _("The household did not authorise these kinds of data.")
    if not people <= {each.resident_id for each in row.members.all()}:
        return _("Somebody of the household is not covered: have them sign too.")
    return ""


def _act(verb: str, row: Authorisation, said: dict[str, Any]) -> Act:
    today = clock.today()
    return Act(
        verb,
        row._meta.label_lower,
        str(row.pk),
        today,
        today,
        area=row.area_code,
        after=row.state,
        details=said,
    )

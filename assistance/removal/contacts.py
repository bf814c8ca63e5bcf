"""Who stays in touch after a removal (监测联系人) changes: with the reason, and with who it was before.

The person who was named at the proposal may hand the household over, or leave. `left_behind` finds the removals whose
contact helped the household and helps it no more; national export and data checks read the removal itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.data_checks.following import ask_again
from assistance.helping.hanging import leaving
from assistance.helping.sentences import Line
from assistance.models import Case, ContactChange, HelperPlace, Removal
from assistance.removal.lifecycle import MARKED, RUNNING
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from households.identity.masking import masked_text

#: Who names the contact: the village that proposes, and the township.
RIGHTS = (Right.PREPARE_CASES, Right.REVIEW_CASES)
#: While a removal is on its way or marked somebody stays in touch because of it.
KEPT_IN_TOUCH = (*RUNNING, *MARKED)


@dataclass(frozen=True, slots=True)
class Contact:
    """Who stays in touch with a household, and by which telephone."""

    name: str
    phone: str


def check(name: str, phone: str) -> Contact:
    """Return a contact as it is kept; refused without a name, or with a telephone that is no number."""
    if not name.strip():
        raise Refused(_("Say who stays in touch with the household."), field="contact_name")
    if not phone.strip().replace("-", "").isdecimal():
        raise Refused(_("Enter the telephone of the contact: digits alone."), field="contact_phone")
    return Contact(name.strip(), phone.strip())


def may_change(removal: Removal, user: User) -> bool:
    """Say whether somebody may change the contact of a removal now."""
    holds = any(user.holds(right, removal.area_id) for right in RIGHTS)
    return holds and removal.state in KEPT_IN_TOUCH and not recused(user, removal.recusal_keys())


@transaction.atomic
def change(removal: Removal, name: str, phone: str, why: str, *, by: User) -> ContactChange:
    """Let somebody else stay in touch with the household from today on; who it was stays readable."""
    row = Removal.objects.select_for_update(of=("self",)).select_related("case__household").get(pk=removal.pk)
    right = next((each for each in RIGHTS if by.holds(each, row.area_id)), RIGHTS[0])
    actor = by.authority(right, row.area_id)
    if forbidden := recused(by, row.recusal_keys()):
        raise Refused(forbidden)
    if row.state not in KEPT_IN_TOUCH:
        raise Refused(_("This removal came to nothing: nobody stays in touch because of it."))
    found = check(name, phone)
    if not why.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="why")
    if found == Contact(row.contact_name, row.contact_phone):
        raise Refused(_("This is the contact already: nothing would change."), field="contact_name")
    made: ContactChange = ContactChange.objects.create(
        removal=row, name_before=row.contact_name, phone_before=row.contact_phone, name=found.name, phone=found.phone,
        why=masked_text(why.strip())[:200], changed_on=clock.today(), by=by,
    )  # fmt: skip
    row.contact_name, row.contact_phone = found.name, found.phone
    row.save(update_fields=["contact_name", "contact_phone"])
    act = Act(
        "removal.contact_changed", Removal._meta.label_lower, str(row.pk), made.changed_on, made.changed_on,
        area=row.area_id, details={"change": made.pk},
        personal={"before": made.name_before, "now": made.name, "why": made.why},
    )  # fmt: skip
    record(act, by=actor)
    ask_again([row.case.household_id])
    return made


def left_behind(rows: QuerySet[Removal]) -> QuerySet[Removal]:
    """Keep marked removals whose contact was a helper of the household, and helps it no more or leaves soon.

    The contact is a name in words: somebody who never was a helper here is not looked after.
    """
    places = HelperPlace.objects.filter(case=OuterRef("case"), person__name=OuterRef("contact_name"))
    staying = places.held().exclude(pk__in=leaving(HelperPlace.objects.all()).values("pk"))
    helped = places.exclude(accepted_on__isnull=True)
    return rows.filter(Exists(helped), ~Exists(staying), state__in=MARKED)


def helper_lines(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case who stays in touch after the removal (assistance.helping.sentences.HelperLines).

    It belongs on the sheet of a hand-over: the contact does not change by itself when the helper does.
    """
    rows = Removal.objects.filter(case__in=cases, state__in=MARKED).select_related("case__household")
    found: dict[int, list[Line]] = {}
    for row in rows.order_by("pk"):
        url = reverse("cases:removal_contact", args=[row.pk]) if may_change(row, user) else ""
        told = _("Risk removed; in touch since: %(name)s. Change the contact where somebody else is it now.")
        found.setdefault(row.case_id, []).append(Line(told % {"name": row.contact_name}, url=url))
    return found

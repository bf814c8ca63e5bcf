"""The list of a month for one department, as a workbook: for a purpose, and on record before it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.handing_back.departments import Recipient, recipients
from assistance.handing_back.people import Month, Person, people_of
from foundation.accounts import clock
from foundation.accounts.kin import household_number
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.desk.watermark import watermark
from foundation.files.content import XLSX
from foundation.files.looking import Opened
from foundation.ledger.record import Act, Actor, record
from households.identity import keeping
from households.identity.masking import masked_number, masked_text
from households.workbooks import Sheet, workbook

HANDED_BACK = "monitored.handed_back"


@dataclass(frozen=True, slots=True)
class Wanted:
    """For which department (code), of which month, and what it is for."""

    department: str
    month: Month
    purpose: str


@transaction.atomic
def take_out(area: Area, wanted: Wanted, *, by: User) -> Opened:
    """Return the list of a county's month for a department; that it was taken out stands in the record first."""
    if area.level != Level.COUNTY:
        raise Refused(_("Departments get the list of the county: choose it."))
    actor = by.authority(Right.REVEAL_NUMBERS, area.code)
    said = masked_text(wanted.purpose.strip())
    if not said:
        raise Refused(
            _("Say what the department needs the list for: it stays in the record."), field="purpose"
        )
    if wanted.month.first > clock.today():
        raise Refused(_("This month has not begun."), field="month")
    recipient = recipients(area.code).get(wanted.department)
    if recipient is None:
        raise Refused(
            _("This department delivers nothing regularly here: it gets no list."), field="department"
        )
    people = people_of(by, area.code, wanted.month, heads_only=recipient.heads_only)
    if not people:
        raise Refused(_("Nobody began or ceased to be monitored in this month."), field="month")
    content = workbook(_sheet(people, by, area))
    _note(area, wanted, recipient, people, said, actor)
    title = _("Monitored people")
    name = f"{title} {recipient.department.name} {wanted.month}.xlsx"
    return Opened(iter([content]), name, XLSX, len(content))


def _sheet(people: Iterable[Person], by: User, area: Area) -> Sheet:
    own = frozenset(
        Kin.objects.filter(user=by, withdrawn_on__isnull=True).values_list("household", flat=True)
    )
    heads = [_("Change"), _("Since"), _("Name"), _("ID number"), _("Township")]
    return Sheet(_("People"), heads, [_row(each, own) for each in people], mark=watermark(by, area.name))


def _row(person: Person, own: frozenset[str]) -> list[str]:
    """Return what a department needs to find somebody in its own data; never why, nor which category."""
    resident = person.resident
    said = _("newly monitored") if person.begins else _("no longer monitored")
    township = resident.household.area.parent
    return [
        said,
        str(person.on),
        resident.shown_name,
        _number(person, hidden=household_number(resident.household.code) in own),
        township.name if township else "",
    ]


def _number(person: Person, *, hidden: bool) -> str:
    identity = person.resident.identity
    if identity is None:
        return ""
    number = keeping.opened(identity.subject, identity.sealed)
    return masked_number(number) if hidden else number


def _note(
    area: Area, wanted: Wanted, recipient: Recipient, people: list[Person], said: str, actor: Actor
) -> None:
    today = clock.today()
    details = {
        "department": wanted.department, "month": str(wanted.month), "heads_only": recipient.heads_only,
        "people": len(people), "came": sum(each.begins for each in people),
    }  # fmt: skip
    record(
        Act(HANDED_BACK, "area", area.code, today, today, area=area.code, basis=said, details=details),
        by=actor,
    )

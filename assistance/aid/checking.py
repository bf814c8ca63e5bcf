"""What can be recorded: one aid as somebody says it, and everything that it is refused for, each at its field."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assistance.aid.months import month_of
from assistance.catalogue.book import measure as declared_measure
from assistance.catalogue.terms import About
from assistance.models import AidRecord, Case, Measure
from foundation.accounts import clock
from foundation.accounts.refusals import Refused
from households.models import Resident

LONGEST_NOTE, LONGEST_SERVICE, LONGEST_PAYER = 200, 120, 60


@dataclass(frozen=True, slots=True)
class Aid:
    """What landed: which help of the catalogue, for whom (None: the household), how often, since when, how much.

    `amount` in yuan or `service` in words, never both. `payer` is a code of Department, or an office in words, or
    empty: the township office. `until_month` is any day of the last month of what is given every month.
    """

    code: str
    landed_on: datetime.date
    per: str = AidRecord.Per.ONCE
    resident: int | None = None
    amount: Decimal | None = None
    service: str = ""
    until_month: datetime.date | None = None
    payer: str = ""
    note: str = ""
    measure: Measure | None = None


def check(case: Case, aid: Aid) -> None:
    """Refuse what cannot be."""
    _check_help(case, aid)
    _check_amount(aid)
    _check_time(aid)
    said = {
        "note": (aid.note, LONGEST_NOTE),
        "service": (aid.service, LONGEST_SERVICE),
        "payer": (aid.payer, LONGEST_PAYER),
    }
    for field, (text, most) in said.items():
        if len(text) > most:
            raise Refused(_("Say it in at most %(most)d characters.") % {"most": most}, field=field)


def _check_help(case: Case, aid: Aid) -> None:
    """Refuse help that there is not, and a person who is not there."""
    declared = declared_measure(aid.code)
    if declared is None:
        raise Refused(_("This help is in the catalogue no more: choose another one."), field="code")
    if aid.measure is not None and (aid.measure.case_id != case.pk or aid.measure.code != aid.code):
        raise Refused(_("This measure belongs to another case or help."))
    if aid.measure is not None and aid.measure.state == "withdrawn":
        raise Refused(_("This measure was taken back: record the aid without it, or tick it again."))
    if declared.about is About.MEMBER and aid.resident is None:
        raise Refused(_("“%(name)s”: say for whom it is.") % {"name": declared.name}, field="resident")
    if aid.resident is None:
        return
    if not Resident.objects.filter(pk=aid.resident, household=case.household_id).exists():
        raise Refused(_("This person is no member of the household."), field="resident")


def _check_amount(aid: Aid) -> None:
    """Refuse an amount together with a service, or neither."""
    if (aid.amount is None) == (not aid.service.strip()):
        raise Refused(
            _("Enter the amount in yuan, or say in words what was done: one of the two."), field="amount"
        )
    if aid.amount is not None and aid.amount <= 0:
        raise Refused(_("An amount is above nothing."), field="amount")


def _check_time(aid: Aid) -> None:
    """Refuse days to come, and an end that cannot be."""
    if aid.landed_on > clock.today():
        raise Refused(_("What has not happened yet cannot be recorded."), field="landed_on")
    if aid.per not in AidRecord.Per.values:
        raise Refused(_("Say whether it is given once or every month."), field="per")
    if aid.until_month is not None and aid.per != AidRecord.Per.MONTH:
        raise Refused(_("Only what is given every month has a last month."), field="until_month")
    if aid.until_month is not None and month_of(aid.until_month) < month_of(aid.landed_on):
        raise Refused(_("It cannot end before it began."), field="until_month")


def check_overlap(row: AidRecord) -> None:
    """Refuse the same monthly aid for the same person twice in one month: its sum would be counted twice."""
    if row.per != AidRecord.Per.MONTH:
        return
    same = AidRecord.objects.living().filter(
        case=row.case_id, code=row.code, resident=row.resident_id, per=AidRecord.Per.MONTH
    )
    for other in same.exclude(pk=row.pk):
        first, last = month_of(other.landed_on), other.last_month
        mine, my_last = month_of(row.landed_on), row.last_month
        if (last is None or mine <= last) and (my_last is None or first <= my_last):
            raise Refused(
                _("“%(name)s” is recorded from %(month)s on for the same person: stop that record first.")
                % {"name": other.name, "month": f"{first:%Y-%m}"},
                field="landed_on",
            )

"""Put in the exact day of an identification of which the old register kept the month alone, and take it back.

put_in(case, day, "县认定〔2023〕5号 第3页", proof, by=county)
take_back(row, reason, by=county)
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.imported.day_files import FILES
from assistance.lifecycle import HELD
from assistance.models import Case, ImportedDay, Removal
from assistance.removal.lifecycle import RUNNING
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.attaching import Upload, attach
from foundation.ledger.record import Act, Actor, record
from households.identity.masking import masked_text

LONGEST = 200
PUT_IN, TAKEN_BACK = "imported_day.put_in", "imported_day.taken_back"


def month_of(case: Case) -> datetime.date | None:
    """Return the first day of the month that the old register says; None where it says none."""
    day = case.standing.from_day if case.standing is not None else None
    return day.replace(day=1) if day is not None else None


def may_put_in(case: Case, user: User) -> bool:
    """Say whether `user` puts the day of this case in: the county, for a monitored household of the old register."""
    return (
        case.origin == Case.Origin.IMPORT
        and case.state in HELD
        and month_of(case) is not None
        and user.holds(Right.DECIDE_CASES, case.area_id)
        and not recused(user, case.recusal_keys())
    )


@transaction.atomic
def put_in(case: Case, day: datetime.date, paper: str, proof: Upload | None, *, by: User) -> ImportedDay:
    """Write down on which day of its month a household was identified, with the paper that says so."""
    actor = _county(case, by)
    month = month_of(case)
    if case.origin != Case.Origin.IMPORT or month is None:
        raise Refused(_("Only of a case from the old register the day is not known."))
    if case.state not in HELD:
        raise Refused(_("The household is not monitored any more: its day changes nothing."))
    if day.replace(day=1) != month:
        raise Refused(
            _(
                "The old register says %(month)s: choose a day of that month. A wrong month is corrected in the "
                "register."
            )
            % {"month": f"{month:%Y-%m}"},
            field="day",
        )
    if day > clock.today():
        raise Refused(_("This day has not come yet."), field="day")
    said = masked_text(paper.strip())
    if not said:
        raise Refused(_("Say which paper names the day: its number, its page."), field="paper")
    if len(said) > LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST}, field="paper")
    if proof is None:
        raise Refused(_("Attach the paper: without it nobody can check the day."), field="proof")
    row = ImportedDay(case=case, day=day, paper=said, stated_on=clock.today(), by=by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Refused(_("The day is put in already: take that one back first.")) from clash
    attach(row, proof, owner=FILES, by=by)
    _note(PUT_IN, row, actor, said)
    return row


@transaction.atomic
def take_back(row: ImportedDay, reason: str, *, by: User) -> ImportedDay:
    """Take a day back that was wrong: the household counts by its month again, and what was said stays."""
    actor = _county(row.case, by)
    said = masked_text(reason.strip())[:LONGEST]
    if not said:
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if Removal.objects.filter(case=row.case_id, state__in=RUNNING).exists():
        raise Refused(_("The removal of its risk is under way: take that proposal back first."))
    written = {"taken_back_on": clock.today(), "taken_back_by": by, "why_back": said}
    if ImportedDay.objects.holding().filter(pk=row.pk).update(**written) != 1:
        raise Refused(_("This day was taken back already."))
    row.refresh_from_db()
    _note(TAKEN_BACK, row, actor, said)
    return row


def _county(case: Case, by: User) -> Actor:
    actor = by.authority(Right.DECIDE_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    return actor


def _note(verb: str, row: ImportedDay, actor: Actor, said: str) -> None:
    today = clock.today()
    details = {"day": str(row.day), "row": row.pk}
    record(
        Act(
            verb, "assistance.case", str(row.case_id), today, today, area=row.area_code, basis=said, details=details
        ),
        by=actor,
    )  # fmt: skip

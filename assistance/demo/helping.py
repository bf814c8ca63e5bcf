"""How households of the demonstration are helped, by the functions of the pages that people would use.

    named(case, posting, by)   planned(case, by, ticks)   answered(measure, said)   brought(measure, by, …)

Whoever acts is on duty on the day that is played; what an office is asked for, its own people answer.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from alerts.demo.authorising import scrawl
from alerts.demo.visiting import PLACE
from assistance.aid import acknowledging
from assistance.aid.checking import Aid
from assistance.aid.files import RECEIPT
from assistance.aid.recording import record_aid
from assistance.helping import assigning
from assistance.helping.assigning import Named
from assistance.income import confirming, drafting
from assistance.income.drafting import Entered, Said, mark_of
from assistance.income.periods import collected
from assistance.income.reading import Fed
from assistance.measures.answering import Landed, land
from assistance.measures.telling import people_of
from assistance.measures.ticking import Tick, tick
from assistance.models import AidRecord, Case, FollowUp, HelperPlace, IncomeSheet, Measure, Plan
from assistance.plans import making
from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from foundation.files.attaching import Upload
from foundation.files.drafts import draft_of
from foundation.workflow.models import Passage
from households.models import Household, Resident, Visit
from households.models.households import HEAD
from households.visits.purposes import Purpose
from households.visits.told import Told
from households.visits.writing import record_visit

#: The place that every household has (value helper_places).
_PLACE = "helper"


@dataclass(frozen=True, slots=True)
class Paid:
    """What came of a measure: yuan for which time, or a service in words; `until` ends what is given by the month."""

    amount: int | None = None
    per: str = "once"
    service: str = ""
    until: datetime.date | None = None


def case_of(code: str) -> Case | None:
    """Return the monitored household with a number; None while it is not."""
    rows = Case.objects.filter(household__code=code, state="enrolled")
    return rows.select_related("household", "area", "standing").order_by("-pk").first()


def post_of(role: Role, area: str) -> Posting:
    """Return the posting of who holds a post on the day that is played; the first of two."""
    return Posting.objects.in_force().filter(role=role, area=area).select_related("user").order_by("pk")[0]


def place_of(case: Case) -> HelperPlace | None:
    """Return the place of the helper in charge, where somebody holds it or was named."""
    rows = HelperPlace.objects.active().filter(case=case, kind=_PLACE)
    return rows.select_related("case__household", "person").first()


def named(case: Case, posting: Posting, by: User) -> HelperPlace:
    """Name a helper in charge."""
    return assigning.name(case, Named(_PLACE, posting), by=by)


def accepted(case: Case, *, told: bool = True) -> None:
    """Let the one who was named accept, and the household be told."""
    place = place_of(case)
    if place is not None and place.state == "offered":
        assigning.accept(place, by=place.person)
        if told:
            assigning.told(place, by=place.person)


def member(case: Case, name: str) -> int:
    """Return the key of a member with a name."""
    return Resident.objects.present().get(household=case.household_id, name=name).pk


@transaction.atomic
def planned(case: Case, by: User, ticks: Sequence[Tick], aim: str = "") -> Plan:
    """Tick measures, and hand the plan that they make to the township."""
    tick(case, ticks, by=by)
    return making.submit(case, making.Wanted(aim), by=by)


def approved(case: Case, by: User) -> None:
    """Let the township approve the plan that waits."""
    plan = Plan.objects.filter(case=case, state="submitted").select_related("case__household").first()
    if plan is not None:
        making.approve(plan, by=by)


def measure_of(case: Case, code: str) -> Measure:
    """Return the newest measure of a case with a code of the catalogue."""
    rows = Measure.objects.filter(case=case, code=code).select_related("case__household", "ticked_by")
    return rows.order_by("-pk")[0]


def office_of(measure: Measure) -> User:
    """Return who answers for the office that a measure is asked of."""
    area = COUNTY if measure.department_id else measure.case.township
    return people_of(measure.department_id, area)[0]


def answered(measure: Measure, paid: Paid, note: str = "") -> Measure:
    """Let the office say that a measure landed today."""
    amount = None if paid.amount is None else Decimal(paid.amount)
    per = "" if amount is None else paid.per
    told = Landed(clock.today(), amount, per, paid.until, note or paid.service)
    return land(measure, told, by=office_of(measure))


@transaction.atomic
def brought(measure: Measure, paid: Paid, by: User, *, acknowledged: bool = True) -> AidRecord:
    """Write down, with a picture of the receipt, that help came today; the household says so on the telephone."""
    picture = Upload(draft_of([scrawl(measure.name)]), "receipt.png", RECEIPT.code)
    aid = Aid(
        measure.code,
        clock.today(),
        paid.per,
        measure.resident_id,
        None if paid.amount is None else Decimal(paid.amount),
        "" if paid.amount is not None else paid.service or measure.name,
        paid.until,
        measure.department_id or "",
        measure=measure,
    )
    row = record_aid(measure.case, aid, by=by, photo=picture)
    if acknowledged:
        head = Resident.objects.present().filter(household=measure.case.household_id, relation=HEAD).first()
        row = acknowledging.by_phone(row, head.name if head else "户主", by=by)
    return row


def visited(case: Case, by: User, at: datetime.time, found: str) -> Visit:
    """Make the follow-up that the household is owed, and write down what was seen."""
    home = case.household
    head = home.residents.present().filter(relation=HEAD)
    told = Told(
        Visit.Way.HOME, at=at, answers={"risk_seen": "none", "found": found}, met=list(head), place=PLACE
    )
    return record_visit(home, told, serves=owed(home), by=by)


def owed(home: Household) -> list[Purpose]:
    """Return the follow-up that a household is owed, as what a visit serves."""
    rows = FollowUp.objects.owed().filter(case__household=home)
    return [Purpose(FollowUp._meta.label_lower, str(row.pk)) for row in rows]


@transaction.atomic
def stated(case: Case, by: User, per_head: int = 0) -> IncomeSheet:
    """Write and confirm the income sheet of the year: what is known, and wages up to so many yuan for each."""
    sheet = drafting.begin(case, collected(case.area_id, clock.today()), by=by)
    lines = list(sheet.lines.all())
    members = sheet.members or 1
    known = {line.code: line.amount for line in lines}
    worked = confirming.worked_of(sheet, lines, members, clock.today())
    lacking = Decimal(per_head * members) - worked.net.amount
    notes = {}
    if lacking > 0:
        wages = "A" if "A" in known else "A1"
        known[wages] = known.get(wages, Decimal(0)) + lacking.quantize(Decimal(1))
        notes[wages] = "入户核实的务工收入"
    # What the lists say was just read into the sheet: nobody reads them a second time for the mark alone.
    fed = {line.code: Fed(line.fed_amount) for line in lines if line.fed_amount is not None}
    items = {code: Entered(amount, notes.get(code, "")) for code, amount in known.items()}
    return confirming.confirm(sheet, Said(items, members, mark_of(fed, lines)), by=by)


def did(case: Case, verb: str) -> bool:
    """Say whether a case made a move."""
    model = Case._meta.label_lower
    return Passage.objects.filter(model=model, object_id=str(case.pk), verb=verb).exists()

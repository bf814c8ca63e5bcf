"""S11: the household that moves has a loan that runs; its case and the loan are told first, then it is proposed."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from alerts.demo.acts import holder
from assistance.imported.adopting import adopt
from assistance.measures import answering, ticking
from assistance.measures.answering import Landed
from assistance.measures.ticking import Tick
from assistance.models import Case, Measure
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.models import Posting
from foundation.accounts.roles import Role
from households.demo.moving import HOUSEHOLD, PROPOSED_ON, home_of_story, newest, propose_move
from monitoring.demo.days import MORNING, Scene
from monitoring.demo.register import Register

TICKED_ON, LANDED_ON = datetime.date(2026, 10, 12), datetime.date(2026, 10, 20)
LOAN, LOAN_ENDS = "small_loan", datetime.date(2028, 10, 19)
_AMOUNT, _OFFICE = Decimal(30000), "financial_office"


def scenes(register: Register) -> Sequence[Scene]:
    """Return how the loan was asked for and paid out, and how the move was proposed."""
    return [
        Scene(TICKED_ON, MORNING, 1, _is_ticked, _tick),
        Scene(LANDED_ON, MORNING, 1, _has_landed, _land),
        Scene(PROPOSED_ON, MORNING, 1, _is_proposed, _propose),
    ]


def loan() -> Measure | None:
    """Return the loan of the story; None before it was asked for."""
    rows = Measure.objects.filter(case__household__code=HOUSEHOLD, code=LOAN)
    return rows.select_related("case__household", "case__area").order_by("pk").first()


def _is_ticked() -> bool:
    return home_of_story() is None or loan() is not None


@transaction.atomic
def _tick() -> None:
    """Take the case over from the old register, and ask for the loan that lets the household produce something."""
    home = home_of_story()
    if home is None:
        return
    adopt([home.pk])
    case = Case.objects.running().get(household=home)
    verifier = holder(Role.TOWNSHIP_VERIFIER, home.area_id)
    ticking.tick(case, [Tick(LOAN)], by=verifier)


def _has_landed() -> bool:
    found = loan()
    return found is None or found.state != "asked"


@transaction.atomic
def _land() -> None:
    """Pay the loan out, as the officer of the financial office."""
    found = loan()
    posts = Posting.objects.in_force().filter(role=Role.DEPARTMENT_OFFICER, area=COUNTY, department=_OFFICE)
    officer = posts.select_related("user").order_by("pk").first()
    if found is not None and officer is not None:
        told = Landed(LANDED_ON, _AMOUNT, Measure.Per.ONCE, LOAN_ENDS)
        answering.land(found, told, by=officer.user)


def _is_proposed() -> bool:
    return home_of_story() is None or newest() is not None


def _propose() -> None:
    propose_move()

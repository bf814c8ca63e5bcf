"""S9: three households that were monitored before this platform; one may leave, one not yet, one never.

S9a has its house check, and its removal stands on the list of the meeting of tonight. S9b has everything but time. S9c
is kept by the safety net. All three are helped in the township's own autumn (assistance.demo.autumn).
"""

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from alerts.demo.acts import holder, person
from alerts.demo.visiting import ALL_WELL, PLACE
from assistance.deciding.keeping import Chosen
from assistance.demo.acts import sign_all
from assistance.demo.helping import case_of
from assistance.evaluations import calling
from assistance.evaluations.calling import Call
from assistance.models import Case, Evaluation, EvaluationItem, Removal
from assistance.recategorising import proposing as recategorising
from assistance.removal import proposing
from assistance.removal.evidence import QUESTIONNAIRE
from assistance.removal.proposing import Proposal
from foundation.accounts.demo.places import VILLAGE
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Role
from households import standing
from households.models import Household, Standing, Visit
from households.visits.told import Told
from households.visits.writing import record_visit
from monitoring.demo.days import MORNING, Scene

LEAVING, TOO_EARLY, KEPT = "YS000009", "YS000092", "YS000093"
#: The days of their identification; the old list knows months alone.
IDENTIFIED = {LEAVING: datetime.date(2026, 3, 20), TOO_EARLY: datetime.date(2026, 6, 11)}
DATED_ON = datetime.date(2026, 9, 7)
MARKED_ON, CONFIRMED_ON = datetime.date(2026, 9, 22), datetime.date(2026, 9, 24)
CHECKED_ON = {LEAVING: datetime.date(2026, 10, 28), TOO_EARLY: datetime.date(2026, 10, 29)}
PROPOSED_ON, CALLED_ON = datetime.date(2026, 10, 30), datetime.date(2026, 11, 3)
MEETING_ON, TONIGHT = datetime.date(2026, 11, 4), datetime.time(19, 30)
#: How many representatives of the village must come.
_SUMMONED = 32
_DISPATCHER, _VERIFIER, _APPROVER, _ASSISTANT = "xian", "zhen", "shending", "cun"
_GONE: Mapping[str, Any] = {
    **ALL_WELL, "income_trend": "up", "expense_settled": "settled", "risks_gone": "yes", "new_risk": "no",
    "way": "assisted",
}  # fmt: skip
#: What was found at the door, F12; the sums are those of the year's income.
_FOUND: Mapping[str, Mapping[str, Any]] = {
    LEAVING: {
        "living_together": 4, "able_to_work": 1, "wages": "39600", "production": "8800", "production_cost": "4300",
        "transfers": "2700", "medical_paid": "2800",
        "found": "户主在县城务工满十个月，妻子复查稳定，医药费由门诊慢特病报销，孩子都在校。",
    },
    TOO_EARLY: {
        "living_together": 3, "able_to_work": 1, "wages": "31000", "transfers": "9400",
        "found": "妻子在县城务工，户主领残疾人两项补贴，孩子领助学金，生活平稳。",
    },
}  # fmt: skip
_TIMES = {LEAVING: datetime.time(18, 10), TOO_EARLY: datetime.time(9, 0)}
#: The telephone of the helper: numbers that begin so belong to nobody.
_PHONE = "15400009054"
_WHY = "户主稳定务工，两次收入采集都在监测线上，医药费已有稳定报销，“三保障”和饮水安全都有保障。"


def scenes() -> Sequence[Scene]:
    """Return what was done about the three, each on its day."""
    return [
        *(Scene(DATED_ON, MORNING, 1, partial(_is_dated, code), partial(_date, code)) for code in IDENTIFIED),
        Scene(MARKED_ON, MORNING, 1, _is_marked, _mark),
        Scene(CONFIRMED_ON, MORNING, 1, _is_confirmed, _confirm),
        *(
            Scene(day, MORNING, 1, partial(is_checked, code), partial(check, code))
            for code, day in CHECKED_ON.items()
        ),
        Scene(PROPOSED_ON, MORNING, 1, is_proposed, propose),
        Scene(CALLED_ON, MORNING, 1, is_called, call),
    ]


def removal() -> Removal | None:
    """Return the newest removal of S9a; None before it was proposed."""
    rows = Removal.objects.filter(case__household__code=LEAVING).select_related(
        "case__household", "case__area"
    )
    return rows.order_by("-pk").first()


def meeting() -> Evaluation | None:
    """Return the meeting on whose list S9a stands; None before it was called."""
    items = EvaluationItem.objects.filter(removal=removal(), result="")
    return Evaluation.objects.filter(items__in=items, cancelled_on__isnull=True).order_by("-pk").first()


def is_checked(code: str) -> bool:
    """Say whether the house check of a household stands, or there is no case to check."""
    rows = Visit.objects.filter(household__code=code, state="recorded", questionnaire__code=QUESTIONNAIRE)
    return case_of(code) is None or rows.filter(happened_on=CHECKED_ON[code]).exists()


def check(code: str) -> Visit:
    """Make the house check of a household of the story (F12)."""
    home = Household.objects.living().get(code=code)
    return removal_check(home, _FOUND[code], _TIMES[code], holder(Role.VILLAGE_ASSISTANT, home.area_id))


@transaction.atomic
def removal_check(home: Household, found: Mapping[str, Any], at: datetime.time, by: User) -> Visit:
    """Go there for the house check, where the risk is gone and all is well, and let everybody sign."""
    head = home.residents.present().order_by("relation", "pk")[:1]
    told = Told(
        Visit.Way.HOME,
        at=at,
        questionnaire=QUESTIONNAIRE,
        answers={**_GONE, **found},
        met=list(head),
        place=PLACE,
    )
    visit = record_visit(home, told, by=by)
    sign_all(visit, by)
    return visit


def is_proposed() -> bool:
    """Say whether the removal of S9a is under way or was marked."""
    row = removal()
    return case_of(LEAVING) is None or (row is not None and row.state in ("proposed", "approved", "removed"))


def propose() -> Removal:
    """Propose the removal, with the helper as who stays in touch."""
    case = case_of(LEAVING)
    assert case is not None  # noqa: S101  (otherwise the scene is done)
    asked = Proposal(Removal.Way.ASSISTED, _WHY, person("bangfu").name, _PHONE)
    return proposing.propose(case, asked, by=person(_ASSISTANT))


def is_called() -> bool:
    """Say whether the removal stands on the list of a meeting, or needs none any more."""
    row = removal()
    return row is None or "evaluate" not in row.waits_for or meeting() is not None


def call() -> Evaluation:
    """Call the representatives of the village for tonight."""
    row = removal()
    assert row is not None  # noqa: S101  (otherwise the scene is done)
    told = Call(Evaluation.Meeting.REPRESENTATIVES, MEETING_ON, "村委会会议室", _SUMMONED, TONIGHT)
    return calling.call(Area.objects.get(code=VILLAGE), [row], told, by=person(_ASSISTANT))


def _held(code: str) -> Standing | None:
    rows = Standing.objects.filter(household__code=code, kind__in=Standing.MONITORED, until_day__isnull=True)
    return rows.select_related("household").first()


def _is_dated(code: str) -> bool:
    row = _held(code)
    return row is None or row.from_day == IDENTIFIED[code]


def _date(code: str) -> None:
    """Put in the day of the identification: the county holds the papers of that time."""
    row = _held(code)
    if row is not None:
        wanted = {"from_day": IDENTIFIED[code]}
        standing.correct(row, wanted, by=person(_DISPATCHER), reason="按县级审定文件补录识别日期")


def _kept() -> Case | None:
    return case_of(KEPT)


def _is_marked() -> bool:
    case = _kept()
    return case is None or case.no_labour or case.recategorisations.filter(state="proposed").exists()


def _mark() -> None:
    """Propose the mark 整户无劳动能力兜底保障户; category and risks stay what they are."""
    case = _kept()
    if case is not None:
        why = "71岁独居，无劳动能力，特困供养兜底，长期保障。"
        chosen = Chosen(
            case.category, tuple(case.risk_types), Case.RiskLevel.MIDDLE, no_labour=True, reason=why
        )
        recategorising.propose(case, chosen, by=person(_VERIFIER))


def _is_confirmed() -> bool:
    case = _kept()
    return case is None or case.no_labour or not case.recategorisations.filter(state="proposed").exists()


def _confirm() -> None:
    case = _kept()
    row = case.recategorisations.filter(state="proposed").select_related("case").first() if case else None
    if row is not None:
        recategorising.decide(row, "同意标注。", by=person(_APPROVER))

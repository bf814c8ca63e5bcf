"""S3: a shop burns down; help first, papers after, enrolled in twelve days, and dibao that was promised and not paid.

Everything is played but the last: that the roll of October has nobody of the household is found by the comparison of
promise and payment itself, when the roll comes (assistance.aid).
"""

import datetime
from collections.abc import Callable, Sequence

from django.db import transaction

from alerts.demo.acts import holder, person
from assistance.deciding.batches import Paper, announce_many, approve_many, review_many
from assistance.demo import acts, helping
from assistance.demo.helping import Paid
from assistance.evaluations import concluding
from assistance.fast_track.helping import Help, help_first
from assistance.measures.ticking import Tick
from assistance.models import Case, Measure, Notice, Plan
from assistance.notices import ending
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from monitoring.demo.days import MORNING, NIGHT, Scene

HOUSEHOLD, VILLAGE = "YS000003", "999901002001"
HELPED_ON = datetime.date(2026, 9, 13)
OPENED_ON, COMPARED_ON = datetime.date(2026, 9, 14), datetime.date(2026, 9, 15)
MET_ON, POSTED_ON = datetime.date(2026, 9, 16), datetime.date(2026, 9, 16)
OVER_ON, REVIEWED_ON = datetime.date(2026, 9, 22), datetime.date(2026, 9, 22)
ENROLLED_ON = datetime.date(2026, 9, 24)
NAMED_ON, ACCEPTED_ON = datetime.date(2026, 9, 28), datetime.date(2026, 9, 29)
PLANNED_ON, APPROVED_ON = datetime.date(2026, 9, 29), datetime.date(2026, 9, 30)
AID_ON, DIBAO_ON, AGAIN_ON = (
    datetime.date(2026, 9, 30),
    datetime.date(2026, 10, 8),
    datetime.date(2026, 10, 9),
)
SHEET_ON = datetime.date(2026, 10, 22)
ACCIDENT = "05"
_HEAD, _WIFE = "杜谷雨", "苗立冬"
_TOLD = "店铺和货物在火灾中全部烧毁，损失约46,000元，家里断了主要收入，申请纳入监测、过渡帮扶。"
_APPROVAL = "示防返〔2026〕9号"


def scenes() -> Sequence[Scene]:
    """Return the way of the household from its proposal on (before it: alerts.demo.plot)."""
    return [
        _scene(OPENED_ON, 2, "apply", _apply),
        _scene(COMPARED_ON, 1, "compare", _compare),
        _scene(MET_ON, 1, "evaluate", _meet),
        _scene(POSTED_ON, 1, "post", _post),
        Scene(OVER_ON, NIGHT, 1, lambda: not _hanging(), _end),
        _scene(REVIEWED_ON, 1, "review", _review),
        _scene(ENROLLED_ON, 1, "decide", _approve),
        _scene(ENROLLED_ON, 1, "announce", _announce),
        Scene(NAMED_ON, MORNING, 1, _is_named, _name),
        Scene(ACCEPTED_ON, MORNING, 1, _is_accepted, _accept),
        Scene(PLANNED_ON, MORNING, 1, lambda: _has("temporary_aid"), _plan),
        Scene(APPROVED_ON, MORNING, 1, _none_waits_for_approval, _approve_plan),
        Scene(AID_ON, MORNING, 1, _has_landed, _land),
        Scene(DIBAO_ON, MORNING, 1, lambda: _has("dibao"), _promise),
        Scene(AGAIN_ON, MORNING, 1, _none_waits_for_approval, _approve_plan),
        Scene(SHEET_ON, MORNING, 1, _is_stated, _state),
    ]


def case() -> Case | None:
    """Return the case of the household; None before it was proposed."""
    rows = Case.objects.filter(household__code=HOUSEHOLD, origin=Case.Origin.ALERT)
    return rows.select_related("household", "area", "visit", "standing").order_by("-pk").first()


def _scene(day: datetime.date, share: int, step: str, play: Callable[[Case], object]) -> Scene:
    """Return one step of the chain: done where the case does not wait for it."""

    def is_done() -> bool:
        row = case()
        return row is None or step not in row.waits_for

    def act() -> None:
        row = case()
        if row is not None:
            play(row)

    return Scene(day, MORNING, share, is_done, act)


def assistant() -> User:
    """Return who is the assistant of the village on the day that is played."""
    return holder(Role.VILLAGE_ASSISTANT, VILLAGE)


def verifier() -> User:
    """Return who reviews in its township."""
    return holder(Role.TOWNSHIP_VERIFIER, VILLAGE)


@transaction.atomic
def _apply(row: Case) -> None:
    """Write down the help of the morning after (绿色通道), and take the application in."""
    cash = Help("cash", "白河镇应急办", HELPED_ON, "应急救助金1,000元，棉被、粮油各一份")
    help_first(row, cash, by=assistant())
    acts.apply(acts.fresh(row), ACCIDENT, _TOLD, assistant())


def _compare(row: Case) -> None:
    acts.compare(row, assistant())


@transaction.atomic
def _meet(row: Case) -> None:
    meeting = acts.meet([row], "葛立夏", "文小雪", assistant())
    concluding.conclude(meeting, "看过现场照片，无人提出疑问，表决通过。", by=assistant())


@transaction.atomic
def _post(row: Case) -> None:
    acts.post([row], assistant())


def _hanging() -> bool:
    return Notice.objects.filter(
        items__case=case(), posted_on=POSTED_ON, items__ended_on__isnull=True
    ).exists()


def _end() -> None:
    ending.night_work(by=User.objects.built_in("system"), on=OVER_ON)


def _review(row: Case) -> None:
    review_many(
        [row], Paper(REVIEWED_ON, note="情况属实，同意上报。", as_computed=True), by=verifier(), ring=False
    )


def _approve(row: Case) -> None:
    approve_many([row], Paper(ENROLLED_ON, number=_APPROVAL), by=person("shending"), ring=False)


def _announce(row: Case) -> None:
    announce_many([row], Paper(ENROLLED_ON, place="河口村村务公开栏"), by=verifier(), ring=False)


def _enrolled() -> Case | None:
    return helping.case_of(HOUSEHOLD)


def _is_named() -> bool:
    row = _enrolled()
    return row is None or helping.place_of(row) is not None


def _name() -> None:
    if row := _enrolled():
        helping.named(row, helping.post_of(Role.HELPER, VILLAGE), verifier())


def _is_accepted() -> bool:
    row = _enrolled()
    place = helping.place_of(row) if row else None
    return place is None or place.state == "accepted"


def _accept() -> None:
    if row := _enrolled():
        helping.accepted(row)


def _has(code: str) -> bool:
    row = _enrolled()
    return row is None or Measure.objects.standing().filter(case=row, code=code).exists()


def _plan() -> None:
    """Tick what bridges the first months, and something that earns again."""
    if row := _enrolled():
        ticks = [
            Tick("temporary_aid", None, ACCIDENT),
            Tick("job_referral", helping.member(row, _WIFE), ACCIDENT),
            Tick("skill_training", helping.member(row, _HEAD)),
        ]
        helping.planned(row, assistant(), ticks, "过渡期有基本生活，开春前重新开业或稳定务工。")


def _none_waits_for_approval() -> bool:
    row = _enrolled()
    return row is None or not Plan.objects.filter(case=row, state="submitted").exists()


def _approve_plan() -> None:
    if row := _enrolled():
        helping.approved(row, verifier())


def _has_landed() -> bool:
    row = _enrolled()
    return row is None or not Measure.objects.filter(case=row, code="temporary_aid", state="asked").exists()


@transaction.atomic
def _land() -> None:
    """Let civil affairs pay at once; the helper sees it, with the receipt."""
    row = _enrolled()
    place = helping.place_of(row) if row else None
    if row is not None and place is not None:
        paid = Paid(3_000)
        done = helping.answered(helping.measure_of(row, "temporary_aid"), paid, "临时救助已发放到一卡通。")
        helping.brought(done, paid, place.person)


def _promise() -> None:
    """Tick dibao for both (10-08): civil affairs has ten working days to answer, and never does."""
    if row := _enrolled():
        both = [Tick("dibao", helping.member(row, name), ACCIDENT) for name in (_HEAD, _WIFE)]
        helping.planned(row, assistant(), both, "过渡期由低保兜底，开春前重新开业或稳定务工。")


def _is_stated() -> bool:
    row = _enrolled()
    return row is None or row.income_sheets.filter(state__in=("draft", "confirmed")).exists()


def _state() -> None:
    if row := _enrolled():
        helping.stated(row, assistant())

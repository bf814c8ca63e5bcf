"""S10: a notice of several households, and an objection on its last day that holds one of them back and nobody else."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial

from django.db import transaction

from alerts.demo.acts import StoryAct, holder
from alerts.demo.proposing import PROPOSED_ON, Trouble, to_the_proposal
from assistance.demo import acts
from assistance.evaluations import concluding
from assistance.models import Case, Notice, NoticeItem, Objection
from assistance.notices import ending
from assistance.objections.entering import Said, enter
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from households.models import Household, Resident
from households.models.households import HEAD
from monitoring.demo.days import MORNING, NIGHT, Scene
from monitoring.demo.register import Register

HOUSEHOLD, VILLAGE = "YS000010", "999901001003"
#: How many other households hang on the notice, where the village has so many that no department wrote of.
OTHERS = 4
APPLIED_ON, COMPARED_ON = datetime.date(2026, 10, 26), datetime.date(2026, 10, 27)
MET_ON, POSTED_ON = datetime.date(2026, 10, 28), datetime.date(2026, 10, 29)
OBJECTED_ON, ENDED_ON = datetime.date(2026, 11, 3), datetime.date(2026, 11, 4)
#: What each of the other households earns per head and year: above the line, which this does not help it over.
_ILLNESS, _EARNS = "01", 9_600
_TROUBLES = (
    Trouble(
        "家里人住院，自己付了三万多元，向亲戚借了钱。",
        "今年住院三次，自付三万六千元，向亲戚借了一万五，家里只有一个人能做工。", 36_000, _ILLNESS,
    ),
    Trouble(
        "透析半年，每周进城两次，家里的钱花光了。",
        "长期透析，自付三万九千元，往返车费另算，存款用完，地也荒了。", 39_000, _ILLNESS,
    ),
    Trouble(
        "肿瘤手术后在家休养，药费很重。",
        "手术和药费自付四万二千元，借款两万元，半年内不能务工。", 42_000, _ILLNESS,
    ),
    Trouble(
        "中风以后要人照料，一家人没有收入。",
        "中风住院自付三万四千元，要人日夜照料，照料的人也歇了工。", 34_000, _ILLNESS,
    ),
)  # fmt: skip
_OBJECTION = "他家有一辆小车，挂在他弟弟名下。（晚上21:40来电，不愿留名）"


def scenes(register: Register) -> Sequence[Scene]:
    """Return how the other households came to the proposal, and how all of them hung on one notice."""
    others = [home.code for home in register.untouched() if home.area == VILLAGE and home.case is None]
    return [
        *(
            Scene(act.day, MORNING, 1, partial(_is_done, code, act), partial(_play, code, act))
            for place, code in enumerate(others[:OTHERS])
            for act in _way_of(code, place)
        ),
        Scene(APPLIED_ON, MORNING, 2, _none_waits("apply"), _apply),
        Scene(COMPARED_ON, MORNING, 1, _none_waits("compare"), _compare),
        Scene(MET_ON, MORNING, 1, _none_waits("evaluate"), _meet),
        Scene(POSTED_ON, MORNING, 1, _none_waits("post"), _post),
        Scene(OBJECTED_ON, MORNING, 1, _is_objected, _object),
        Scene(ENDED_ON, NIGHT, 1, _is_over, _end),
    ]


def notice() -> Notice | None:
    """Return the notice of the story; None before it was posted."""
    rows = Notice.objects.filter(area=VILLAGE, posted_on=POSTED_ON, items__case__household__code=HOUSEHOLD)
    return rows.order_by("pk").first()


def objection() -> Objection | None:
    """Return the objection of the last day; None before it came."""
    rows = Objection.objects.filter(item__notice=notice(), item__case__household__code=HOUSEHOLD)
    rows = rows.select_related("item__notice", "item__case__household", "item__case__area")
    return rows.filter(arrived_on=OBJECTED_ON).order_by("pk").first()


def _way_of(code: str, place: int) -> Sequence[StoryAct]:
    """Return what people did about another household; the assistant goes from yard to yard on the same morning."""
    members = Resident.objects.filter(household__code=code, left_on__isnull=True)
    head = members.filter(relation=HEAD).first()
    wages, at = _EARNS * members.count(), datetime.time(10 + place, 10)
    return to_the_proposal(head.name, _TROUBLES[place % len(_TROUBLES)], wages, at) if head else ()


def _cases() -> list[Case]:
    """Return the cases of the households that were proposed on the day of the story, its own first."""
    rows = Case.objects.filter(area=VILLAGE, origin=Case.Origin.ALERT, opened_on=PROPOSED_ON)
    return list(rows.select_related("household", "area", "visit").order_by("household__code"))


def _waiting(step: str) -> list[Case]:
    return [case for case in _cases() if step in case.waits_for]


def _none_waits(step: str) -> Callable[[], bool]:
    return lambda: not _waiting(step)


def _assistant() -> User:
    return holder(Role.VILLAGE_ASSISTANT, VILLAGE)


@transaction.atomic
def _apply() -> None:
    """Everybody applies and signs, in the words of the check at the door."""
    for case in _waiting("apply"):
        acts.apply(case, _ILLNESS, case.visit.answers["found"] if case.visit else "", _assistant())


@transaction.atomic
def _compare() -> None:
    for case in _waiting("compare"):
        acts.compare(case, _assistant())


@transaction.atomic
def _meet() -> None:
    """One meeting votes on all of them."""
    meeting = acts.meet(_waiting("evaluate"), "严立秋", "蒋小雪", _assistant())
    concluding.conclude(meeting, "逐户介绍核查情况，无人提出疑问，逐户表决通过。", by=_assistant())


@transaction.atomic
def _post() -> None:
    """One notice names all of them."""
    acts.post(_waiting("post"), _assistant())


def _is_objected() -> bool:
    return notice() is None or objection() is not None


def _object() -> None:
    """Somebody who gives no name telephones the village's assistant late in the evening."""
    item = NoticeItem.objects.get(notice=notice(), case__household__code=HOUSEHOLD)
    enter(item, Said(Objection.Way.PHONE, OBJECTED_ON, _OBJECTION), by=_assistant())


def _is_over() -> bool:
    return not ending.over(ENDED_ON).filter(notice=notice()).exists()


def _end() -> None:
    """The night ends the notice for everybody whom nobody objects to."""
    ending.night_work(by=User.objects.built_in("system"), on=ENDED_ON)


def _is_done(code: str, act: StoryAct) -> bool:
    home = Household.objects.living().filter(code=code).first()
    return home is None or act.done(home)


def _play(code: str, act: StoryAct) -> None:
    act.play(Household.objects.living().get(code=code))

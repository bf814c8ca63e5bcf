"""The batch assessment of 2026 in one place: a line in each state, an objection, and a list of civil affairs.

The village of the cast is assessed; where the register is small, its whole township, so that there is somebody for
every state. Who goes how far follows from the place in the list. The objection of the notice is still to be settled,
and so is what civil affairs' list says otherwise.
"""

import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.db import transaction

from alerts.demo.acts import holder, is_filled, person
from assistance.assessment import acting, confirming, declaring
from assistance.assessment.declaring import Wanted
from assistance.assessment.facts import in_set
from assistance.demo import acts
from assistance.evaluations import concluding
from assistance.models import AssessedHousehold, Assessment, NoticeItem, Objection, RosterComparison
from assistance.notices import ending
from assistance.objections.entering import Said, enter
from assistance.roster.comparing import compare
from foundation.accounts.demo.places import TOWNSHIP, VILLAGE
from foundation.accounts.models import User
from foundation.accounts.next_day import NIGHT as NIGHTLY
from foundation.accounts.roles import Role
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.identity import keeping
from households.models import Resident, Standing
from households.models.households import HEAD
from monitoring.demo.days import MORNING, NIGHT, Scene

DECLARED_ON, CONFIRMED_ON = datetime.date(2026, 10, 12), datetime.date(2026, 10, 13)
MET_ON, POSTED_ON = datetime.date(2026, 10, 15), datetime.date(2026, 10, 16)
#: The days of the notice are over by the morning of this day, whatever the area's number of them.
OBJECTED_ON, ENDED_ON = datetime.date(2026, 10, 19), datetime.date(2026, 10, 25)
REVIEWED_ON, DECIDED_ON, DONE_ON = (datetime.date(2026, 10, day) for day in (26, 28, 29))
LISTED_ON = datetime.date(2026, 11, 2)
#: How far households go, by their place in the list; every other one after these waits for the township.
FATES = ("done", "posted", "decided", "reviewed", "heard", "evaluated", "confirmed", "dropped")
_WAY = ("confirmed", "evaluated", "posted", "heard", "reviewed", "decided", "done")
#: Those whom the township lets leave although the rule knows too little of them.
_LEAVING = ("done", "posted")
_ENOUGH, _TOWNSHIP = 10, "zhen"
_KINDS = (Standing.Kind.LIFTED_OUT.value,)
_SEEN = "入户核实：一家两人在外稳定务工，两年人均纯收入都在监测线以上，“三保障”和饮水安全都有保障。"
_GONE = "全家落户县城三年以上，由现居住地评估。"
_OBJECTION = "这家儿子今年没出门务工，收入没有公示的人说的那么稳，应再看看。"
_NUMBER = "县防返贫〔2026〕31号"
#: A number that belongs to nobody, and a name for it.
_STRANGER = "999901196001010017,崔白露,低保"


def scenes() -> Sequence[Scene]:
    """Return what was done about the assessment, and about civil affairs' list, each on its day."""
    steps: Sequence[tuple[datetime.date, str, Callable[[], object]]] = (
        (CONFIRMED_ON, "confirmed", _confirm),
        (MET_ON, "evaluated", _meet),
        (POSTED_ON, "posted", _post),
        (REVIEWED_ON, "reviewed", partial(_on_paper, "review", "reviewed", "zhenling")),
        (DECIDED_ON, "decided", partial(_on_paper, "decide", "decided", "shending")),
        (DONE_ON, "done", _carry_out),
    )
    return [
        Scene(DECLARED_ON, MORNING, 2, lambda: assessment() is not None, _declare),
        *(Scene(day, MORNING, 1, partial(_none_before, state), play) for day, state, play in steps),
        Scene(OBJECTED_ON, MORNING, 1, lambda: contested() is None or objection() is not None, _object),
        Scene(ENDED_ON, NIGHT, 1, partial(_none_before, "heard"), _end),
        Scene(LISTED_ON, MORNING, 1, _is_listed, _compare),
    ]


def assessment() -> Assessment | None:
    """Return the assessment; None before it was declared and judged."""
    rows = Assessment.objects.filter(declared_on=DECLARED_ON, scored_on__isnull=False)
    return rows.order_by("pk").first()


def fates() -> dict[int, str]:
    """Return by household of the assessment how far it goes; who is in other hands when it is judged comes last."""
    rows = AssessedHousehold.objects.filter(assessment=assessment())
    found = sorted(
        rows.values_list("pk", "case", "answers", "household__code"),
        key=lambda row: (_is_busy(*row[1:3]), row[3]),
    )
    after = ("proposed", "confirmed")
    return {
        row[0]: FATES[place] if place < len(FATES) else after[place % len(after)]
        for place, row in enumerate(found)
    }


def _is_busy(case: int | None, answers: Sequence[Mapping[str, str]]) -> bool:
    """Say whether a household was monitored, or had an open warning, when it was judged."""
    return case is not None or any(each["code"] == "risks" and each["answer"] == "no" for each in answers)


def contested() -> NoticeItem | None:
    """Return the line of the notice that somebody objects to; None where none hangs."""
    wanted = [key for key, fate in fates().items() if fate == "posted"]
    return NoticeItem.objects.filter(assessed__in=wanted, until__isnull=False).order_by("pk").first()


def objection() -> Objection | None:
    """Return the objection to the assessed household; None before it came."""
    return Objection.objects.filter(item=contested(), arrived_on=OBJECTED_ON).first()


def _set_of(area: str) -> int:
    return int(in_set(area, _KINDS, DECLARED_ON).count())


def _declare() -> None:
    """The township declares who is assessed, and every household is judged."""
    area = VILLAGE if _set_of(VILLAGE) >= _ENOUGH else TOWNSHIP
    made = Assessment.objects.filter(declared_on=DECLARED_ON).first() or declaring.declare(
        Wanted(area, _KINDS, DECLARED_ON, "2026年首轮综合评估"), by=person(_TOWNSHIP), ring=False
    )
    run_here(Job.objects.get(uuid=str(made.job)))


def _to(state: str) -> list[AssessedHousehold]:
    """Return the households that still have to come to a state, from the one before it."""
    place = _WAY.index(state)
    before = _WAY[place - 1] if place else "proposed"
    going = [key for key, fate in fates().items() if fate in _WAY[place:]]
    rows = AssessedHousehold.objects.filter(pk__in=going, state=before)
    return list(rows.select_related("household__area", "assessment").order_by("pk"))


def _none_before(state: str) -> bool:
    held = contested() if state == "heard" else None
    return not [row for row in _to(state) if held is None or row.pk != held.assessed_id]


@transaction.atomic
def _confirm() -> None:
    """The township confirms what the rule came to, changes two with a reason, and takes one out."""
    told, by = fates(), person(_TOWNSHIP)
    rows = _to("confirmed")
    leaving = [row for row in rows if told[row.pk] in _LEAVING]
    others = [row for row in rows if row not in leaving]
    if leaving:
        confirming.confirm(leaving, AssessedHousehold.Result.LEAVES, _SEEN, by=by)
    if others:
        confirming.confirm(others, "", "", by=by)
    out = [key for key, fate in told.items() if fate == "dropped"]
    dropped = list(AssessedHousehold.objects.filter(pk__in=out, state="proposed").select_related("household"))
    if dropped:
        confirming.take_out(dropped, _GONE, by=by)


def _by_village(rows: Sequence[AssessedHousehold]) -> dict[str, list[AssessedHousehold]]:
    found: dict[str, list[AssessedHousehold]] = {}
    for row in rows:
        found.setdefault(row.area_id, []).append(row)
    return found


def _village(area: str) -> User:
    """Return who prepares in a village; where the post is empty, the township does."""
    role = Role.VILLAGE_ASSISTANT if is_filled(Role.VILLAGE_ASSISTANT, area) else Role.TOWNSHIP_VERIFIER
    return holder(role, area)


def _meet() -> None:
    """Each village meets, and votes on one household after the other."""
    for area, rows in _by_village(_to("evaluated")).items():
        with transaction.atomic():
            meeting = acts.meet(rows, "严立秋", "蒋小雪", _village(area))
            concluding.conclude(meeting, "逐户说明评估情况，逐户表决通过。", by=_village(area))


def _post() -> None:
    """Each village hangs its notice."""
    for area, rows in _by_village(_to("posted")).items():
        with transaction.atomic():
            acts.post(rows, _village(area))


def _object() -> None:
    """Somebody comes to the office of the township, and gives no name."""
    item = contested()
    if item is not None:
        enter(item, Said(Objection.Way.SPOKEN, OBJECTED_ON, _OBJECTION), by=person("zhenling"))


def _end() -> None:
    """The night ends the notices for everybody whom nobody objects to."""
    ours = NoticeItem.objects.filter(assessed__assessment=assessment())
    items = ending.over(ENDED_ON).filter(pk__in=ours.values("pk"))
    rows = list(items.select_related("case__household", "removal__case__household", "assessed__household"))
    ending.end_lines(rows, by=User.objects.built_in(NIGHTLY), on=ENDED_ON)


def _on_paper(act: str, state: str, by: str) -> None:
    """The township reviews, the county decides: one paper for all of them."""
    rows, said = _to(state), {"number": _NUMBER, "why": "同意。"}
    if rows:
        acting.do(act, rows, said, by=person(by))


def _carry_out() -> None:
    if rows := _to("done"):
        acting.do("carry_out", rows, {}, by=person(_TOWNSHIP))


def _is_listed() -> bool:
    return RosterComparison.objects.exists()


def _compare() -> None:
    """Civil affairs sends its list of the village: some say the same, two it has otherwise, one nobody knows."""
    listed = Standing.objects.in_force(LISTED_ON).filter(
        kind=Standing.Kind.DIBAO, resident__isnull=False, household__area=VILLAGE
    )
    same = Resident.objects.present(LISTED_ON).filter(pk__in=listed.values("resident")).order_by("pk")
    heads = Resident.objects.present(LISTED_ON).filter(
        household__area=VILLAGE, relation=HEAD, identity__isnull=False
    )
    others = heads.exclude(household__in=listed.values("household")).order_by("pk")[:2]
    # The first of ours is missing on theirs; of two households they know what we do not.
    lines = [
        f"{_number(each)},{each.name},低保" for each in same.select_related("identity")[1:] if each.identity
    ]
    lines += [
        f"{_number(each)},{each.name},{kind}" for each, kind in zip(others, ("低保", "特困"), strict=False)
    ]
    file = "\n".join(("身份证号,姓名,救助类别", *lines, _STRANGER)) + "\n"
    compare(io.BytesIO(file.encode()), VILLAGE, LISTED_ON, by=person("jingban"))


def _number(resident: Resident) -> str:
    """Return the number as civil affairs has it on its own list."""
    if resident.identity is None:
        raise ValueError(resident.pk)
    return keeping.opened(resident.identity.subject, resident.identity.sealed)

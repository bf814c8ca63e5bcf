"""The autumn of one township that goes first: its monitored households are taken over early, and helped.

青石镇 begins in September, and with it S9b of another township; the rest of the county is taken over on the last day.
Who is helped by whom, what they were promised and what came of it follows from the register and the catalogue, not from
this file: households in their order, and a few on purpose forgotten, so that the lists of what is late have something.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.db import transaction

from alerts.demo.acts import holder, is_filled
from assistance.aid.feeds import feed_of
from assistance.aid.settling import take_over
from assistance.demo import helping
from assistance.demo.helping import Paid
from assistance.demo.leaving import KEPT, LEAVING, TOO_EARLY
from assistance.imported.adopting import adopt, homes_waiting
from assistance.measures.answering import refuse
from assistance.measures.suggesting import Suggestion, offer_for
from assistance.measures.ticking import Tick
from assistance.models import AidGap, AidRecord, Case, FollowUp, HelperPlace, Measure, Plan
from assistance.models.aid_gaps import Side
from assistance.plans import making
from assistance.plans.checking import NoDevelopment
from assistance.querysets import CaseQuerySet
from foundation.accounts.demo.places import TOWNSHIP, VILLAGE
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Level, Role
from households.models import Household
from monitoring.demo.days import MORNING, Scene

TAKEN_OVER_ON, NAMED_ON, ACCEPTED_ON = (datetime.date(2026, 9, day) for day in (7, 8, 9))
PLANNED_ON, APPROVED_ON, ANSWERED_ON = (datetime.date(2026, 9, day) for day in (17, 18, 24))
RECORDED_ON, SETTLED_ON = datetime.date(2026, 9, 29), datetime.date(2026, 10, 14)
STATED_ON, LAST_PLAN_ON = datetime.date(2026, 10, 22), datetime.date(2026, 11, 3)
#: Days on which helpers go round; the follow-up of a household of middle risk is due after thirty days.
ROUNDS = (datetime.date(2026, 9, 28), datetime.date(2026, 10, 26))
#: So many households has the helper of the stories (field.md 7.2).
OF_THE_HELPER = 6
#: S15: its papers are lacking, and so is its plan.
PAPERLESS = "YS000015"
#: What the register says too little of is made up: yuan for each member, above the line by a little.
_PER_HEAD = (9_150, 10_280, 11_460, 9_820)
_NOW_AND_THEN = 4
_MOST_TICKS = 4
_AFTER = 2  # MORNING, after the days of identification were put in
_SOON = datetime.date(2026, 12, 1)
_GIVEN = {
    "cleaner": Paid(600, "month", until=datetime.date(2026, 12, 31)),
    "forest_guard": Paid(800, "month", until=datetime.date(2026, 12, 31)),
    "road_keeper": Paid(700, "month", until=datetime.date(2026, 12, 31)),
    "disability_subsidies": Paid(160, "month"), "premium_subsidy": Paid(200), "travel_subsidy": Paid(600),
    "production_subsidy": Paid(2_000), "rain_dew": Paid(3_000), "donation": Paid(500), "fee_reduction": Paid(750),
    "term_allowance": Paid(625), "national_grant": Paid(1_150), "house_repair": Paid(14_000), "care": Paid(300),
    "dividend": Paid(800), "land_trust": Paid(450), "insurance_payout": Paid(4_200),
}  # fmt: skip


def scenes() -> Sequence[Scene]:
    """Return what people did for these households; each act looks at what is there, so it may be played again."""
    return [
        Scene(TAKEN_OVER_ON, _AFTER, 1, lambda: not _waiting(), _take_over),
        Scene(NAMED_ON, MORNING, 1, lambda: not _unhelped(), _name),
        Scene(ACCEPTED_ON, MORNING, 1, lambda: not _offered(), _accept),
        Scene(PLANNED_ON, MORNING, 2, lambda: not _planless(), _plan),
        Scene(APPROVED_ON, MORNING, 1, lambda: not _submitted(), _approve),
        Scene(ANSWERED_ON, MORNING, 1, _is_answered, _answer),
        Scene(RECORDED_ON, MORNING, 1, lambda: not _unrecorded(), _record),
        *(Scene(day, MORNING, 1, partial(_is_round_made, day), partial(_go_round, day)) for day in ROUNDS),
        Scene(SETTLED_ON, MORNING, 1, lambda: not _differences(), _settle),
        Scene(STATED_ON, MORNING, 1, lambda: not _unstated(), _state),
        Scene(LAST_PLAN_ON, MORNING, 1, lambda: not _forgotten(), _plan_late),
    ]


def cases() -> CaseQuerySet:
    """Return the households that were monitored before and are helped this autumn, those of the stories first."""
    rows = Case.objects.filter(origin=Case.Origin.IMPORT, state="enrolled")
    here = rows.filter(area__code__startswith=TOWNSHIP) | rows.filter(household__code=TOO_EARLY)
    return here.select_related("household", "area", "standing").order_by("household__code")


def _waiting() -> list[int]:
    homes = set(homes_waiting(TOWNSHIP))
    homes |= {
        *Household.objects.filter(code=TOO_EARLY, pk__in=homes_waiting(TOWNSHIP[: Level.COUNTY])).values_list(
            "pk", flat=True
        )
    }
    return sorted(homes)


def _take_over() -> None:
    adopt(_waiting())


def _unhelped() -> list[tuple[Case, Posting]]:
    """Return whom a helper is to be named for, and from which post; the last one stays without."""
    known = set(HelperPlace.objects.filter(case__in=cases()).values_list("case", flat=True))
    rows = [case for case in cases() if case.household.code != TOO_EARLY]
    found = [(case, _helper_of(case, place)) for place, case in enumerate(rows)]
    if len(rows) > OF_THE_HELPER + 1:
        found.pop()
    far = cases().filter(household__code=TOO_EARLY).first()
    if far is not None:
        found.append((far, helping.post_of(Role.HELPER, f"{far.township}001")))
    return [(case, post) for case, post in found if case.pk not in known]


def _helper_of(case: Case, place: int) -> Posting:
    """Return the helper of the stories for the first of them, then whoever looks after the village."""
    if place < OF_THE_HELPER or not is_filled(Role.VILLAGE_ASSISTANT, case.area_id):
        return helping.post_of(Role.HELPER, VILLAGE)
    return helping.post_of(Role.VILLAGE_ASSISTANT, case.area_id)


def _name() -> None:
    for case, post in _unhelped():
        helping.named(case, post, holder(Role.TOWNSHIP_VERIFIER, case.area_id))


def _offered() -> list[Case]:
    asked = HelperPlace.objects.filter(case__in=cases(), state="offered")
    return list(cases().filter(pk__in=asked.values("case")))


def _accept() -> None:
    for number, case in enumerate(_offered()):
        helping.accepted(case, told=number % _NOW_AND_THEN != _NOW_AND_THEN - 1)


def _planless() -> list[Case]:
    """Return who is to get a plan: the last one gets none, and S15 waits for its papers."""
    rows = [case for case in cases() if case.household.code != PAPERLESS]
    with_one = set(Measure.objects.filter(case__in=cases()).values_list("case", flat=True))
    rows = rows[:-1] if len(rows) > OF_THE_HELPER else rows
    return [case for case in rows if case.pk not in with_one]


def _forgotten() -> list[Case]:
    """Return who has no measure at all: where many are helped, the last one; its plan waits for the township."""
    with_one = set(Measure.objects.filter(case__in=cases()).values_list("case", flat=True))
    return [case for case in cases() if case.household.code != PAPERLESS and case.pk not in with_one]


def _plan_late() -> None:
    for case in _forgotten():
        _make_plan(case)


def _plan() -> None:
    for case in _planless():
        _make_plan(case)


@transaction.atomic
def _make_plan(case: Case) -> None:
    """Tick what the catalogue suggests, at most four, and hand the plan in."""
    by = holder(Role.VILLAGE_ASSISTANT, case.area_id)
    ticks = [Tick(each.measure.code, _for(each), each.risk) for each in _chosen(case)]
    if ticks:
        helping.tick(case, ticks, by=by)
        without = NoDevelopment("户内劳动力要照料病人，暂不具备条件，开春再议。", _SOON)
        making.submit(case, making.Wanted("收入稳定在监测线以上，风险消除。", without), by=by)


def _for(each: Suggestion) -> int | None:
    return each.person.resident.pk if each.person else None


def _chosen(case: Case) -> list[Suggestion]:
    """Return suggestions so that every risk is answered, and one that develops the household; none where that fails.

    What a department's own list would have to confirm is passed over where something else answers the risk.
    """
    offer = offer_for(case)
    ordered = sorted(offer.suggested, key=lambda each: feed_of(each.measure.code) is not None)
    taken: dict[str, Suggestion] = {}
    for risk in offer.risks:
        first = next((each for each in ordered if each.measure.answers_to(risk) and each.risk), None)
        if first is None:
            return []
        taken.setdefault(first.measure.code, first)
    for each in ordered:
        if len(taken) < _MOST_TICKS and feed_of(each.measure.code) is None:
            taken.setdefault(each.measure.code, each)
    return list(taken.values())


def _submitted() -> list[Case]:
    waiting = Plan.objects.filter(case__in=cases(), state="submitted", made_on__lte=APPROVED_ON)
    return list(cases().filter(pk__in=waiting.values("case")))


def _approve() -> None:
    for case in _submitted():
        helping.approved(case, holder(Role.TOWNSHIP_VERIFIER, case.area_id))


def _asked() -> list[Measure]:
    rows = Measure.objects.filter(case__in=cases()).select_related("case__household", "ticked_by")
    return list(rows.order_by("case__household__code", "pk"))


def _is_answered() -> bool:
    rows = _asked()
    return not rows or any(row.state == "landed" for row in rows)


def _answer() -> None:
    """Let the offices answer what they were asked for; now and then one refuses, and one says nothing."""
    for number, row in enumerate(_asked()):
        if number % 7 == 5:
            refuse(row, "今年名额已满，明年一季度优先安排。", by=helping.office_of(row))
        elif number % 5 != 4 and feed_of(row.code) is None:
            helping.answered(row, _paid(row))


def _paid(row: Measure) -> Paid:
    return _GIVEN.get(row.code, Paid(service=f"{row.name}已落实"))


def _unrecorded() -> list[Measure]:
    """Return what landed and nobody wrote down; a part of it stays so."""
    done = set(AidRecord.objects.filter(case__in=cases()).values_list("measure", flat=True))
    rows = [row for row in _asked() if row.state == "landed"]
    return [row for number, row in enumerate(rows) if row.pk not in done and number % _NOW_AND_THEN != 3]


def _record() -> None:
    for number, row in enumerate(_unrecorded()):
        place = helping.place_of(row.case)
        if place is not None:
            helping.brought(row, _paid(row), place.person, acknowledged=number % 3 != 2)


def _helped(number_of: Callable[[int], bool]) -> Iterator[tuple[Case, User]]:
    """Yield households with who helps them, by their place among all."""
    for number, case in enumerate(cases().exclude(household__code__in=(LEAVING, KEPT))):
        place = helping.place_of(case)
        if place is not None and place.state == "accepted" and number_of(number):
            yield case, place.person


def _is_round_made(day: datetime.date) -> bool:
    visited = FollowUp.objects.filter(case__in=cases(), visit__happened_on=day)
    return visited.exists() or not any(_helped(lambda _number: True))


def _go_round(day: datetime.date) -> None:
    """Visit most households in the first round and half of them in the second; the others fall behind."""
    wanted: Callable[[int], bool] = (
        (lambda number: number % _NOW_AND_THEN != 2) if day == ROUNDS[0] else (lambda number: number % 2 == 0)
    )
    for number, (case, by) in enumerate(_helped(wanted)):
        at = datetime.time(9 + number % 8, 10)
        helping.visited(case, by, at, "家里情况平稳，帮扶措施按月落实，没有发现新的风险。")


def _differences() -> list[AidGap]:
    """Return what was paid and is not recorded, of two in three households."""
    rows = AidGap.objects.filter(case__in=cases(), side=Side.UNRECORDED)
    rows = rows.select_related("case__household", "resident").order_by("case__household__code", "pk")
    homes = [case.pk for number, case in enumerate(cases()) if number % 3 != 2]
    return [row for row in rows if row.case_id in homes]


def _settle() -> None:
    for gap in _differences():
        take_over(gap, by=holder(Role.VILLAGE_ASSISTANT, gap.case.area_id))


def _unstated() -> list[tuple[int, Case]]:
    """Return whose income sheet is written this day, with their place; every fourth one is late."""
    rows = [(number, case) for number, case in enumerate(cases()) if number % _NOW_AND_THEN != 3]
    return [
        (number, case)
        for number, case in rows
        if not case.income_sheets.filter(state__in=("draft", "confirmed")).exists()
    ]


def _state() -> None:
    for number, case in _unstated():
        known = case.household.code in (LEAVING, KEPT, TOO_EARLY)
        per_head = 0 if known else _PER_HEAD[number % len(_PER_HEAD)]
        helping.stated(case, holder(Role.VILLAGE_ASSISTANT, case.area_id), per_head)

"""The days of the demonstration, in order: what happened in the two counties from 1 August to 4 November 2026.

Each act below is one function of a stage, done by the person whose office it is. A later stage of the platform
adds its own days beside these and plays them in the same order.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from foundation.accounts import labels, postings, stand_ins
from foundation.accounts.area_import import TO_COUNTY, import_areas
from foundation.accounts.demo.cast import BY_LOGIN, NEIGHBOURS, YEAR_END
from foundation.accounts.demo.places import COUNTY, FILE, NEIGHBOUR_COUNTY, TOWNSHIP, codes
from foundation.accounts.demo.stage import Stage
from foundation.accounts.models import Area
from foundation.accounts.roles import Level, Role

LAST_DAY = datetime.date(2026, 11, 4)
ASSISTANT = Role.VILLAGE_ASSISTANT
APPOINTED, FIRST_FILL = "示例县防贫办〔2026〕1号", "首次配备"
#: Villages in which something happens to the assistant's post, and the neighbours who stand in.
RETIRES_IN = "999901004006"
LEFT_EMPTY = {"999901001009": "辞职外出务工", "999901005004": "借调到县城"}
ON_LEAVE, ON_LEAVE_NEAR = "999901003002", "999901003003"
CHILD_EXPECTED, CHILD_EXPECTED_NEAR = "999901001004", "999901001003"
TRANSFERRED_FROM = "999901001006"
#: Departments whose officers were named some weeks after the others'.
JOINED_LATER = ("rural_affairs", "financial_office", "insurer")


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens on one day."""

    day: datetime.date
    play: Callable[[Stage], None]


def scenes() -> list[Scene]:
    """Return the whole story, in the order of its days."""
    return [
        Scene(_day(8, 1), _the_platform_is_installed),
        Scene(_day(8, 3), _the_county_takes_up_its_posts),
        *_the_townships_take_up_theirs(),
        Scene(_day(8, 14), _the_neighbour_county_follows),
        Scene(_day(8, 17), _teams_move_into_the_villages),
        Scene(_day(8, 20), _the_county_names_its_grid_members),
        Scene(_day(8, 21), _more_departments_hand_in_data),
        Scene(_day(9, 7), _somebody_is_on_leave),
        Scene(_day(9, 30), _somebody_retires),
        Scene(_day(10, 1), _the_retired_is_followed),
        Scene(_day(10, 8), _inspectors_and_auditors_arrive),
        Scene(_day(10, 16), _two_villages_fall_vacant),
        Scene(_day(10, 19), _a_child_is_expected),
        Scene(_day(10, 28), _a_transfer_is_announced),
    ]


def _the_platform_is_installed(stage: Stage) -> None:
    """The operator reads the areas in and sets the first people in, who then do the rest themselves."""
    for path in (TO_COUNTY, FILE):
        with path.open("rb") as file:
            import_areas(file, by=stage.shell)
    for username in ("xitong", "anquan", "shenjiyuan", "shi", "sheng"):
        stage.engage(BY_LOGIN[username], by_shell=True, reason="平台启用")
    for player in NEIGHBOURS:
        stage.engage(player, by_shell=True, reason="平台启用")


def _the_county_takes_up_its_posts(stage: Stage) -> None:
    stage.engage_named("xian", "shending", "lingdao", "rexian", reason=APPOINTED)
    stage.engage_named("yibao", "minzheng", "jingban", reason=APPOINTED)
    stage.engage_another(Role.COUNTY_DISPATCHER, COUNTY, reason=APPOINTED)
    for department in (
        "education",
        "housing",
        "water",
        "labour",
        "health",
        "disabled",
        "emergency",
        "police",
    ):
        stage.engage_another(Role.DEPARTMENT_OFFICER, COUNTY, department=department, reason=APPOINTED)
    for department in ("medical_insurance", "education", "housing", "labour"):
        stage.engage_another(Role.CASE_OFFICER, COUNTY, department=department, reason=APPOINTED)


def _the_townships_take_up_theirs() -> list[Scene]:
    """Two townships a working day, from 4 August on."""
    days = [_day(8, day) for day in (4, 4, 5, 5, 6, 6, 7, 7, 10, 10, 11, 11, 12, 12)]
    townships = codes(Level.TOWNSHIP, COUNTY)
    return [
        Scene(day, lambda stage, code=code: _fill_township(stage, code))  # type: ignore[misc]
        for day, code in zip(days, townships, strict=True)
    ]


def _fill_township(stage: Stage, township: str) -> None:
    """Fill the two posts of a township and the assistant's of each of its villages."""
    if township == TOWNSHIP:
        stage.engage_named("zhen", "zhenling", reason=FIRST_FILL)
    else:
        stage.engage_another(Role.TOWNSHIP_VERIFIER, township, reason=FIRST_FILL)
        stage.engage_another(Role.TOWNSHIP_APPROVER, township, reason=FIRST_FILL)
    for village in codes(Level.VILLAGE, township):
        if village == BY_LOGIN["cun"].area:
            stage.engage_named("cun", reason=FIRST_FILL)
        else:
            stage.engage_another(ASSISTANT, village, reason=FIRST_FILL)


def _the_neighbour_county_follows(stage: Stage) -> None:
    for role in (Role.COUNTY_DISPATCHER, Role.COUNTY_APPROVER):
        stage.engage_another(role, NEIGHBOUR_COUNTY, reason=FIRST_FILL)
    for township in codes(Level.TOWNSHIP, NEIGHBOUR_COUNTY):
        _fill_township(stage, township)


def _teams_move_into_the_villages(stage: Stage) -> None:
    """Stationed teams in the first village of each township, a whole one with helpers in the first of all."""
    stage.engage_named("shuji", "duiyuan", "bangfu", "wangge", reason="驻村帮扶")
    for township in codes(Level.TOWNSHIP, COUNTY)[1:]:
        village = codes(Level.VILLAGE, township)[0]
        for role in (Role.FIRST_SECRETARY, Role.STATIONED_MEMBER, Role.HELPER, Role.GRID_MEMBER):
            stage.engage_another(role, village, reason="驻村帮扶")


def _the_county_names_its_grid_members(stage: Stage) -> None:
    county = Area.objects.get(code=COUNTY)
    labels.set_label(
        county, Role.GRID_MEMBER, "网格信息员", by=stage.people["anquan"], reason="沿用本县网格化方案的称呼"
    )


def _more_departments_hand_in_data(stage: Stage) -> None:
    for department in JOINED_LATER:
        stage.engage_another(
            Role.DEPARTMENT_OFFICER, COUNTY, department=department, reason="数据共享单位增补"
        )


def _somebody_is_on_leave(stage: Stage) -> None:
    _substitute(stage, ON_LEAVE, ON_LEAVE_NEAR, _day(9, 7), _day(9, 18), "年休假")


def _somebody_retires(stage: Stage) -> None:
    leaving = stage.holder(ASSISTANT, RETIRES_IN)
    postings.end(leaving, by=stage.people["anquan"], on=stage.day, reason="到龄退休")


def _the_retired_is_followed(stage: Stage) -> None:
    stage.engage_another(ASSISTANT, RETIRES_IN, reason="接替退休人员")


def _inspectors_and_auditors_arrive(stage: Stage) -> None:
    stage.engage_named("choucha", until=YEAR_END, reason="四季度抽查")
    stage.engage_named("shenji", until=YEAR_END, reason="专项审计")


def _two_villages_fall_vacant(stage: Stage) -> None:
    """Nobody follows yet: the work goes to the township's verifier."""
    for village, why in LEFT_EMPTY.items():
        post = stage.holder(ASSISTANT, village)
        postings.end(post, by=stage.people["anquan"], on=stage.day, reason=why)


def _a_child_is_expected(stage: Stage) -> None:
    last = datetime.date(2027, 1, 15)
    _substitute(stage, CHILD_EXPECTED, CHILD_EXPECTED_NEAR, _day(10, 20), last, "产假")


def _a_transfer_is_announced(stage: Stage) -> None:
    leaving = stage.holder(ASSISTANT, TRANSFERRED_FROM)
    postings.end(leaving, by=stage.people["anquan"], on=_day(11, 14), reason="调往县直单位")


def _substitute(
    stage: Stage, absent: str, near: str, first: datetime.date, last: datetime.date, reason: str
) -> None:
    """Let the assistant of one village stand in for another's, arranged by the verifier of their township."""
    absence = stand_ins.Absence(
        stage.holder(ASSISTANT, absent), stage.holder(ASSISTANT, near).user, first, last, reason
    )
    verifier = stage.holder(Role.TOWNSHIP_VERIFIER, absent[: Level.TOWNSHIP]).user
    stand_ins.arrange(absence, by=verifier)


def _day(month: int, day: int) -> datetime.date:
    return datetime.date(2026, month, day)

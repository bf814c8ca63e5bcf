"""The households of the stories (field.md 7.3), as the register knew them before their stories begin.

Given names are solar terms, so nobody takes them for real people. Household numbers never change: story n lives in
YS00000n; where a story has a second household, its number ends in one digit more. What happens to them later comes
with the stages of the platform; here stands only what a register file carries.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from households.demo import words as w
from households.demo.figures import MARGINAL, SUDDEN, UNSTABLE
from households.demo.numbers import FEMALE, MALE, Numbers
from households.demo.records import Case, Home, Person

#: Household numbers up to here belong to stories.
RESERVED = 1_000


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a story: relation, sex, name, birthday, and what is to be said of them."""

    relation: str
    sex: str
    name: str
    born: str
    about: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A household of a story."""

    story: str
    number: int
    village: str
    members: tuple[Member, ...]
    income: str
    lifted_out: bool = False
    case: Case | None = None
    grade: str = "A"

    @property
    def code(self) -> str:
        """The household number."""
        return f"YS{self.number:06}"


_AT_WORK: dict[str, str | int] = {"work_place": "示例县", "work_months": 10}
_AWAY: dict[str, str | int] = {"work_place": "浙江省宁波市", "work_months": 10}
_OLD: dict[str, str | int] = {"education": w.UNSCHOOLED, "labour": w.UNABLE}
_WEAK: dict[str, str | int] = {"education": w.PRIMARY, "labour": w.WEAK}
_DIBAO: dict[str, str | int] = {"dibao": w.DIBAO}


def _pupil(stage: str) -> dict[str, str | int]:
    return {"school": stage, "labour": w.UNABLE}


def _able(**more: str | int) -> dict[str, str | int]:
    return {"education": w.JUNIOR, "labour": w.ABLE} | more


STORIES = (
    Story("S1", 1, "999901001001", (
        Member(w.HEAD, MALE, "沈立夏", "19880505", _able(**_AT_WORK)),
        Member(w.SPOUSE, FEMALE, "柳霜降", "19900312", _able()),
        Member(w.DAUGHTER, FEMALE, "沈秋分", "20170220", _pupil("小学")),
        Member(w.MOTHER, FEMALE, "贺春分", "19590321", _WEAK),
    ), "15120.00"),
    Story("S2", 2, "999901007003", (
        Member(w.HEAD, MALE, "何冬至", "19970115", _able(**_AT_WORK)),
        Member(w.SPOUSE, FEMALE, "白小雪", "19980603", _able()),
        Member(w.DAUGHTER, FEMALE, "何夏至", "20210622", _pupil(w.KINDERGARTEN)),
    ), "19860.00"),
    Story("S3", 3, "999901002001", (
        Member(w.HEAD, MALE, "杜谷雨", "19750218", _able()),
        Member(w.SPOUSE, FEMALE, "苗立冬", "19760410", _able()),
        Member(w.SON, MALE, "杜小寒", "20020105", _able(**_AWAY)),
    ), "16480.00"),
    Story("S4", 4, "999901001005", (
        Member(w.HEAD, MALE, "万清明", "19700404", {"education": w.PRIMARY, "labour": w.WEAK, **_DIBAO}),
        Member(w.MOTHER, FEMALE, "邓雨水", "19420219", {**_OLD, "health": w.CHRONIC, **_DIBAO}),
    ), "9960.00", lifted_out=True),
    Story("S5", 5, "999901001002", (
        Member(w.HEAD, MALE, "高芒种", "19790606", _able()),
        Member(w.SPOUSE, FEMALE, "宋大暑", "19810122", _able()),
        Member(w.SON, MALE, "高立秋", "20120508", _pupil("八年级")),
    ), "14230.00", grade="B"),
    Story("S6", 6, "999901001006", (
        Member(w.HEAD, MALE, "雷大寒", "19830120", _able(**_AWAY)),
        Member(w.SPOUSE, FEMALE, "葛谷雨", "19850419", _able()),
        Member(w.SON, MALE, "雷小满", "20140521", _pupil("小学")),
    ), "18740.00"),
    Story("S6", 62, "999901004003", (
        Member(w.HEAD, MALE, "吕小暑", "19810607", _able()),
        Member(w.SPOUSE, FEMALE, "文白露", "19830308", _able()),
    ), "17300.00"),
    Story("S7", 7, "999901001001", (
        Member(w.HEAD, MALE, "骆白露", "19820228", _able(health=w.SERIOUS, labour=w.LOST)),
        Member(w.SPOUSE, FEMALE, "石惊蛰", "19840305", _able(**_AT_WORK)),
        Member(w.SON, MALE, "骆立春", "20090204", _pupil("普通高中一年级")),
        Member(w.FATHER, MALE, "骆寒露", "19550108", _OLD),
    ), "11640.00", lifted_out=True),
    Story("S8", 8, "999901003004", (
        Member(w.HEAD, FEMALE, "翟立春", "19510204", {**_OLD, **_DIBAO}),
        Member(w.GRANDSON, MALE, "翟小雪", "20130613", {**_pupil("七年级"), **_DIBAO}),
    ), "9420.00", lifted_out=True),
    Story("S9a", 9, "999901001001", (
        Member(w.HEAD, MALE, "蒲小满", "19860521", _able(**_AT_WORK)),
        Member(w.SPOUSE, FEMALE, "裴霜降", "19870124", _able(health=w.SERIOUS, labour=w.LOST)),
        Member(w.SON, MALE, "蒲谷雨", "20110419", _pupil("九年级")),
        Member(w.DAUGHTER, FEMALE, "蒲清明", "20160404", _pupil("小学")),
    ), "10300.00", case=Case(MARGINAL, ["因病"], "202603", helper="周清明",
        measures=["健康帮扶", "就业帮扶", "综合保障"], income_at_entry="8150.00")),
    Story("S9b", 92, "999901006002", (
        Member(w.HEAD, MALE, "简惊蛰", "19780306", _able(labour=w.LOST, health=w.DISABLED)),
        Member(w.SPOUSE, FEMALE, "霍春分", "19800321", _able(**_AT_WORK)),
        Member(w.DAUGHTER, FEMALE, "简雨水", "20080219", _pupil("普通高中二年级")),
    ), "12900.00", case=Case(SUDDEN, ["因意外事故", "因残"], "202606", helper="裴立夏",
        measures=["健康帮扶", "综合保障", "其他教育帮扶"], income_at_entry="12400.00")),
    Story("S9c", 93, "999901001001", (
        Member(w.HEAD, MALE, "祁立冬", "19550107", {**_OLD, "health": w.CHRONIC, "tekun": w.TEKUN}),
    ), "9900.00", lifted_out=True, case=Case(UNSTABLE, ["缺劳动力", "因病"], "202109", helper="周清明",
        measures=["综合保障", "健康帮扶"], income_at_entry="5480.00", safety_net=True)),
    Story("S10", 10, "999901001003", (
        Member(w.HEAD, MALE, "盛处暑", "19840223", _able(**_AT_WORK)),
        Member(w.SPOUSE, FEMALE, "夏立夏", "19860505", _able()),
        Member(w.SON, MALE, "盛秋分", "20100322", _pupil("九年级")),
    ), "10150.00"),
    Story("S11", 11, "999901009002", (
        Member(w.HEAD, MALE, "祝寒露", "19850108", _able(**_AWAY)),
        Member(w.SPOUSE, FEMALE, "鲁大雪", "19860207", _able()),
        Member(w.SON, MALE, "祝小暑", "20140607", _pupil("小学")),
    ), "9850.00", lifted_out=True, case=Case(UNSTABLE, ["因务工就业不稳"], "202405", helper="葛小寒",
        measures=["就业帮扶", "金融帮扶"], income_at_entry="7640.00")),
    # The same woman in two households: the importer refuses the later row and sets the pair on its list.
    Story("S12", 12, "999901001001", (
        Member(w.HEAD, MALE, "田大暑", "19720122", _able()),
        Member(w.SPOUSE, FEMALE, "宋冬至", "19740222", _able()),
        Member(w.DAUGHTER, FEMALE, "田小寒", "19990105", _able(**_AWAY)),
    ), "15500.00"),
    Story("S12", 122, "999901010003", (
        Member(w.HEAD, MALE, "鲁清明", "19960404", _able(**_AWAY)),
        Member(w.SPOUSE, FEMALE, "田小寒", "19990105", _able(**_AWAY)),
        Member(w.MOTHER, FEMALE, "白春分", "19680321", _WEAK),
    ), "17200.00"),
    Story("S13", 13, "999901008001", (
        Member(w.HEAD, FEMALE, "姜大雪", "19860207", _able(**_AT_WORK)),
        Member(w.SON, MALE, "姜惊蛰", "20130305", _pupil("七年级")),
    ), "13700.00"),
    Story("S14", 14, "999901001003", (
        Member(w.HEAD, MALE, "纪立秋", "19690507", _able(labour=w.WEAK, education=w.PRIMARY)),
        Member(w.SPOUSE, FEMALE, "石谷雨", "19710420", _WEAK),
    ), "12100.00", grade="B"),
    Story("S15", 15, "999901001001", (
        Member(w.HEAD, FEMALE, "顾小雪", "19770122", _able()),
        Member(w.MOTHER, FEMALE, "高立冬", "19540207", _OLD),
    ), "11900.00", case=Case(MARGINAL, ["其他"], "202203")),
    Story("S16", 16, "999901005004", (
        Member(w.HEAD, MALE, "陶夏至", "19740621", _able(health=w.CHRONIC, labour=w.WEAK)),
        Member(w.SPOUSE, FEMALE, "裴大寒", "19760120", _able(health=w.CHRONIC, labour=w.WEAK)),
        Member(w.DAUGHTER, FEMALE, "陶白露", "20030308", _able(**_AWAY)),
    ), "16900.00"),
)  # fmt: skip


def story_homes(numbers: Numbers, place: Callable[[str, int], tuple[str, str]]) -> dict[str, list[Home]]:
    """Return the households of the stories by village, with numbers that are always the same.

    `place` gives villager group and address of a village's household with a number.
    """
    known: dict[str, str] = {}
    found: dict[str, list[Home]] = {}
    for story in STORIES:
        group, address = place(story.village, len(found.get(story.village, ())))
        home = Home(
            story.code,
            story.village,
            group,
            address,
            [_person(member, numbers, known) for member in story.members],
        )
        home.lifted_out, home.income, home.grade = story.lifted_out, story.income, story.grade
        home.case, home.phone = story.case, numbers.phone()
        if story.number == 122:
            home.refused.append("id_in_other_household")
        found.setdefault(story.village, []).append(home)
    return found


def _person(member: Member, numbers: Numbers, known: dict[str, str]) -> Person:
    """Return a member; who stands in two households has one ID number."""
    born_on = datetime.datetime.strptime(member.born, "%Y%m%d").date()  # noqa: DTZ007
    key = member.name + member.born
    if key not in known:
        known[key] = numbers.id_number(born_on, member.sex)
    person = Person(member.relation, member.sex, born_on, member.name, known[key])
    for name, said in member.about.items():
        setattr(person, name, said)
    return person

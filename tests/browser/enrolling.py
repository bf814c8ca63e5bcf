"""Cases of the served database, at every step of their chain, in a village where no other browser test looks.

Each stands where a stage function brought it, so that every page of enrolment has something to show.
"""

import datetime
from collections.abc import Sequence
from itertools import count

from django.db import transaction

from assistance.applying.demanding import demand
from assistance.applying.writing import Wanted, write
from assistance.checks.running import run as ask_departments
from assistance.deciding import correcting, refusing
from assistance.deciding.batches import Paper, announce_many, approve_many, decide, review_many
from assistance.disasters.opening import open_cases
from assistance.enrolment.returning import ReturnItem, give_back
from assistance.evaluations.voting import Votes
from assistance.fast_track.helping import Help, help_listed
from assistance.helping import following
from assistance.imported.adopting import adopt
from assistance.models import AidGap, BasisChange, Case, CaseRisk, NoticeItem
from assistance.national.comparing import compare
from assistance.notices.ending import night_work as end_notices
from assistance.objections.entering import Said, enter
from assistance.removal import rolling_back
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.names import initials
from foundation.accounts.roles import Level, Role
from households.models import Household
from tests.alerts.made import find, run_of
from tests.assistance.checks.made import businesses, car, cars
from tests.assistance.deciding.made import S1, cases_at, concluded
from tests.assistance.disasters.struck import a_flood, listed
from tests.assistance.made import opened, walked_to
from tests.assistance.noticed import attended, called, drawn, met, posted, voted
from tests.assistance.removal import made as leaving
from tests.foundation.regulations.made import says
from tests.house.planted_cases import a_case_of
from tests.households.authorisations.made import signed
from tests.households.families import make_household, stand
from tests.households.monitored.files import family, new_people, text
from tests.people import PASSWORD

TOWNSHIP, VILLAGE = "999901002", "999901002002"
DAY = datetime.date(2026, 11, 4)
#: The offices of this township: what tests call them → who holds the post, and where.
OFFICES = {
    "cun": ("liuwan_cun", Role.VILLAGE_ASSISTANT, VILLAGE),
    "shuji": ("liuwan_shuji", Role.FIRST_SECRETARY, VILLAGE),
    "zhen": ("baihe_zhen", Role.TOWNSHIP_VERIFIER, TOWNSHIP),
    "zhenling": ("baihe_ling", Role.TOWNSHIP_APPROVER, TOWNSHIP),
}
#: People who help households of this village, and a monitored household that nobody helps yet.
HELPERS, HELPED = ("liuwan_bangfu", "liuwan_lunhuan"), "尤小寒"
#: The head of a household whose removal waits for the township.
REMOVED = "蒲小雪"
NAMES = "沈立夏 柳霜降 贺春分 杜小满 陆谷雨 许白露 范惊蛰 孟处暑 韩大雪 顾清明 简芒种 梁秋分".split()  # noqa: SIM905  (read as a list)
_number = count(301)
People = dict[str, User]


def plant_cases() -> None:
    """Make them."""
    _village()
    people = {name: User.objects.get(username=name) for name in ("xian", "shending")} | _offices()
    with transaction.atomic():
        _value("monitoring_line", TOWNSHIP)
        _meetings(people)
        _notices(people)
        _decisions(people)
        _told_from_outside(people)
        _flood(people)
        _old_register(people)
        _applications(people)
        _monitored(people)
        _removals(people)


def _monitored(people: People) -> None:
    """Let a household be monitored that nobody helps yet, and two people be there who could."""
    for login in HELPERS:
        person = User.objects.create_user(login, PASSWORD, name=login)
        Posting.objects.create(
            user=person,
            role=Role.HELPER,
            area=Area.objects.get(pk=VILLAGE),
            from_day=datetime.date(2026, 1, 1),
        )
    home = make_household("LW900001", HELPED, by=people["xian"], area=VILLAGE, phone="13800000000")
    case = a_case_of(home, state="enrolled", category="marginal", risk_types=["01"], level="middle")
    following.after_move([case], by=people["zhen"])
    head = home.residents.get()
    # What a roll said of October and nobody here knows; the page of aid settles it.
    AidGap.objects.create(
        case=case, resident=head, feed="dibao", side="unrecorded", first_month="2026-10-01", last_month="2026-10-01",
        amount=420,
    )  # fmt: skip


def _village() -> None:
    name = "柳湾村"
    Area.objects.create(
        code=VILLAGE, name=name, initials=initials(name), level=Level.VILLAGE, parent_id=TOWNSHIP
    )


def _offices() -> People:
    found = {}
    for name, (login, role, area) in OFFICES.items():
        found[name] = User.objects.create_user(login, PASSWORD, name=login)
        Posting.objects.create(user=found[name], role=role, area_id=area, from_day="2026-01-01")
    return found


def _value(key: str, area: str) -> None:
    says(key, area, "2026-01-01", "8800")


def _home(people: People, *more: str) -> Household:
    number = next(_number)
    name = NAMES[number % len(NAMES)]
    code = f"LW{number:06d}"
    return make_household(code, name, *more, by=people["xian"], area=VILLAGE, group_name="二组")


def _case(people: People, verb: str = "apply") -> Case:
    """Return a case that waits for a verb, of a household whose warning the township proposed."""
    made = walked_to(opened(people, _home(people, "柳立冬")), verb, people)
    return Case.objects.select_related("household__area", "area").get(pk=made.pk)


def _applications(people: People) -> None:
    """Leave one case without application and one unsigned; of one the departments were asked, with hits."""
    _case(people)
    _case(people, "compare")
    unsigned = _case(people)
    head = unsigned.household.residents.get(relation="01")
    write(unsigned, Wanted(head, ["01"], "住院自付三万元"), by=people["cun"])
    demand(unsigned, "private_debt", "向亲戚借款两万元，只有借条", by=people["cun"])
    home = _home(people, "柳霜降", "沈秋分", "贺春分")
    signed(home, by=people["cun"], kinds=["vehicle", "business", "real_estate", "public_payroll", "deposit"])
    case = walked_to(opened(people, home), "compare", people)
    cars(home, car(home, by=people["xian"]), by=people["xian"])
    businesses(home, "存续", by=people["xian"])
    ask_departments(case, by=people["cun"])


def _meetings(people: People) -> None:
    """Leave two cases for the next meeting; let one meeting be called, and one be in the middle of its votes."""
    for _each in range(2):
        _case(people, "evaluate")
    called(people, [_case(people, "evaluate")])
    meeting = attended(people, called(people, [_case(people, "evaluate") for _each in range(3)]))
    voted(people, meeting, Votes(9, 1, 0), Votes(2, 8, 0))


def _notices(people: People) -> None:
    """Let one household wait for a notice, one be drawn, and two hang of which one is objected to."""
    met(people, [passed := _case(people, "evaluate")])
    drawn(people, [Case.objects.select_related("household").get(pk=passed.pk)])
    _case(people, "post")
    notice = posted(people, [_case(people, "post") for _each in range(2)])
    item = notice.items.earliest("pk")
    enter(item, Said("phone", DAY, "他家有辆新货车", "贺立冬"), by=people["cun"])


def _removals(people: People) -> None:
    """Leave one household to be proposed, and one before the meeting; mark one, and let one hang with an entry.

    One more waits for the township: the story of a removal begins there.
    """
    _leaving(people)
    leaving.proposed(people, _leaving(people))
    marked, hanging = (leaving.proposed(people, _leaving(people)) for _each in range(2))
    home = make_household("LW900002", REMOVED, "柳霜降", by=people["xian"], area=VILLAGE, phone="13800000001")
    waiting = leaving.proposed(people, leaving.ready(people, home=home))
    met(people, [marked, hanging, waiting])
    posted(people, [leaving.now(hanging), _case(people, "post")])
    posted(people, [leaving.now(marked), leaving.now(waiting)])
    NoticeItem.objects.filter(removal__in=[marked, waiting]).update(until=DAY - datetime.timedelta(1))
    end_notices(by=User.objects.built_in("system"), on=DAY)
    told = Paper(DAY, number="示防贫组〔2026〕9号", place="村务公开栏")
    for kind, by in (("review", "zhen"), ("approval", "shending"), ("announcement", "zhen")):
        decide(kind, [], told, by=people[by], removals=[leaving.now(marked)])
    rolling_back.propose(leaving.now(marked), "整户劳动力丧失，仍需帮扶", by=people["zhen"])


def _leaving(people: People) -> Case:
    return leaving.ready(people, home=_home(people, "柳霜降"))


def _at_review(people: People, many: int, **answers: object) -> list[Case]:
    homes = [_home(people, "柳霜降") for _each in range(many)]
    return cases_at("review", homes, people["cun"], S1 | answers)


def _decisions(people: People) -> None:
    """Let the township review, the county approve and decline, the township announce; one was wrong."""
    waiting = _at_review(people, 3)
    concluded(waiting[0], people["zhen"])
    reviewed = _at_review(people, 7)
    for case in reviewed:
        concluded(case, people["zhen"])
    review_many(_now(reviewed), Paper(DAY, note="会议研究，同意上报"), by=people["zhen"])
    approve_many(_now(reviewed[:4]), Paper(DAY, number="示防贫组〔2026〕7号"), by=people["shending"])
    announce_many(_now(reviewed[:3]), Paper(DAY, place="各村村务公开栏"), by=people["zhen"])
    refusing.decline(*_now(reviewed[4:5]), "家里有两辆货车在营运，收入稳定", by=people["shending"])
    refusing.refuse(*_now(waiting[1:2]), "收入稳定，支出能承受", by=people["zhen"])
    hits = [ReturnItem("compare", "hit_notes", "车辆未说明"), ReturnItem("apply", "signature")]
    give_back(*_now(reviewed[5:6]), hits, "缺签字", by=people["shending"])
    wrong = correcting.Hearing(DAY, "home", "我们确实有一间门面，当时没有说")
    correcting.propose(*_now(reviewed[:1]), wrong, "有未申报的门面和小轿车", by=people["zhen"])


def _now(cases: Sequence[Case]) -> list[Case]:
    rows = Case.objects.filter(pk__in=[case.pk for case in cases])
    return list(rows.select_related("household__area", "standing__household").order_by("pk"))


def _told_from_outside(people: People) -> None:
    """Let a department take a finding back, and another one come to the same case."""
    case, run = _case(people, "evaluate"), run_of(people["xian"])
    for standard in ("medical_single_stay", "large_loss_claim"):
        found = find(run, standard, case.household, case.household.residents.get(relation="01"))
        told = {"standard": standard, "day": str(DAY), "measured": "12600.00", "line": "10000.00"}
        fields = {"case": case, "finding": found, "told_on": DAY, "due_on": DAY}
        if standard == "large_loss_claim":
            CaseRisk.objects.create(**fields)
        else:
            BasisChange.objects.create(kind=BasisChange.Kind.TAKEN_BACK, old=told, **fields)


def _flood(people: People) -> None:
    """Let a flood strike six households: four heavily, of which two are helped and have a case."""
    disaster = a_flood(people["zhen"], TOWNSHIP)
    rows = listed(disaster, [_home(people, "柳霜降") for _each in range(4)], people["zhen"])
    listed(disaster, [_home(people) for _each in range(2)], people["zhen"], "affected")
    given = Help("shelter", "白河镇应急办", DAY, "转移到村小学，每户棉被2床")
    help_listed(disaster, rows[:2], given, by=people["cun"])
    open_cases(disaster, rows[:2], by=people["zhen"])


def _old_register(people: People) -> None:
    """Let the old register hold households, one beside a case of here; an export of the national system differs."""
    homes = [_home(people, "柳霜降") for _each in range(4)]
    for home in homes:
        stand(home, "marginal", from_day="2023-05-01", risk_types=["01"])
    adopt([home.pk for home in homes])
    stand(_case(people).household, "marginal", from_day="2023-05-01", risk_types=["01"])
    rows = family("LW900001", 2, new_people(), 行政区划代码=VILLAGE)
    known = family(homes[0].code, 2, new_people(40), 行政区划代码=VILLAGE)
    compare(text([*rows, *known]), TOWNSHIP, by=people["zhen"])

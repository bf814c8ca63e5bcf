"""Stand-ins: the absent person's rights for a period, to a colleague nearby, and to nobody else."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from foundation.accounts.eligibility import Grant
from foundation.accounts.models import Area, Posting, StandIn, User
from foundation.accounts.postings import end, grant
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.accounts.stand_ins import Absence, arrange, cancel
from foundation.ledger.models import Entry
from tests.people import COUNTY, VILLAGE

TODAY = datetime.date(2026, 11, 4)
DAY = datetime.timedelta(days=1)
People = dict[str, User]
Areas = dict[str, Area]


def absence(people: People, absent: str, substitute: str, days: int = 10, start: int = 0) -> Absence:
    first = TODAY + start * DAY
    posting = Posting.objects.get(user=people[absent])
    return Absence(posting, people[substitute], first, first + days * DAY, "产假")


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def colleague(areas: Areas) -> User:
    """The village assistant of the next village."""
    user = User.objects.create_user("lincun", name="邻村")
    Posting.objects.create(
        user=user, role=Role.VILLAGE_ASSISTANT, area=areas["999901001002"], from_day=datetime.date(2026, 1, 1)
    )
    return user


def test_a_stand_in_sees_the_absent_persons_area_during_the_period_only(
    people: People, colleague: User
) -> None:
    people["lincun"] = colleague
    arrange(absence(people, "cun", "lincun", days=2, start=1), by=people["zhen"])
    seen = {shift: Area.objects.filter(code=VILLAGE).visible_to(fresh(colleague)).exists() for shift in (0,)}
    assert seen == {0: False}
    duties = {shift: len(colleague.duties(TODAY + shift * DAY)) for shift in (0, 1, 3, 4)}
    assert duties == {0: 1, 1: 2, 3: 2, 4: 1}


def test_acts_of_a_stand_in_carry_the_role_stood_in_for(people: People, colleague: User) -> None:
    people["lincun"] = colleague
    arrange(absence(people, "cun", "lincun"), by=people["zhen"])
    actor = fresh(colleague).authority(Right.VIEW_HOUSEHOLDS, VILLAGE)
    assert (actor.ref, actor.role, actor.area) == (f"staff:{colleague.pk}", "village_assistant", VILLAGE)
    assert fresh(people["cun"]).holds(Right.VIEW_HOUSEHOLDS, VILLAGE)


def test_a_stand_in_falls_with_the_posting(people: People, colleague: User) -> None:
    people["lincun"] = colleague
    arrange(absence(people, "cun", "lincun"), by=people["zhen"])
    end(Posting.objects.get(user=people["cun"]), by=people["anquan"], reason="调离")
    assert not fresh(colleague).holds(Right.VIEW_HOUSEHOLDS, VILLAGE)


def test_cancelling_takes_the_rights_at_once_and_frees_the_period(people: People, colleague: User) -> None:
    people["lincun"] = colleague
    stand_in = arrange(absence(people, "cun", "lincun"), by=people["zhen"])
    cancel(stand_in, by=people["zhen"], reason="提前返岗")
    assert not fresh(colleague).holds(Right.VIEW_HOUSEHOLDS, VILLAGE)
    assert arrange(absence(people, "cun", "lincun"), by=people["zhen"]).pk != stand_in.pk
    assert Entry.objects.filter(verb="stand_in.cancelled").count() == 1


def test_a_running_stand_in_keeps_its_past_when_it_is_cancelled(people: People, colleague: User) -> None:
    running = StandIn.objects.create(
        posting=Posting.objects.get(user=people["cun"]),
        substitute=colleague,
        from_day=TODAY - 5 * DAY,
        until_day=TODAY + 5 * DAY,
        reason="产假",
    )
    cancel(running, by=people["zhen"], reason="提前返岗")
    assert (running.until_day, running.withdrawn_on) == (TODAY - DAY, None)
    with pytest.raises(Refused):
        cancel(running, by=people["zhen"], reason="再来")


@pytest.mark.parametrize("name", ["lin_zhen", "cun", "xitong", "shenjiyuan", "lingdao"])
def test_only_the_line_above_arranges(people: People, colleague: User, name: str) -> None:
    people["lincun"] = colleague
    with pytest.raises(Refused):
        arrange(absence(people, "cun", "lincun"), by=people[name])


def test_nobody_makes_themselves_a_stand_in(people: People) -> None:
    with pytest.raises(Refused):
        arrange(absence(people, "wangge", "zhen"), by=people["zhen"])


def test_nobody_stands_in_for_themselves(people: People) -> None:
    with pytest.raises(Refused) as refused:
        arrange(absence(people, "cun", "cun"), by=people["zhen"])
    assert refused.value.field == "substitute"


@pytest.mark.parametrize(
    ("absent", "substitute"), [("xian", "shending"), ("shending", "xian"), ("cun", "zhen")]
)
def test_a_maker_does_not_become_the_checker_by_standing_in(
    people: People, absent: str, substitute: str
) -> None:
    with pytest.raises(Refused) as refused:
        arrange(absence(people, absent, substitute), by=people["anquan"])
    assert refused.value.field == "substitute"


def test_a_grant_minds_the_role_stood_in_for(people: People, areas: Areas) -> None:
    arrange(absence(people, "shending", "lingdao"), by=people["anquan"])
    wanted = Grant(people["lingdao"], Role.COUNTY_DISPATCHER, areas[COUNTY], TODAY)
    with pytest.raises(Refused) as refused:
        grant(wanted, by=people["anquan"])
    assert refused.value.field == "role"


def test_a_dispatcher_arranges_no_stand_in_for_an_administrator(people: People) -> None:
    with pytest.raises(Refused):
        arrange(absence(people, "xitong", "lingdao"), by=people["xian"])


def test_people_of_the_next_county_do_not_stand_in(people: People) -> None:
    for absent, substitute in (("cun", "lin_cun"), ("xian", "lin_xian")):
        with pytest.raises(Refused) as refused:
            arrange(absence(people, absent, substitute), by=people["anquan"])
        assert refused.value.field == "substitute"


def test_a_department_is_stood_in_for_by_its_own_people(people: People, areas: Areas) -> None:
    with pytest.raises(Refused) as refused:
        arrange(absence(people, "yibao", "jingban"), by=people["anquan"])
    assert refused.value.field == "substitute"
    Posting.objects.create(
        user=people["jingban"],
        role=Role.CASE_OFFICER,
        area=areas[COUNTY],
        department_id="medical_insurance",
        from_day=TODAY,
    )
    assert arrange(absence(people, "yibao", "jingban"), by=people["anquan"]).pk


def test_who_is_absent_does_not_stand_in(people: People, colleague: User) -> None:
    people["lincun"] = colleague
    posting = Posting.objects.get(user=colleague)
    arrange(Absence(posting, people["wangge"], TODAY, TODAY + DAY, "病假"), by=people["zhen"])
    with pytest.raises(Refused) as refused:
        arrange(absence(people, "cun", "lincun"), by=people["zhen"])
    assert refused.value.field == "substitute"


def test_a_disabled_account_does_not_stand_in(people: People, colleague: User) -> None:
    colleague.is_active = False
    colleague.save()
    people["lincun"] = colleague
    with pytest.raises(Refused) as refused:
        arrange(absence(people, "cun", "lincun"), by=people["zhen"])
    assert refused.value.field == "substitute"


@pytest.mark.parametrize(
    ("start", "days", "field"), [(0, -1, "until_day"), (-9, 3, "until_day"), (-400, 500, "from_day")]
)
def test_the_period_lies_within_the_posting_and_not_in_the_past(
    people: People, colleague: User, start: int, days: int, field: str
) -> None:
    people["lincun"] = colleague
    with pytest.raises(Refused) as refused:
        arrange(absence(people, "cun", "lincun", days=days, start=start), by=people["zhen"])
    assert refused.value.field == field


def test_a_posting_has_one_stand_in_at_a_time(people: People, colleague: User) -> None:
    people["lincun"] = colleague
    arrange(absence(people, "cun", "lincun"), by=people["zhen"])
    with pytest.raises(Refused):
        arrange(absence(people, "cun", "wangge", start=3), by=people["zhen"])
    with pytest.raises(IntegrityError, match="one_stand_in_at_a_time"), transaction.atomic():
        StandIn.objects.create(
            posting=Posting.objects.get(user=people["cun"]),
            substitute=people["wangge"],
            from_day=TODAY,
            until_day=TODAY,
            reason="x",
        )


def test_outsiders_do_not_see_it(people: People, colleague: User) -> None:
    people["lincun"] = colleague
    arrange(absence(people, "cun", "lincun"), by=people["zhen"])
    assert StandIn.objects.visible_to(people["zhen"]).count() == 1
    assert not StandIn.objects.visible_to(people["lin_zhen"]).exists()
    assert Entry.objects.get(verb="stand_in.arranged").area == VILLAGE

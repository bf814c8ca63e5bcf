"""Taking in a list of monitored objects: what comes of good rows, of a second time, of corrected files."""

import datetime
import io

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from households import standing
from households.models import Household, Identity, Resident, Revision, Standing, StandingMember
from households.monitored.importing import Wanted, import_monitored
from households.register.reverting import take_back
from tests.households.monitored.files import MARGINAL, SUDDEN, UNSTABLE, family, new_people, row, text
from tests.households.standing_made import household

People = dict[str, User]
pytestmark = pytest.mark.usefixtures("areas")
REMOVED = {"风险是否已消除": "是", "风险消除时间": "202203", "风险消除方式": "帮扶消除"}

TOLD = {
    "风险类型2": "因学",
    "帮扶责任人": "李大暑",
    "帮扶措施": "低保；公益岗位",
    "纳入时人均纯收入": "6,543.21",
}


@pytest.fixture
def shell(people: People) -> User:
    return User.objects.built_in("shell")


def two_households() -> list[dict[str, str]]:
    numbers = new_people()
    return [
        *family(
            "H1",
            3,
            numbers,
            风险类型2="因学",
            帮扶责任人="李大暑",
            帮扶措施="低保；公益岗位",
            纳入时人均纯收入="6,543.21",
        ),
        *family("H2", 2, numbers, 监测对象类别="突发困难户", **REMOVED),
    ]


def test_a_list_makes_households_people_and_cases(shell: User) -> None:
    counts = import_monitored(text(two_households(), title="监测对象台账"), by=shell)
    assert counts == {
        "rows_read": 5,
        "rows_accepted": 5,
        "rows_rejected": 0,
        "rejects": {},
        "households_created": 2,
        "households_changed": 0,
        "households_unchanged": 0,
        "residents_created": 5,
        "residents_changed": 0,
        "residents_unchanged": 0,
        "cases_created": 2,
        "cases_unchanged": 0,
        "duplicates": 0,
    }
    case = Standing.objects.get(household__code="H1")
    assert (case.kind, case.from_day, case.until_day) == ("marginal", datetime.date(2021, 5, 1), None)
    assert (case.risk_types, case.measures, case.helper) == (["01", "09"], ["低保", "公益岗位"], "李大暑")
    assert str(case.net_income_per_head) == "6543.21"
    assert case.members.count() == 3
    assert case.basis == "monitored_file"


def test_a_removed_risk_ends_with_the_last_day_of_its_month(shell: User) -> None:
    import_monitored(text(two_households()), by=shell)
    case = Standing.objects.get(household__code="H2")
    assert (case.kind, case.until_day, case.removal_way) == ("sudden", datetime.date(2022, 3, 31), "assisted")


def test_people_come_sealed_with_birth_and_sex_of_their_number(shell: User) -> None:
    import_monitored(text(two_households()), by=shell)
    head = Resident.objects.get(household__code="H1", relation="01")
    assert (head.born_on, head.sex, head.source) == (datetime.date(1950, 1, 1), "1", "monitored_file")
    assert Identity.objects.count() == 5


def test_a_second_time_changes_nothing(shell: User) -> None:
    import_monitored(text(two_households()), by=shell)
    before = (
        list(Standing.objects.values()) + list(Resident.objects.values()) + list(Household.objects.values())
    )
    again = import_monitored(text(two_households()), by=shell)
    assert (again["cases_created"], again["cases_unchanged"]) == (0, 2)
    assert (again["households_unchanged"], again["residents_unchanged"]) == (2, 5)
    after = (
        list(Standing.objects.values()) + list(Resident.objects.values()) + list(Household.objects.values())
    )
    assert after == before
    assert Revision.objects.count() == 2
    assert Entry.objects.filter(verb="monitored.imported").count() == 2


def test_a_later_list_ends_a_case_and_keeps_the_version_before(shell: User) -> None:
    import_monitored(text(two_households()), by=shell)
    later = two_households()[:3]
    counts = import_monitored(text(each | REMOVED for each in later), by=shell)
    assert (counts["cases_created"], counts["cases_unchanged"], counts["households_changed"]) == (0, 0, 1)
    case = Standing.objects.get(household__code="H1")
    assert case.until_day == datetime.date(2022, 3, 31)
    assert [version.until_day for version in case.versions.all()] == [None]
    assert Standing.objects.count() == 2  # whom a later list does not name stays


def test_who_joins_a_case_later_counts_in_it(shell: User) -> None:
    import_monitored(text(two_households()), by=shell)
    counts = import_monitored(
        text([*two_households(), row(99, "H1", 与户主关系="之女", 风险类型2="因学")]), by=shell
    )
    assert (counts["residents_created"], counts["households_changed"]) == (1, 1)
    assert StandingMember.objects.filter(standing__household__code="H1").count() == 4


def test_a_household_of_the_register_keeps_what_the_register_says(shell: User) -> None:
    import_monitored(text(two_households()), by=shell)
    Resident.objects.filter(household__code="H1").update(name="沈大雪")
    renamed = [each | {"姓名": "沈小雪"} for each in two_households()]
    import_monitored(text(renamed), by=shell)
    assert not Resident.objects.filter(name="沈小雪").exists()


def test_what_was_checked_by_hand_on_that_day_or_later_stays(shell: User) -> None:
    import_monitored(text(two_households()), by=shell, wanted=Wanted(day=datetime.date(2026, 10, 31)))
    case = Standing.objects.get(household__code="H1")
    standing.correct(case, {"kind": Standing.Kind.SUDDEN}, by=shell, reason="类别填错")
    counts = import_monitored(text(two_households()), by=shell)
    case.refresh_from_db()
    assert case.kind == "sudden"
    assert counts["cases_unchanged"] == 2


def test_identical_rows_are_accepted_and_counted_as_duplicates(shell: User) -> None:
    rows = two_households()
    counts = import_monitored(text([*rows, rows[1], rows[1]]), by=shell)
    assert (counts["duplicates"], counts["rows_accepted"], counts["rows_rejected"]) == (2, 7, 0)
    assert Resident.objects.count() == 5


def test_titles_totals_and_unnamed_columns_are_passed_over(shell: User) -> None:
    rows = two_households()
    content = text(rows, title="某县监测对象台账\n单位：元").getvalue().decode() + "合计,5\n"
    counts = import_monitored(_bytes(content), by=shell)
    assert (counts["rows_read"], counts["rows_accepted"]) == (5, 5)


def _bytes(content: str) -> object:

    return io.BytesIO(content.encode("gb18030"))


def test_strictly_nothing_is_made_that_the_register_does_not_have(shell: User) -> None:
    counts = import_monitored(text(two_households()), by=shell, wanted=Wanted(strict=True))
    assert counts["rejects"] == {"not_in_register": 5}
    assert not Household.objects.exists()
    import_monitored(text(two_households()[:3]), by=shell)
    Standing.objects.all().delete()
    counts = import_monitored(text(two_households()), by=shell, wanted=Wanted(strict=True))
    assert (counts["cases_created"], counts["rejects"]) == (1, {"not_in_register": 2})


def test_a_dispatcher_takes_in_the_own_county_and_nothing_beyond(people: People) -> None:
    rows = two_households()
    for each in rows[3:]:
        each["行政区划代码"] = "999902001001"
    counts = import_monitored(text(rows), by=people["xian"])
    assert (counts["cases_created"], counts["rejects"]) == (1, {"area_unknown": 2})


@pytest.mark.parametrize("who", ["zhen", "cun", "lingdao", "xitong", "shi"])
def test_nobody_else_takes_a_list_in(people: People, who: str) -> None:
    with pytest.raises(Refused):
        import_monitored(text(two_households()), by=people[who])


def test_a_file_without_the_columns_is_refused_in_a_sentence(shell: User) -> None:
    with pytest.raises(Refused):
        import_monitored(_bytes("a,b\n1,2\n"), by=shell)


def test_the_record_has_counts_and_no_number(shell: User) -> None:
    rows = two_households()
    import_monitored(text(rows), by=shell)
    body = bytes(Entry.objects.get(verb="monitored.imported").body)
    assert all(each["身份证号"].encode() not in body for each in rows)
    assert b'"cases_created":2' in body
    assert Revision.objects.get().counts["cases_created"] == 2


def test_a_household_of_another_village_is_no_new_one(people: People, shell: User) -> None:
    household(people["xian"], "H1", area="999901001002", members=1)
    counts = import_monitored(text(two_households()), by=shell)
    assert counts["rejects"] == {"household_conflict": 3}


def test_all_three_categories_have_their_words(shell: User) -> None:
    numbers = new_people()
    words = (UNSTABLE, MARGINAL, SUDDEN, "突发困难户")
    rows = [
        each
        for number, word in enumerate(words)
        for each in family(f"H{number}", 1, numbers, 监测对象类别=word)
    ]
    import_monitored(text(rows), by=shell)
    kinds = Standing.objects.order_by("household__code").values_list("kind", flat=True)
    assert list(kinds) == ["unstable", "marginal", "sudden", "sudden"]


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Household, Resident, Standing, StandingMember)
    ]


def test_a_list_is_taken_back_whole(people: People) -> None:
    first, later = (
        two_households()[:3],
        [*two_households(), row(99, "H1", 与户主关系="之女", 风险类型2="因学")],
    )
    import_monitored(text(first), by=people["xian"])
    before = everything()
    changed = [each | REMOVED if each["户编号"] == "H1" else each for each in later]
    import_monitored(text(changed), by=people["xian"])
    revision = Revision.objects.order_by("pk").last()
    assert revision.area_id == "999901001001"
    take_back(revision, by=people["xian"], reason="导错了文件")
    assert everything() == before

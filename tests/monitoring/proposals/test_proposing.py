"""What rows in force say of the register becomes proposals: once, as long as they say it, never over newer hands."""

import datetime
from collections.abc import Callable

from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from households.corrections import correct
from households.models import Household, Resident
from monitoring.intake.deciding import withdraw
from monitoring.models import RegisterProposal
from monitoring.proposals.deciding import refuse
from monitoring.proposals.proposing import Refreshed
from tests.households.families import HEAD, MOTHER, SON, SPOUSE
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare
from tests.people import NEIGHBOUR_COUNTY

People = dict[str, User]
Member = Callable[[str], Resident]


def who(resident: Resident, **more: object) -> dict[str, object]:
    return {"身份证号": number_of(resident), "姓名": resident.name, **more}


def insured(resident: Resident, answer: str = "是", year: int = 2026) -> dict[str, object]:
    return who(resident, 参保年度=year, 是否参保=answer)


def only() -> RegisterProposal:
    return RegisterProposal.objects.get()


def test_another_value_is_proposed_with_source_and_day(
    people: People, member: Member, compare: Compare
) -> None:
    spouse, son = member(SPOUSE), member(SON)
    made = delivered("medical_insurance_status", [insured(spouse), insured(son)], by=people["yibao"])
    assert compare("medical_insurance_status").new == 1
    row = only()
    assert (row.resident, row.household, row.field) == (spouse, spouse.household, "resident.insured")
    assert (row.present, row.proposed, row.state) == (False, True, "proposed")
    assert (row.delivery, row.line, row.known_on) == (made, 2, datetime.date(2026, 10, 31))
    assert row.area_id == spouse.area_id


def test_comparing_again_changes_nothing(people: People, member: Member, compare: Compare) -> None:
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"])
    compare("medical_insurance_status")
    before = Entry.objects.count()
    assert compare("medical_insurance_status") == Refreshed()
    assert (RegisterProposal.objects.count(), Entry.objects.count()) == (1, before)


def test_the_same_said_by_a_later_delivery_is_not_asked_twice(
    people: People, member: Member, compare: Compare
) -> None:
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"], period="2026-09")
    compare("medical_insurance_status")
    later = delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"])
    assert compare("medical_insurance_status").again == 1
    assert (only().delivery, only().said_again) == (later, 1)


def test_what_was_refused_is_not_asked_again(people: People, member: Member, compare: Compare) -> None:
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"], period="2026-09")
    compare("medical_insurance_status")
    refuse(only(), by=people["cun"], reason="看了缴费记录")
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"])
    assert compare("medical_insurance_status").again == 1
    assert only().state == "refused"


def test_a_withdrawn_delivery_takes_its_proposals_along(
    people: People, member: Member, compare: Compare
) -> None:
    made = delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"])
    compare("medical_insurance_status")
    withdraw(made, by=people["yibao"], reason="送错了")
    assert compare("medical_insurance_status").withdrawn == 1
    assert only().state == "withdrawn"
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"])
    assert compare("medical_insurance_status").new == 1


def test_a_corrected_row_overtakes_what_it_proposed(people: People, member: Member, compare: Compare) -> None:
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"], period="2026-09")
    compare("medical_insurance_status")
    delivered("medical_insurance_status", [insured(member(SPOUSE), "否")], by=people["yibao"])
    assert compare("medical_insurance_status").overtaken == 1
    assert only().state == "overtaken"


def test_the_answer_for_another_year_says_nothing(people: People, member: Member, compare: Compare) -> None:
    delivered("medical_insurance_status", [insured(member(SPOUSE), year=2025)], by=people["yibao"])
    assert compare("medical_insurance_status") == Refreshed()


def test_a_file_that_knows_later_stays_without_a_word(
    people: People, member: Member, compare: Compare
) -> None:
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"], period="2026-08")
    assert compare("medical_insurance_status") == Refreshed()


def test_a_newer_hand_is_contradicted_aloud(people: People, member: Member, compare: Compare) -> None:
    spouse = member(SPOUSE)
    seen = datetime.date(2026, 11, 3)
    correct(spouse, {"work_place": "东莞"}, by=people["cun"], checked_on=seen, seen=spouse.revision_id)
    row = who(spouse, 务工地点="苏州", 本年务工月数=8, 就业状态="在岗", 登记日期="2026-10-20")
    delivered("employment", [row], by=people["xian"])
    compare("employment")
    assert RegisterProposal.objects.get(field="resident.work_place").proposed == "苏州"


def test_who_is_no_longer_in_the_roll_has_left_dibao(
    people: People, home: Household, member: Member, compare: Compare
) -> None:
    roll = [who(member(SON), 保障类别="A", 月保障金额="480", 起始日期="2026-10-01")]
    delivered("dibao_roll", roll, by=people["xian"])
    assert compare("dibao_roll").new == 2
    said = {row.resident.relation: row.proposed for row in RegisterProposal.objects.all() if row.resident}
    assert said == {SON: "rural", MOTHER: "none"}
    assert not home.standings.exists()


def test_a_roll_of_another_county_says_nothing_here(people: People, member: Member, compare: Compare) -> None:
    roll = [who(member(SON), 保障类别="A", 月保障金额="480", 起始日期="2026-10-01")]
    delivered("dibao_roll", roll, by=people["lin_xian"], area=NEIGHBOUR_COUNTY)
    assert compare("dibao_roll") == Refreshed()
    assert compare("dibao_roll", NEIGHBOUR_COUNTY) == Refreshed()


def test_a_certificate_adds_the_disability_and_a_cancelled_one_asks(
    people: People, member: Member, compare: Compare
) -> None:
    fixed = {"残疾类别": "肢体", "残疾等级": "2", "发证日期": "2015-03-01"}
    rows = [who(member(SON), **fixed, 状态="有效"), who(member(MOTHER), **fixed, 状态="注销")]
    delivered("disability_certificate", rows, by=people["xian"])
    assert compare("disability_certificate").new == 2
    son, mother = (RegisterProposal.objects.get(resident=member(each)) for each in (SON, MOTHER))
    assert (son.proposed, son.for_person) == (["2"], False)
    assert (mother.proposed, mother.for_person, mother.why) == (["4"], True, "cancelled")


def test_a_dwelling_is_found_by_its_head_alone(
    people: People, home: Household, member: Member, compare: Compare
) -> None:
    def graded(resident: Resident) -> dict[str, object]:
        head = {"户主身份证号": number_of(resident), "户主姓名": resident.name}
        return head | {"房屋等级": "D", "鉴定日期": "2026-10-26"}

    delivered("house_grade", [graded(member(SPOUSE))], by=people["xian"], period="2026-09")
    assert compare("house_grade") == Refreshed()
    delivered("house_grade", [graded(member(HEAD))], by=people["xian"])
    assert compare("house_grade").new == 1
    assert (only().household, only().resident, only().proposed) == (home, None, "D")


def test_two_departments_that_tell_one_death_ask_once(
    people: People, member: Member, compare: Compare
) -> None:
    mother = member(MOTHER)
    delivered("cremation", [who(mother, 火化日期="2026-10-09")], by=people["xian"])
    compare("cremation")
    delivered(
        "household_registration", [who(mother, 变动类型="死亡", 变动日期="2026-10-07")], by=people["xian"]
    )
    compare("household_registration")
    assert only().proposed == {"event": "死亡", "on": "2026-10-07"}
    assert (compare("cremation"), only().dataset_id) == (Refreshed(), "household_registration")


def test_somebody_born_is_proposed_to_the_household_of_the_head(
    people: People, home: Household, member: Member, compare: Compare
) -> None:
    born = {"身份证号": "999901202610010011", "姓名": "沈秋分", "变动类型": "出生", "变动日期": "2026-10-01"}
    from households.identity.numbers import check_character

    born["身份证号"] = born["身份证号"][:17] + check_character(born["身份证号"][:17])
    born["户主身份证号"] = number_of(member(HEAD))
    delivered("household_registration", [born], by=people["xian"])
    assert compare("household_registration").new == 1
    assert (only().household, only().resident, only().proposed["name"]) == (home, None, "沈秋分")


def test_those_who_correct_the_register_there_are_told(
    people: People, member: Member, compare: Compare
) -> None:
    delivered("medical_insurance_status", [insured(member(SPOUSE))], by=people["yibao"])
    compare("medical_insurance_status")
    told = Notice.objects.filter(kind="register_proposals_wait").values_list("recipient__username", flat=True)
    assert set(told) == {"cun", "zhen", "xian"}

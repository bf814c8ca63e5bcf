"""The columns of the national system in its order: one list for households, one for people.

A header stands as the national system writes it; values are words of the area. What the register does not know stays
empty, and whoever types asks the household.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistance.national.facts import HouseholdFacts, PersonFacts


@dataclass(frozen=True, slots=True)
class NationalColumn:
    """One column: a code that stays, the header there, and how its value is read from the facts."""

    code: str
    header: str
    value: Callable[[Any], str]


def _month(day: Any) -> str:
    return f"{day:%Y%m}" if day else ""


def _yes(value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"


def _risk(place: int) -> Callable[[HouseholdFacts], str]:
    return lambda facts: facts.risk(place)


def _sum(letter: str) -> Callable[[HouseholdFacts], str]:
    return lambda facts: facts.of_income(letter)


def _after(question: str) -> Callable[[HouseholdFacts], str]:
    return lambda facts: _yes(facts.after_removal(question))


HOUSEHOLD = (
    NationalColumn("code", "户编号", lambda facts: facts.household.code),
    NationalColumn("area", "行政区划代码", lambda facts: facts.household.area_id),
    NationalColumn("head", "户主姓名", lambda facts: facts.head.name if facts.head else ""),
    NationalColumn("head_number", "户主证件号码", lambda facts: facts.number(facts.head)),
    NationalColumn("category", "监测对象类别", lambda facts: facts.category),
    NationalColumn("lifted_out", "是否脱贫户", lambda facts: _yes(facts.lifted_out)),
    NationalColumn("persons", "家庭人口数", lambda facts: str(len(facts.people))),
    NationalColumn("phone", "农户联系电话", lambda facts: facts.phone),
    NationalColumn("address", "家庭住址", lambda facts: facts.household.address),
    NationalColumn("group", "自然村", lambda facts: facts.household.group_name),
    NationalColumn("no_labour", "整户无劳动能力兜底保障户", lambda facts: _yes(facts.no_labour)),
    *(NationalColumn(f"risk_{place}", f"致贫返贫风险{place}", _risk(place)) for place in range(1, 6)),
    NationalColumn("disaster_kind", "因自然灾害子项", lambda facts: facts.disaster_kind),
    NationalColumn("other_risk", "其他备注", lambda facts: facts.other_risk),
    NationalColumn("identified", "识别监测时间", lambda facts: _month(facts.standing.from_day)),
    NationalColumn("removed", "风险是否已消除", lambda facts: _yes(facts.removed)),
    NationalColumn("removal_way", "风险消除方式", lambda facts: facts.removal_way),
    NationalColumn(
        "removed_in", "风险消除时间", lambda facts: _month(facts.standing.until_day) if facts.removed else ""
    ),
    NationalColumn("helper", "监测联系人", lambda facts: facts.contact),
    NationalColumn("contact_phone", "联系方式", lambda facts: facts.contact_phone),
    NationalColumn("house_unsafe", "是否住房出现安全问题", lambda facts: _yes(facts.house_unsafe)),
    NationalColumn("dropout", "是否义务教育阶段适龄儿童少年失学辍学", lambda facts: _yes(facts.dropout)),
    NationalColumn("water_unsafe", "是否饮水出现安全问题", lambda facts: _yes(facts.water_unsafe)),
    NationalColumn(
        "uninsured", "是否有家庭成员未参加城乡居民(职工)基本医疗保险", lambda facts: _yes(facts.uninsured)
    ),
    NationalColumn(
        "dropout_after", "风险消除后是否义务教育阶段适龄儿童少年失学辍学", _after("all_at_school")
    ),
    NationalColumn("house_after", "风险消除后是否住房损毁", _after("house_safe")),
    NationalColumn(
        "uninsured_after", "风险消除后是否有家庭成员未参加城乡居民(职工)基本医疗保险", _after("all_insured")
    ),
    NationalColumn("water_after", "风险消除后是否饮水设施损毁", _after("water_safe")),
    NationalColumn("wages", "工资性收入", _sum("A")),
    NationalColumn("business", "生产经营性收入", _sum("B")),
    NationalColumn("property", "财产性收入", _sum("C")),
    NationalColumn("transfers", "转移性收入", _sum("D")),
    NationalColumn("costs", "生产经营性支出", _sum("E")),
    NationalColumn("payouts", "家庭理赔收入", _sum("F")),
    NationalColumn("self_paid", "合规自付支出", _sum("G")),
    NationalColumn("net", "年纯收入", lambda facts: facts.result("net_income")),
    NationalColumn("net_per_head", "人均纯收入", lambda facts: facts.result("net_per_head")),
    NationalColumn("reference", "收入参考范围", lambda facts: facts.result("reference_income")),
    NationalColumn(
        "reference_per_head", "人均收入参考范围", lambda facts: facts.result("reference_per_head")
    ),
)

PERSON = (
    NationalColumn("code", "户编号", lambda facts: facts.of.household.code),
    NationalColumn("name", "姓名", lambda facts: facts.person.name),
    NationalColumn("sex", "性别", lambda facts: facts.word("sex")),
    NationalColumn("born_on", "出生日期", lambda facts: f"{facts.person.born_on or ''}"),
    NationalColumn("number", "证件号码", lambda facts: facts.of.number(facts.person)),
    NationalColumn("ethnicity", "民族", lambda facts: facts.person.ethnicity),
    NationalColumn("relation", "与户主关系", lambda facts: facts.word("relation")),
    NationalColumn("education", "文化程度", lambda facts: facts.word("education")),
    NationalColumn("school_stage", "在校生状况", lambda facts: facts.word("school_stage")),
    NationalColumn("health", "健康状况", lambda facts: facts.word("health")),
    NationalColumn("labour", "劳动技能", lambda facts: facts.word("labour")),
    NationalColumn("work_place", "务工所在地", lambda facts: facts.person.work_place),
    NationalColumn(
        "work_months",
        "务工时间(月)",
        lambda facts: "" if facts.person.work_months is None else str(facts.person.work_months),
    ),
    NationalColumn("insured", "是否参加基本医疗保险", lambda facts: _yes(facts.person.insured)),
    NationalColumn("dibao", "享受低保政策情况", lambda facts: facts.aid("dibao", "低保")),
    NationalColumn("tekun", "享受特困供养政策情况", lambda facts: facts.aid("tekun", "特困")),
)


def household_values(facts: HouseholdFacts) -> dict[str, str]:
    """Return the value of every column of a household."""
    return {column.code: column.value(facts) for column in HOUSEHOLD}


def person_values(facts: PersonFacts) -> dict[str, str]:
    """Return the value of every column of a person."""
    return {column.code: column.value(facts) for column in PERSON}

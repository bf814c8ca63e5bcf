"""Cases that wait for their asset check, and what departments deliver about their members."""

from typing import Any

from assistance.enrolment.moved import advance
from assistance.enrolment.opening import opened
from assistance.models import Case
from foundation.accounts.models import User
from foundation.workflow.move import Request
from households.models import Household, Resident
from monitoring.models import Delivery
from tests.households.authorisations.made import DAY
from tests.households.families import HEAD
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY


def open_case(home: Household, people: dict[str, User]) -> Case:
    """Return a new case of a household, which waits for its application."""
    wanted = Case(household=home, area=home.area, origin="alert", opened_on=DAY, first_clue_on=DAY)
    case = opened(wanted, by=people["zhen"])
    case.refresh_from_db()
    return case


def waiting_case(home: Household, people: dict[str, User]) -> Case:
    """Return a case whose application is complete."""
    return advance(open_case(home, people), Request("apply", given={"application": 1}), by=people["cun"])


def member(home: Household, relation: str = HEAD) -> Resident:
    """Return the head of a household, or somebody else by relation."""
    return home.residents.get(relation=relation)


def car(home: Household, *, by: User, relation: str = HEAD, **columns: Any) -> dict[str, Any]:
    """Return the row of a car of somebody."""
    owner = member(home, relation)
    return {
        "身份证号": number_of(owner), "姓名": owner.name, "号牌号码": "示A12345", "车辆类型": "小型轿车",
        "品牌型号": "示例牌 SL100", "登记日期": "2023-05-16", "参考价值": "46000.00",
    } | columns  # fmt: skip


def cars(home: Household, *rows: dict[str, Any], by: User, **named: Any) -> Delivery:
    """Deliver a list of vehicles."""
    return delivered("vehicle", list(rows), by=by, **named)


def businesses(home: Household, state: str, *, by: User) -> Delivery:
    """Deliver the business of the spouse, in a state."""
    owner = member(home, "02")
    row = {
        "身份证号": number_of(owner), "姓名": owner.name, "主体名称": "示例县石桥村小卖部", "角色": "经营者",
        "注册资本": "30000.00", "状态": state, "成立日期": "2019-04-02",
    }  # fmt: skip
    return delivered("business_registration", [row], by=by, area=COUNTY)

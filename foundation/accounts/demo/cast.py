"""The accounts one signs in with (field.md 7.4): one person for each role, and two more departments."""

import datetime
from dataclasses import dataclass

from foundation.accounts.demo.places import CITY, COUNTY, NEIGHBOUR_COUNTY, PROVINCE, TOWNSHIP, VILLAGE
from foundation.accounts.roles import Role

#: Last day of the posts that are held for a limited time.
YEAR_END = datetime.date(2026, 12, 31)


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a door on the first page: login name, name, post, and a department where the role has one."""

    username: str
    name: str
    role: Role
    area: str
    department: str | None = None


CAST = (
    Player("cun", "赵小满", Role.VILLAGE_ASSISTANT, VILLAGE),
    Player("wangge", "钱谷雨", Role.GRID_MEMBER, VILLAGE),
    Player("shuji", "孙芒种", Role.FIRST_SECRETARY, VILLAGE),
    Player("duiyuan", "李白露", Role.STATIONED_MEMBER, VILLAGE),
    Player("bangfu", "周清明", Role.HELPER, VILLAGE),
    Player("zhen", "吴寒露", Role.TOWNSHIP_VERIFIER, TOWNSHIP),
    Player("zhenling", "郑夏至", Role.TOWNSHIP_APPROVER, TOWNSHIP),
    Player("xian", "王春分", Role.COUNTY_DISPATCHER, COUNTY),
    Player("shending", "冯立秋", Role.COUNTY_APPROVER, COUNTY),
    Player("lingdao", "陈大雪", Role.COUNTY_READER, COUNTY),
    Player("rexian", "褚雨水", Role.HOTLINE_CLERK, COUNTY),
    Player("yibao", "卫秋分", Role.DEPARTMENT_OFFICER, COUNTY, "medical_insurance"),
    Player("minzheng", "蒋霜降", Role.DEPARTMENT_OFFICER, COUNTY, "civil_affairs"),
    Player("jingban", "韩小暑", Role.CASE_OFFICER, COUNTY, "civil_affairs"),
    Player("choucha", "杨处暑", Role.INSPECTOR, COUNTY),
    Player("shi", "朱冬至", Role.CITY_OVERSEER, CITY),
    Player("sheng", "秦立春", Role.PROVINCE_OVERSEER, PROVINCE),
    Player("shenji", "尤惊蛰", Role.EXTERNAL_AUDITOR, COUNTY),
    Player("xitong", "许立冬", Role.SYSTEM_ADMIN, COUNTY),
    Player("anquan", "张小寒", Role.SECURITY_ADMIN, COUNTY),
    Player("shenjiyuan", "孔大寒", Role.AUDIT_ADMIN, COUNTY),
)
#: The administrators of the neighbour county, who have no door: their names are taken all the same.
NEIGHBOURS = (
    Player("lin_xitong", "曹立冬", Role.SYSTEM_ADMIN, NEIGHBOUR_COUNTY),
    Player("lin_anquan", "严小寒", Role.SECURITY_ADMIN, NEIGHBOUR_COUNTY),
)
BY_LOGIN = {player.username: player for player in CAST}
NAMES_TAKEN = frozenset(player.name for player in (*CAST, *NEIGHBOURS))

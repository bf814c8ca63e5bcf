"""Register files and lists of monitored objects come as old workbooks too (XLS), with days and numbers as such."""

import datetime
from decimal import Decimal

from foundation.accounts.models import User
from households.models import Household, Resident, Standing
from households.monitored.importing import import_monitored
from households.register.contract import HEADERS
from households.register.importing import import_register
from tests.households.monitored import files as monitored
from tests.households.register.files import number, row
from tests.workbooks import xls

DAY = datetime.date(2026, 9, 30)


def test_a_register_file_is_taken(people: dict[str, User]) -> None:
    head, spouse = row(1), row(2, name="单白露", relation="配偶", work_place="上海市")
    sent = [[line.get(name, "") for name in HEADERS] for line in (head, spouse)]
    names = list(HEADERS)
    sent[1][names.index("work_months")] = 11
    for line in sent:
        line[names.index("income")] = 12345.6
        line[names.index("phone")] = 13900000000
        line[names.index("area")] = int(line[names.index("area")])
    file = xls(("花名册", [["石桥村农户花名册"], list(HEADERS.values()), *sent]))
    done = import_register(file, by=people["xian"], as_of=DAY)
    assert (done.rows_read, done.rows_accepted, done.rejects) == (2, 2, {})
    household = Household.objects.get()
    assert (household.net_income_per_head, household.phone is not None) == (Decimal("12345.60"), True)
    assert Resident.objects.get(name="单白露").work_months == 11


def test_an_id_number_that_the_spreadsheet_shortened_is_rejected_by_name(people: dict[str, User]) -> None:
    digits = next(each for each in map(number, range(1, 50)) if each.isdecimal())
    sent = [row(1, number=digits).get(name, "") for name in HEADERS]
    sent[list(HEADERS).index("number")] = int(digits)
    file = xls(("花名册", [list(HEADERS.values()), sent]))
    done = import_register(file, by=people["xian"], as_of=DAY)
    assert (done.rows_accepted, done.rejects) == (0, {"id_checksum": 1})


def test_a_list_of_monitored_objects_is_taken(people: dict[str, User]) -> None:
    rows = monitored.family("H1", 2, monitored.new_people())
    cells = [[line.get(head, "") for head in monitored.HEADERS] for line in rows]
    month = monitored.HEADERS.index("识别监测时间")
    for line in cells:
        line[month] = 202105
    counts = import_monitored(
        xls(("监测对象台账", [["监测对象台账"], monitored.HEADERS, *cells])), by=people["xian"]
    )
    assert (counts["rows_read"], counts["rows_rejected"], counts["cases_created"]) == (2, 0, 1)
    standing = Standing.objects.get()
    assert (standing.from_day, standing.members.count()) == (datetime.date(2021, 5, 1), 2)

"""Twelve months of departmental data about the register of bench/feeds_made.py, written as batches of the archive.

Rows go the way of a delivery from the typed cells on (monitoring.intake.batches); reading files is left out. Most rows
are calm: in the whole year some twenty findings come of a thousand people, as many as live systems report (430,000 to
488,000 warnings a year of 25 million residents). Until November 2026 the bench made 52 of a thousand, with everybody in
a household of their own, and whoever was cremated on the list of benefits: both figures stand in bench/README.md.
"""

import datetime
import hashlib

from django.db import connection

from bench.feeds_made import COUNTY
from foundation.accounts.models import User
from foundation.tables.duck import Tables
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import CellType, Kind
from monitoring.intake import archive, batches
from monitoring.intake.archive_store import store
from monitoring.models import Batch, Dataset, Delivery
from monitoring.screening.standard import DEATHS

MONTHS = [(2025, 11), (2025, 12), *((2026, month) for month in range(1, 11))]
#: Rows a month for a thousand people: at a million people some ten million rows in a year.
RATES = {
    "medical_settlement": 500, "medical_insurance_status": 80, "dibao_roll": 40, "employment": 90, "farm_income": 30,
    "microloan": 20, "disability_certificate": 10, "house_grade": 12, "injury_claim": 10, "household_registration": 8,
    "temporary_aid": 5, "water_supply": 3, "disaster_loss": 3, "school_dropout": 1, "traffic_accident": 2,
    "cremation": 1,
}  # fmt: skip
#: Whose number ends in this may die in the year.
_DYING = 3
#: Cells that are not as calm as their kind: expressions over `n`, the number of the row, and `r`, up to 999 by chance.
CELLS = {
    "个人自付": "CASE WHEN r < 1 THEN 17000 ELSE r * 1.5 END",
    "就诊类别": "['门诊', '门诊慢特病', '住院'][1 + n % 3]",
    "状态": "CASE WHEN r >= 20 THEN '已复学' ELSE '疑似' END",
    "残疾等级": "CASE WHEN r < 15 THEN '1' ELSE '3' END",
    "就业状态": "CASE WHEN r < 4 THEN '失业' ELSE '在岗' END",
    "房屋等级": "CASE WHEN r < 8 THEN 'D' ELSE 'A' END",
    "是否整改": "false",
    "是否解决": "r >= 20",
    "是否参保": "r >= 2",
    "参保年度": "2026",
    "年度": "2026",
    "上年收入": "10000",
    "本年收入": "CASE WHEN r < 5 THEN 6000 ELSE 9500 END",
    "逾期金额": "CASE WHEN r < 10 THEN 5000 ELSE 0 END",
    "逾期天数": "CASE WHEN r < 10 THEN 20 + r * 3 ELSE 0 END",
    "损失金额": "CASE WHEN r < 10 THEN 25000 ELSE 900 END",
    "直接经济损失": "CASE WHEN r < 20 THEN 15000 ELSE 700 END",
    "房屋损坏": "'无'",
    "伤情": "CASE WHEN r < 50 THEN '重伤' ELSE '轻伤' END",
    "变动类型": "CASE WHEN r < 50 THEN '死亡' ELSE '迁入' END",
    "月保障金额": "400",
}


def make_archive(by: User) -> int:
    """Deliver every month of every dataset, unless that was done; returns how many rows there are."""
    there = Batch.objects.filter(delivery__area=COUNTY)
    if not there.exists():
        with archive.opened() as tables:
            people = _people(tables)
            for code, rate in RATES.items():
                dataset = Dataset.objects.get(code=code)
                for months, month in enumerate(MONTHS):
                    rows = max(rate * people // 1000, 1)
                    _pick(tables, dataset.contract, people, rows, months)
                    _deliver(tables, dataset, month, by)
    return sum(there.values_list("rows", flat=True))


def _people(tables: Tables) -> int:
    """Make `who` (n, subject, name) of the register."""
    query = f"""SELECT row_number() OVER (ORDER BY id) - 1, subject, name FROM households_resident
        WHERE area_id LIKE '{COUNTY}%'"""
    with connection.cursor() as cursor:
        tables.load_copied(
            "who",
            {"n": "BIGINT", "subject": "UUID", "name": "VARCHAR"},
            lambda sink: cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", sink),
        )
    count: int = tables.one("SELECT count(*) FROM who")
    return count


def _pick(tables: Tables, contract: Contract, people: int, rows: int, months: int) -> None:
    """Make `picked`: whom the rows of the month after so many others name, each with a number and a chance.

    A list names the same people every month, but for a few who left; the others name whom chance brings, nobody twice.
    Who dies is one of every tenth person, whom other data but lists never name: what is found of somebody before they
    died is beyond the questions by hand.
    """
    is_list, months_on = contract.kind is Kind.ROLL, months * 104_729
    tenths = people // 10
    chosen = f"(i * 7919 + {months_on}) % {tenths * 9}"
    chosen = f"{chosen} // 9 * 10 + {chosen} % 9 + CAST({chosen} % 9 >= {_DYING} AS INTEGER)"
    if contract.code in DEATHS:
        chosen = f"(i * 7919 + {months_on}) % {tenths} * 10 + {_DYING}"
    if is_list:
        rows, chosen = rows - months * max(rows // 200, 1), f"i * 7 % {people}"
    salt = (list(RATES).index(contract.code) * 1000 + months) * 1_000_003
    tables.run(
        f"""CREATE OR REPLACE TABLE picked AS SELECT i, n_row AS n, r, who.subject, who.name
        FROM (SELECT i, {months * 50_000_000} + i AS n_row, hash(i * 31 + {salt}) % 1000 AS r,
            {chosen} AS chosen FROM range({rows}) AS made (i)) AS made
        JOIN who ON who.n = made.chosen"""
    )


def _deliver(tables: Tables, dataset: Dataset, month: tuple[int, int], by: User) -> None:
    """Write the rows of `picked` as a delivery of a month."""
    contract = dataset.contract
    values = ", ".join(
        f"{_cell(column, contract, month)} AS v{place}" for place, column in enumerate(contract.columns)
    )
    subjects = ", ".join(
        f"{'subject' if column.header == contract.subject else 'NULL::UUID'} AS s{place}"
        for place, column in enumerate(contract.columns)
        if column.type is CellType.ID_NUMBER
    )
    tables.run(
        f"""CREATE OR REPLACE TABLE named AS SELECT i + 2 AS line, '' AS sheet, i AS seq, {values}, {subjects},
            name AS registered FROM picked"""
    )
    _keep(tables, dataset, month, by)


def _cell(column: Column, contract: Contract, month: tuple[int, int]) -> str:
    """Return the expression of a cell of one column."""
    year, number = month
    if column.header in CELLS and (column.header != "状态" or contract.file.startswith("school")):
        return CELLS[column.header]
    match column.type:
        case CellType.NAME:
            return "name"
        case CellType.CODE:
            return f"'{column.codes[0].value}'"
        case CellType.DAY:
            return f"DATE '{year}-{number:02}-01' + CAST(n % 28 AS INTEGER)"
        case CellType.YES_NO:
            return "true"
        case CellType.YEAR:
            return "2026"
        case CellType.MONEY | CellType.DECIMAL | CellType.COUNT:
            return "r"
        case CellType.ID_NUMBER:
            return "NULL::VARCHAR"
    return f"'{column.header}' || n" if column.header in contract.key else f"'{column.header}'"


def _keep(tables: Tables, dataset: Dataset, month: tuple[int, int], by: User) -> None:
    """Write the batch and its delivery."""
    batches.name_subjects(tables, dataset.contract)
    parts = batches.Parts()
    parts.add(tables)
    written = parts.joined(tables)
    store().put(written.path, written.digest)
    parts.discard()
    year, number = month
    last = datetime.date(year + number // 12, number % 12 + 1, 1) - datetime.timedelta(days=1)
    told = f"{dataset.pk}{month}".encode()
    delivery = Delivery.objects.create(
        dataset=dataset, area_id=COUNTY, period=f"{year}-{number:02}", period_last=last, by=by, received_on=last,
        file_size=1, file_sha256=hashlib.sha256(told).hexdigest(), state="accepted", rows_read=written.rows,
        rows_accepted=written.rows, rows_rejected=0,
    )  # fmt: skip
    Batch.objects.create(
        delivery=delivery,
        digest=written.digest,
        rows=written.rows,
        size=1,
        kept_until=datetime.date(2040, 1, 1),
    )

"""The made register as files that a county would hand in (datasets.md section 5), and the totals they hold."""

import csv
import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from foundation.accounts.demo import places
from foundation.accounts.progress import Progress, unseen
from households.demo import words
from households.demo.county import HOUSEHOLDS, SEED, County, neighbours
from households.demo.records import AS_OF, Home, Person

#: The file says so, not the clock: the same county gives the same bytes.
_WRITTEN_ON = datetime.datetime.combine(AS_OF, datetime.time())
_STEP = 500  # households between two reports of progress


@dataclass(slots=True)
class Tally:
    """Households and persons."""

    households: int = 0
    persons: int = 0

    def add(self, persons: int) -> None:
        """Count one household."""
        self.households += 1
        self.persons += persons


@dataclass(slots=True)
class Totals:
    """What the files of a county hold, and what the register must hold when they were taken in."""

    county: str
    rows: int = 0
    villages: int = 0
    register: Tally = field(default_factory=Tally)
    lifted_out: Tally = field(default_factory=Tally)
    monitored: dict[str, Tally] = field(default_factory=dict)
    removed: dict[str, Tally] = field(default_factory=dict)
    safety_net: Tally = field(default_factory=Tally)
    in_dibao: int = 0
    in_tekun: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def count(self, home: Home) -> None:
        """Count a household; refused rows are rows, but nobody's of the register."""
        persons = len(home.people) - len(home.refused)
        self.rows += len(home.people)
        self.register.add(persons)
        self.refused.update(home.refused)
        if home.lifted_out:
            self.lifted_out.add(persons)
        if home.case:
            self.monitored.setdefault(home.case.category, Tally()).add(persons)
            if home.case.removed:
                self.removed.setdefault(home.case.category, Tally()).add(persons)
            if home.case.safety_net:
                self.safety_net.add(persons)
        for person in home.people:
            self.in_dibao += person.dibao == words.DIBAO
            self.in_tekun += person.tekun == words.TEKUN


@dataclass(frozen=True, slots=True)
class Files:
    """The two files of a county, and what they hold."""

    register: Path
    monitored: Path
    totals: Totals

    def told(self) -> dict[str, object]:
        """Return names and totals, ready for JSON."""
        totals = self.totals
        return {
            "county": totals.county,
            "files": [self.register.name, self.monitored.name],
            "rows": totals.rows,
            "refused": dict(totals.refused),
            "villages": totals.villages,
            **asdict(totals.register),
            "lifted_out": asdict(totals.lifted_out),
            "monitored": {category: asdict(tally) for category, tally in totals.monitored.items()},
            "removed": {category: asdict(tally) for category, tally in totals.removed.items()},
            "safety_net": asdict(totals.safety_net),
        }


def write_counties(
    folder: Path, *, households: int = HOUSEHOLDS, seed: str = SEED, progress: Progress = unseen
) -> list[Files]:
    """Write the files of the demonstration county and of its small neighbour into `folder`."""
    beside = neighbours(households)
    whole = households + beside
    shares = ((places.COUNTY, households, 0), (places.NEIGHBOUR_COUNTY, beside, households))
    return [
        write_county(
            folder,
            county,
            households=number,
            seed=seed,
            progress=lambda done, _of, before=before: progress(before + done, whole),  # type: ignore[misc]
        )
        for county, number, before in shares
    ]


def write_county(
    folder: Path, county: str, *, households: int, seed: str = SEED, progress: Progress = unseen
) -> Files:
    """Write `register-COUNTY.csv` and `monitored-COUNTY.xlsx`, household by household, and count them."""
    made = County(county, households, seed)
    files = Files(folder / f"register-{county}.csv", folder / f"monitored-{county}.xlsx", Totals(county))
    folder.mkdir(parents=True, exist_ok=True)
    with (
        files.register.open("w", encoding="utf-8-sig", newline="") as register,
        Workbook(files.monitored, {"constant_memory": True}) as workbook,
    ):
        workbook.set_properties({"created": _WRITTEN_ON})
        sheet = workbook.add_worksheet("监测对象台账")
        title = f"{places.names()[county]}监测对象台账（{AS_OF:%Y-%m-%d}）"
        _write(files.totals, made.homes(), register, _Lines(sheet, title), households, progress)
    return files


class _Lines:
    """Rows of a sheet, one below the other, under a title and the header."""

    def __init__(self, sheet: Worksheet, title: str) -> None:
        self._sheet = sheet
        sheet.write_string(0, 0, title)
        sheet.write_row(1, 0, words.MONITORED_COLUMNS)
        sheet.set_column(0, len(words.MONITORED_COLUMNS) - 1, 16)
        self._next = 2

    def add(self, cells: Iterable[str]) -> None:
        """Write a row; every cell is text, so that a spreadsheet keeps all digits of a number."""
        for column, cell in enumerate(cells):
            if cell:
                self._sheet.write_string(self._next, column, cell)
        self._next += 1


def _write(
    totals: Totals, homes: Iterator[Home], register: TextIO, sheet: _Lines, of: int, progress: Progress
) -> None:
    writer = csv.writer(register)
    writer.writerow(words.REGISTER_COLUMNS)
    villages: set[str] = set()
    for number, home in enumerate(homes, start=1):
        totals.count(home)
        villages.add(home.area)
        writer.writerows(_register_row(home, person) for person in home.people)
        if home.case:
            for person in home.people:
                sheet.add(_monitored_row(home, person))
        if number % _STEP == 0 or number == of:
            progress(number, of)
    totals.villages = len(villages)


def _register_row(home: Home, person: Person) -> tuple[object, ...]:
    return (
        home.code, home.area, home.group, home.kind, home.address, home.phone,
        person.name, person.id_number, person.relation, person.ethnicity, person.education, person.school,
        person.health, person.labour, person.work_place, person.work_months, person.insured,
        person.dibao, person.tekun, home.income, home.grade, home.water,
    )  # fmt: skip


def _monitored_row(home: Home, person: Person) -> tuple[str, ...]:
    case = home.case
    assert case is not None  # noqa: S101  (only monitored households have rows here)
    risks = [*case.risks, "", "", "", "", ""][:5]
    return (
        home.code, home.area, person.name, person.id_number, person.relation, case.category, *risks,
        case.identified, words.YES if case.removed else words.NO, case.removed, case.way,
        case.helper, ";".join(case.measures), case.income_at_entry,
    )  # fmt: skip

"""The rows that a standard looks at, as SQL: whose they are, which line they are held against, what they measure."""

import datetime
from collections.abc import Iterable, Iterator

from monitoring.comparison.conditions import Bound, fulfilled, word_of
from monitoring.comparison.rows import named
from monitoring.contracts.book import contract
from monitoring.contracts.terms import CellType
from monitoring.screening.standard import Condition, Standard
from monitoring.screening.terms import About, AgeOn, Dead
from monitoring.screening.windows import first_day

#: Everybody who is asked about, and those of them whom an answer is about.
HOMES, ANSWERED_HOMES = "home", "answered_home"
#: Amounts are exact.
AMOUNT = "DECIMAL(20, 4)"


class Looking:
    """The steps of one standard from a dataset to the rows that are looked at; values are bound in `bound`."""

    def __init__(self, standard: Standard, as_of: datetime.date, everything: bool) -> None:
        """Look as of a day; with `everything` also at rows that are left out."""
        self.standard, self.as_of, self.everything = standard, as_of, everything
        self.measure, self.bound = standard.measure, Bound()
        self.contract = contract(standard.measure.dataset)
        #: The table of the households that are looked at.
        self.homes = HOMES
        self.is_person = standard.about is About.PERSON

    def rows(self, dataset: str, back: str = "", *, exclude: bool = True) -> str:
        """Return the rows of a dataset with their subject, class and line; of a roll those of one list (`back`)."""
        lives, resident = self._whose()
        cover = newest = ""
        if back:
            cover = f"JOIN cover_{dataset} AS cover ON cover.area = home.area"
            newest = f"AND starts_with(home.area, row.from_area) AND row.period_last = cover.{back}"
        since = "" if back else self._since()
        once = (
            "QUALIFY row_number() OVER (PARTITION BY home.area, row_key ORDER BY receipt DESC, seq DESC) = 1"
            if back
            else ""
        )
        # Which of several rows of a list counts is told among all households.
        homes = HOMES if back else self.homes
        narrow = f"SEMI JOIN {self.homes} USING (household)" if back and self.homes != HOMES else ""
        columns = self._columns(dataset)
        return f"""FROM (SELECT home.household, {resident} AS resident, home.area, home.population, line.amount,
            line.comparator, line.yes, line.place, {self._left_out(exclude)} AS left_out, row.delivery, row.seq,
            row.receipt, row.day{columns}
            FROM rows_{dataset} AS row JOIN {homes} AS home ON home.household = row.{lives}
            JOIN line ON line.standard = {self.bound(self.standard.code)} AND line.area = home.area
                AND line.population = home.population
            {cover} WHERE true {newest} {since} {once}) {narrow}"""  # noqa: S608  (names of ours and of contracts)

    def _whose(self) -> tuple[str, str]:
        """Return the column of the household whose rows are looked at, and the expression of the person."""
        if self.is_person:
            return "now_household", "now_resident"
        return "then_household", "CAST(NULL AS BIGINT)"

    def _since(self) -> str:
        day = first_day(self.measure.window, self.as_of)
        return f"AND row.day >= {self.bound(day)}" if day else ""

    def _columns(self, dataset: str) -> str:
        if dataset != self.measure.dataset:
            return ""
        measure = self.measure
        conditions = (*measure.where, *measure.holds, *measure.at_once)
        wanted = (measure.column, measure.fell_from, *measure.less, *(each.column for each in conditions))
        headers = sorted({header for header in wanted if header and header != self.contract.subject})
        return "".join(f", row.{named(header)}" for header in headers)

    def _left_out(self, exclude: bool) -> str:
        """Return why a row does not count: by its household first, then by its person."""
        cases = [*self._wrong_of_home(), *(self._wrong_of_row() if exclude else ())]
        said = " ".join(f"WHEN {test} THEN '{why}'" for test, why in cases)
        return f"CASE {said} ELSE '' END" if said else "''"

    def _wrong_of_home(self) -> Iterator[tuple[str, str]]:
        """Yield what leaves out all rows of a household, each with its word."""
        excludes = self.standard.excludes
        if not excludes.empty_households_count:
            yield "home.living = 0", "no_member"
        if excludes.classes:
            classes = ", ".join(map(self.bound, excludes.classes))
            yield f"home.population IN ({classes})", "class"

    def _wrong_of_row(self) -> Iterator[tuple[str, str]]:
        """Yield what leaves out a row by its person, each with its word."""
        excludes = self.standard.excludes
        if excludes.dead is Dead.PERSON:
            yield "row.died_on IS NOT NULL", "dead"
        if excludes.dead is Dead.LATER_ROWS and self.is_person:
            yield "row.day > row.died_on", "dead"
        if excludes.ages:
            on = "row.day" if excludes.ages.on is AgeOn.ROW else self.bound(self.as_of)
            least, most = self.bound(excludes.ages.least), self.bound(excludes.ages.most)
            strange = "row.born_on IS NULL OR row.born_on > " + on
            yield f"{strange} OR {_age(on)} NOT BETWEEN {least} AND {most}", "age"

    def counting(self, name: str) -> str:
        """Return the rows of a step that count; all of them where everything is asked for."""
        return name if self.everything else f"(SELECT * FROM {name} WHERE left_out = '')"  # noqa: S608

    def looked_at(self, mine: str) -> dict[str, str]:
        """Return the steps to `kept`, of the rows `mine` those looked at: `v`, `base`, `holds`, `enough`, `said`."""
        steps = {"mine": mine, "step0": f"FROM {self.counting('mine')}"}
        for place, condition in enumerate(self.measure.where):
            test = fulfilled(condition, self.contract, self.as_of, self.bound)
            steps[f"test{place}"] = f"SELECT *, {test} AS fits FROM step{place}"  # noqa: S608
            steps[f"step{place + 1}"] = f"SELECT * EXCLUDE (fits) FROM test{place} WHERE fits"  # noqa: S608
        last = f"step{len(self.measure.where)}"
        steps[
            "valued"
        ] = f"""SELECT *, {self.value()} AS v, {self._base()} AS base, {self._all(self.measure.holds)}
            AS holds, {self._any()} AS enough, {self.said()} AS said FROM {last}"""  # noqa: S608
        steps["kept"] = f"FROM valued{' WHERE v IS NOT NULL' if self.measure.column else ''}"
        return steps

    def value(self) -> str:
        """Return what a row measures; null where the cell is empty."""
        if not self.measure.column:
            return "CAST(1 AS DECIMAL(20, 4))"
        less = "".join(f" - coalesce(CAST({named(header)} AS {AMOUNT}), 0)" for header in self.measure.less)
        value = f"CAST({named(self.measure.column)} AS {AMOUNT}){less}"
        if self.measure.fell_from:
            return f"CASE WHEN {named(self.measure.fell_from)} IS NOT NULL THEN {value} END"
        return value

    def _base(self) -> str:
        header = self.measure.fell_from
        return f"CAST({named(header)} AS {AMOUNT})" if header else f"CAST(NULL AS {AMOUNT})"

    def _all(self, conditions: Iterable[Condition]) -> str:
        tests = [fulfilled(each, self.contract, self.as_of, self.bound) for each in conditions]
        return " AND ".join(tests) or "true"

    def _any(self) -> str:
        tests = [fulfilled(each, self.contract, self.as_of, self.bound) for each in self.measure.at_once]
        return " OR ".join(tests) or "false"

    def said(self) -> str:
        """Return the value of a row as its evidence shows it."""
        measure = self.measure
        if measure.fell_from:
            return f"{self._written(measure.fell_from)} || ' → ' || {self._written(measure.column)}"
        if measure.column:
            written = self._written(measure.column)
            return written if not measure.less else f"CAST(CAST({self.value()} AS DECIMAL(20, 2)) AS VARCHAR)"
        words = [word_of(self.contract, each.column) for each in measure.holds]
        return f"concat_ws(' ', {', '.join(words)})" if words else "CAST(day AS VARCHAR)"

    def _written(self, header: str) -> str:
        kind = self.contract.by_header[header].type
        cast = "DECIMAL(20, 2)" if kind in (CellType.MONEY, CellType.DECIMAL) else "VARCHAR"
        return f"CAST(CAST({named(header)} AS {cast}) AS VARCHAR)"


def _age(on: str) -> str:
    """Return completed years on a day."""
    return (
        f"(year({on}) - year(row.born_on) - CAST("
        f"month({on}) * 100 + day({on}) < month(row.born_on) * 100 + day(row.born_on) AS INTEGER))"
    )

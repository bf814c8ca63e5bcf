"""A standard as SQL over the tables of a comparison (monitoring.comparison.register, .rows, .lines).

Two statements come of it. `answer` has one row for each subject with a row that counted: household, resident (null:
the household), left_out (why nothing of it counts; "" where something does), measured, base (what a share is a share
of), fires. `proof` has the rows behind an answer. Everything named in them is a name of ours or a header of a
contract; every value is bound.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.comparison.conditions import SUBJECT, Bound, fulfilled, word_of
from monitoring.comparison.rows import named
from monitoring.contracts.book import contract
from monitoring.contracts.terms import CellType
from monitoring.contracts.terms import Kind as DatasetKind
from monitoring.screening.standard import Condition, Standard
from monitoring.screening.terms import EVALUATED, About, AgeOn, Aggregation, Dead, Kind, Span
from monitoring.screening.windows import first_day

_AMOUNT = "DECIMAL(20, 4)"
#: What is known of a subject beside its rows; the same in all of them.
_ABOUT = "area, population, amount, comparator, yes, place"
_REACHED = "CASE comparator WHEN '>=' THEN {measured} >= amount ELSE {measured} > amount END"
_PROOF = "household, resident, left_out, delivery, line, sheet, seq, receipt, subject, said_name, day"


@dataclass(frozen=True, slots=True)
class Compiled:
    """The two statements of a standard and their values."""

    answer: str
    proof: str
    bound: Bound


def compiled(standard: Standard, as_of: datetime.date, *, everything: bool = False) -> Compiled:
    """Compile a standard as of a day; `everything` also answers for who is left out. NotImplementedError for kinds
    that nothing evaluates yet."""
    if standard.kind not in EVALUATED:
        raise NotImplementedError(standard.kind)
    return _Compiling(standard, as_of, everything).done()


class _Compiling:
    """One standard on its way to SQL."""

    def __init__(self, standard: Standard, as_of: datetime.date, everything: bool) -> None:
        self.standard, self.as_of, self.everything = standard, as_of, everything
        self.measure, self.bound = standard.measure, Bound()
        self.contract = contract(standard.measure.dataset)
        self.is_person = standard.about is About.PERSON

    def done(self) -> Compiled:
        """Return the statements of the kind."""
        if self.standard.kind is Kind.ABSENCE:
            parts = self._absence()
        elif self.standard.kind is Kind.CHANGE and self.measure.window.span is Span.DELIVERY:
            parts = self._fall()
        elif self.standard.kind is Kind.CONFLICT:
            parts = self._conflict()
        else:
            parts = self._measured()
        steps, answer, proof = parts
        told = ", ".join(f"{name} AS ({query})" for name, query in steps.items())
        return Compiled(f"WITH {told} {answer}", f"WITH {told} {proof}", self.bound)

    # rows

    def _rows(self, dataset: str, back: str = "", *, exclude: bool = True) -> str:
        """Return the rows of a dataset with their subject, class and line; of a roll those of one list (`back`)."""
        lives = "now_household" if self.is_person else "then_household"
        resident = "now_resident" if self.is_person else "CAST(NULL AS BIGINT)"
        cover = newest = ""
        if back:
            cover = f"JOIN cover_{dataset} AS cover ON cover.area = home.area"
            newest = f"AND starts_with(home.area, row.from_area) AND row.period_last = cover.{back}"
        day = first_day(self.measure.window, self.as_of)
        since = f"AND row.day >= {self.bound(day)}" if day and not back else ""
        once = (
            "QUALIFY row_number() OVER (PARTITION BY home.area, row_key ORDER BY receipt DESC, seq DESC) = 1"
            if back
            else ""
        )
        columns = self._columns(dataset)
        return f"""SELECT home.household, {resident} AS resident, home.area, home.population, line.amount,
            line.comparator, line.yes, line.place, {self._left_out(exclude)} AS left_out, row.delivery, row.line,
            row.sheet, row.seq, row.receipt, row.row_key, row.subject, row.said_name, row.day, row.told_by{columns}
            FROM rows_{dataset} AS row JOIN home ON home.household = row.{lives}
            JOIN line ON line.standard = {self.bound(self.standard.code)} AND line.area = home.area
                AND line.population = home.population
            {cover} WHERE true {newest} {since} {once}"""  # noqa: S608  (names of ours and of contracts)

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
        excludes, cases = self.standard.excludes, []
        if not excludes.empty_households_count:
            cases.append("WHEN home.living = 0 THEN 'no_member'")
        if excludes.classes:
            classes = ", ".join(map(self.bound, excludes.classes))
            cases.append(f"WHEN home.population IN ({classes}) THEN 'class'")
        if exclude and excludes.dead is Dead.PERSON:
            cases.append("WHEN row.died_on IS NOT NULL THEN 'dead'")
        if exclude and excludes.dead is Dead.LATER_ROWS and self.is_person:
            cases.append("WHEN row.day > row.died_on THEN 'dead'")
        if exclude and excludes.ages:
            on = "row.day" if excludes.ages.on is AgeOn.ROW else self.bound(self.as_of)
            least, most = self.bound(excludes.ages.least), self.bound(excludes.ages.most)
            cases.append(
                f"WHEN row.born_on IS NULL OR row.born_on > {on} "
                f"OR {_age(on)} NOT BETWEEN {least} AND {most} THEN 'age'"
            )
        return f"CASE {' '.join(cases)} ELSE '' END" if cases else "''"

    def _counting(self, name: str) -> str:
        """Return the rows of a step that count; all of them where everything is asked for."""
        return name if self.everything else f"(SELECT * FROM {name} WHERE left_out = '')"  # noqa: S608

    def _looked_at(self, back: str = "") -> dict[str, str]:
        """Return the steps to `kept`, the rows that are looked at, with `v`, `base`, `holds`, `enough`, `said`."""
        steps = {"mine": self._rows(self.measure.dataset, back), "step0": f"FROM {self._counting('mine')}"}
        for place, condition in enumerate(self.measure.where):
            test = fulfilled(condition, self.contract, self.as_of, self.bound)
            steps[f"test{place}"] = f"SELECT *, {test} AS fits FROM step{place}"  # noqa: S608
            steps[f"step{place + 1}"] = f"SELECT * EXCLUDE (fits) FROM test{place} WHERE fits"  # noqa: S608
        last = f"step{len(self.measure.where)}"
        steps[
            "valued"
        ] = f"""SELECT *, {self._value()} AS v, {self._base()} AS base, {self._all(self.measure.holds)}
            AS holds, {self._any()} AS enough, {self._said()} AS said FROM {last}"""  # noqa: S608
        steps["kept"] = f"FROM valued{' WHERE v IS NOT NULL' if self.measure.column else ''}"
        return steps

    def _value(self) -> str:
        if not self.measure.column:
            return "CAST(1 AS DECIMAL(20, 4))"
        less = "".join(f" - coalesce(CAST({named(header)} AS {_AMOUNT}), 0)" for header in self.measure.less)
        value = f"CAST({named(self.measure.column)} AS {_AMOUNT}){less}"
        if self.measure.fell_from:
            return f"CASE WHEN {named(self.measure.fell_from)} IS NOT NULL THEN {value} END"
        return value

    def _base(self) -> str:
        header = self.measure.fell_from
        return f"CAST({named(header)} AS {_AMOUNT})" if header else f"CAST(NULL AS {_AMOUNT})"

    def _all(self, conditions: Iterable[Condition]) -> str:
        tests = [fulfilled(each, self.contract, self.as_of, self.bound) for each in conditions]
        return " AND ".join(tests) or "true"

    def _any(self) -> str:
        tests = [fulfilled(each, self.contract, self.as_of, self.bound) for each in self.measure.at_once]
        return " OR ".join(tests) or "false"

    def _said(self) -> str:
        """Return the value of a row as its evidence shows it."""
        measure = self.measure
        if measure.fell_from:
            return f"{self._written(measure.fell_from)} || ' → ' || {self._written(measure.column)}"
        if measure.column:
            written = self._written(measure.column)
            return (
                written if not measure.less else f"CAST(CAST({self._value()} AS DECIMAL(20, 2)) AS VARCHAR)"
            )
        words = [word_of(self.contract, each.column) for each in measure.holds]
        return f"concat_ws(' ', {', '.join(words)})" if words else "CAST(day AS VARCHAR)"

    def _written(self, header: str) -> str:
        kind = self.contract.by_header[header].type
        cast = "DECIMAL(20, 2)" if kind in (CellType.MONEY, CellType.DECIMAL) else "VARCHAR"
        return f"CAST(CAST({named(header)} AS {cast}) AS VARCHAR)"

    # kinds

    def _measured(self) -> tuple[dict[str, str], str, str]:
        """Thresholds, events and falls within a row: the rows of one subject become one answer."""
        steps, rule = (
            self._looked_at("newest" if self.contract.kind is DatasetKind.ROLL else ""),
            self.measure.aggregation,
        )
        source = "kept"
        if rule is Aggregation.LAST:
            steps["last"] = f"""FROM kept QUALIFY row_number() OVER (
                PARTITION BY {SUBJECT} ORDER BY day DESC, receipt DESC, seq DESC) = 1"""
            source = "last"
        measured, fires, counted = self._rule()
        answer = f"""SELECT {SUBJECT}, {_one_of_each(_ABOUT)}, {measured} AS measured, {fires} AS fires,
            sum(base) AS base FROM {source} GROUP BY {SUBJECT}"""  # noqa: S608
        return steps, answer, f"SELECT {_PROOF}, said, {counted} AS counted FROM {source}"  # noqa: S608

    def _rule(self) -> tuple[str, str, str]:
        """Return what is measured of the rows of a subject, whether that is over its line, and which rows count."""
        reached = _REACHED.format(measured="v")
        match self.measure.aggregation:
            case Aggregation.SUM if self.measure.fell_from:
                # amount × base on one side, so that nothing is divided and rounded.
                share = "(CAST(sum(base) - sum(v) AS DECIMAL(18, 2)))"
                line = "(CAST(sum(base) AS DECIMAL(18, 2)) * any_value(amount))"
                over = (
                    f"CASE any_value(comparator) WHEN '>=' THEN {share} >= {line} ELSE {share} > {line} END"
                )
                return "sum(v)", f"sum(base) > 0 AND {over}", "true"
            case Aggregation.SUM:
                return "sum(v)", f"bool_or(enough) OR {_of_all('sum(v)')}", "true"
            case Aggregation.MAX:
                return "max(v)", f"bool_or({reached})", reached
            case Aggregation.COUNT:
                return "CAST(count(*) AS DECIMAL(20, 4))", _of_all("count(*)"), "true"
            case Aggregation.LAST:
                return "any_value(v)", f"bool_or(holds AND {reached})", "true"
            case _:
                return "max(CAST(1 AS DECIMAL(20, 4)))", f"bool_or(holds) AND {_of_all('1')}", "holds"

    def _conflict(self) -> tuple[dict[str, str], str, str]:
        """Rows of one dataset whose subject also stands in the newest list of another."""
        steps, answer, proof = self._measured()
        steps["listed"] = self._rows(self.standard.also_in, "newest", exclude=False)
        there = f"EXISTS (FROM listed WHERE {_same('listed', 'found')})"
        answer = f"SELECT * REPLACE (fires AND {there} AS fires) FROM ({answer}) AS found"  # noqa: S608
        rows = f"""SELECT {_PROOF}, CAST(day AS VARCHAR) AS said, true AS counted
            FROM (SELECT * REPLACE ('' AS left_out) FROM listed) AS listed
            WHERE EXISTS (FROM kept WHERE {_same("kept", "listed")})"""  # noqa: S608
        return steps, answer, f"{proof} UNION ALL {rows}"

    def _absence(self) -> tuple[dict[str, str], str, str]:
        """Who stood in the list before the newest one, and does not in that."""
        dataset = self.measure.dataset
        steps = {
            "all_before": self._rows(dataset, "before"),
            "mine": f"FROM {self._counting('all_before')}",
            "newest": self._rows(dataset, "newest", exclude=False),
        }
        gone = f"NOT EXISTS (FROM newest WHERE {_same('newest', 'mine')})"
        answer = f"""SELECT {SUBJECT}, {_one_of_each(_ABOUT)}, max(CAST(1 AS DECIMAL(20, 4))) AS measured,
            bool_or({gone}) AND {_of_all("1")} AS fires, CAST(NULL AS {_AMOUNT}) AS base
            FROM mine GROUP BY {SUBJECT}"""  # noqa: S608
        return steps, answer, f"SELECT {_PROOF}, CAST(day AS VARCHAR) AS said, true AS counted FROM mine"  # noqa: S608

    def _fall(self) -> tuple[dict[str, str], str, str]:
        """Two lists by their sums; who is dead counts in the earlier one alone."""
        dataset = self.measure.dataset
        dead = "left_out NOT IN ('dead', 'age')" if self.everything else "left_out = ''"
        steps = {
            "old": self._rows(dataset, "before", exclude=False),
            "new": self._rows(dataset, "newest"),
            "both_lists": f"""SELECT *, true AS is_old FROM {self._counting("old")} UNION ALL
                SELECT *, false AS is_old FROM new WHERE {dead}""",  # noqa: S608
            "lists": f"SELECT *, {self._value()} AS v, {self._said()} AS said FROM both_lists",  # noqa: S608
        }
        fall = "(coalesce(sum(v) FILTER (is_old), 0) - coalesce(sum(v) FILTER (NOT is_old), 0))"
        measured = f"CASE WHEN any_value(yes) THEN CAST(1 AS DECIMAL(38, 4)) ELSE {fall} END"
        over = _of_all(measured)
        answer = f"""SELECT {SUBJECT}, {_one_of_each(_ABOUT)}, {measured} AS measured, {fall} > 0 AND {over} AS fires,
            CAST(NULL AS {_AMOUNT}) AS base FROM lists GROUP BY {SUBJECT} HAVING bool_or(is_old)"""  # noqa: S608
        return steps, answer, f"SELECT {_PROOF}, said, true AS counted FROM lists"  # noqa: S608


def _age(on: str) -> str:
    """Return completed years on a day."""
    return (
        f"(year({on}) - year(row.born_on) - CAST("
        f"month({on}) * 100 + day({on}) < month(row.born_on) * 100 + day(row.born_on) AS INTEGER))"
    )


def _one_of_each(columns: str) -> str:
    return ", ".join(f"any_value({name}) AS {name}" for name in columns.split(", "))


def _of_all(measured: str) -> str:
    """Return whether what was measured of all rows of a subject is over its line."""
    return (
        f"CASE any_value(comparator) WHEN '>=' THEN {measured} >= any_value(amount) "
        f"ELSE {measured} > any_value(amount) END"
    )


def _same(one: str, other: str) -> str:
    return f"{one}.household = {other}.household AND {one}.resident IS NOT DISTINCT FROM {other}.resident"

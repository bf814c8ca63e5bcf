"""A standard as SQL over the tables of a comparison (monitoring.comparison.register, .rows, .lines).

Two statements come of it. `answer` has one row for each subject with a row that counted: household, resident (null:
the household), left_out (why nothing of it counts; "" where something does), measured, base (what a share is a share
of), fires. `proof` has the rows behind an answer. Everything named in them is a name of ours or a header of a
contract; every value is bound.
"""

import datetime
from dataclasses import dataclass

from monitoring.comparison.conditions import SUBJECT, Bound
from monitoring.comparison.looking import AMOUNT, Looking
from monitoring.contracts.terms import Kind as DatasetKind
from monitoring.screening.standard import Standard
from monitoring.screening.terms import EVALUATED, Aggregation, Kind, Span

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
    """Compile a standard as of a day; `everything` also answers for who is left out.

    NotImplementedError for kinds that nothing evaluates yet.
    """
    if standard.kind not in EVALUATED:
        raise NotImplementedError(standard.kind)
    return _Compiling(standard, as_of, everything).done()


class _Compiling(Looking):
    """One standard on its way to SQL."""

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

    def _measured(self) -> tuple[dict[str, str], str, str]:
        """Thresholds, events and falls within a row: the rows of one subject become one answer."""
        steps, rule = (
            self.looked_at("newest" if self.contract.kind is DatasetKind.ROLL else ""),
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
        steps["listed"] = self.rows(self.standard.also_in, "newest", exclude=False)
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
            "all_before": self.rows(dataset, "before"),
            "mine": f"FROM {self.counting('all_before')}",
            "newest": self.rows(dataset, "newest", exclude=False),
        }
        gone = f"NOT EXISTS (FROM newest WHERE {_same('newest', 'mine')})"
        answer = f"""SELECT {SUBJECT}, {_one_of_each(_ABOUT)}, max(CAST(1 AS DECIMAL(20, 4))) AS measured,
            bool_or({gone}) AND {_of_all("1")} AS fires, CAST(NULL AS {AMOUNT}) AS base
            FROM mine GROUP BY {SUBJECT}"""  # noqa: S608
        return steps, answer, f"SELECT {_PROOF}, CAST(day AS VARCHAR) AS said, true AS counted FROM mine"  # noqa: S608

    def _fall(self) -> tuple[dict[str, str], str, str]:
        """Two lists by their sums; who is dead counts in the earlier one alone."""
        dataset = self.measure.dataset
        dead = "left_out NOT IN ('dead', 'age')" if self.everything else "left_out = ''"
        steps = {
            "old": self.rows(dataset, "before", exclude=False),
            "new": self.rows(dataset, "newest"),
            "both_lists": f"""SELECT *, true AS is_old FROM {self.counting("old")} UNION ALL
                SELECT *, false AS is_old FROM new WHERE {dead}""",  # noqa: S608
            "lists": f"SELECT *, {self.value()} AS v, {self.said()} AS said FROM both_lists",  # noqa: S608
        }
        fall = "(coalesce(sum(v) FILTER (is_old), 0) - coalesce(sum(v) FILTER (NOT is_old), 0))"
        measured = f"CASE WHEN any_value(yes) THEN CAST(1 AS DECIMAL(38, 4)) ELSE {fall} END"
        over = _of_all(measured)
        answer = f"""SELECT {SUBJECT}, {_one_of_each(_ABOUT)}, {measured} AS measured, {fall} > 0 AND {over} AS fires,
            CAST(NULL AS {AMOUNT}) AS base FROM lists GROUP BY {SUBJECT} HAVING bool_or(is_old)"""  # noqa: S608
        return steps, answer, f"SELECT {_PROOF}, said, true AS counted FROM lists"  # noqa: S608


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

"""A standard as SQL over the tables of a comparison (monitoring.comparison.register, .rows, .lines).

Two statements come of it. `answer` has one row for each subject with a row that counted: household, resident (null:
the household), left_out (why nothing of it counts; "" where something does), measured, base (what a share is a share
of), fires. `proof` has the rows behind the answers about the households in `answered_home`. Everything named in them
is a name of ours or a header of a contract; every value is bound.
"""

import datetime
from dataclasses import dataclass

from monitoring.comparison.conditions import SUBJECT, Bound
from monitoring.comparison.first_pass import FirstPass
from monitoring.comparison.looking import AMOUNT, ANSWERED_HOMES
from monitoring.contracts.terms import Kind as DatasetKind
from monitoring.screening.standard import Standard
from monitoring.screening.terms import EVALUATED, Aggregation, Kind, Span

#: Whether a value reaches the line of its subject, which is the same in all rows of it.
_REACHED = "CASE comparator WHEN '>=' THEN {measured} >= {amount} ELSE {measured} > {amount} END"
_ONE, _NONE = "max(CAST(1 AS DECIMAL(20, 4)))", f"CAST(NULL AS {AMOUNT})"
_PROOF = "household, resident, left_out, delivery, seq, receipt, day"
_LAST = f"""QUALIFY row_number() OVER (
    PARTITION BY {SUBJECT} ORDER BY day DESC, receipt DESC, seq DESC) = 1"""


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


@dataclass(frozen=True, slots=True)
class _Rule:
    """How the rows of one subject become an answer.

    `measured`, `met` and `base` are of all its rows; `fires` is of those and the line, `counted` of one row.
    """

    measured: str
    met: str
    fires: str
    counted: str = "true"
    base: str = "sum(base)"


class _Compiling(FirstPass):
    """One standard on its way to SQL."""

    def done(self) -> Compiled:
        """Return the statements of the kind."""
        steps, answer, _proof = self._parts()
        if self._is_quick():
            steps, answer = self._quickly()
        self.homes = ANSWERED_HOMES
        proving, _answer, proof = self._parts()
        return Compiled(f"{_with(steps)} {answer}", f"{_with(proving)} {proof}", self.bound)

    def _parts(self) -> tuple[dict[str, str], str, str]:
        """Return the steps of the kind, and what is asked of them for an answer and for its proof."""
        if self.standard.kind is Kind.ABSENCE:
            return self._absence()
        if self.standard.kind is Kind.CHANGE and self.measure.window.span is Span.DELIVERY:
            return self._fall()
        if self.standard.kind is Kind.CONFLICT:
            return self._conflict()
        return self._measured()

    def _measured(self) -> tuple[dict[str, str], str, str]:
        """Thresholds, events and falls within a row: the rows of one subject become one answer."""
        back = "newest" if self.contract.kind is DatasetKind.ROLL else ""
        steps = self.looked_at(self.rows(self.measure.dataset, back))
        source = "kept"
        if self.measure.aggregation is Aggregation.LAST:
            steps["last"] = f"FROM kept {_LAST}"
            source = "last"
        rule = self._rule()
        proof = f"SELECT {_PROOF}, said, {rule.counted} AS counted FROM {source}"  # noqa: S608
        return steps, _answer(rule, source), proof

    def _is_quick(self) -> bool:
        """Say whether one look at the rows of a subject is enough to answer for all who are over the line."""
        return (
            not self.everything
            and self.standard.kind not in (Kind.ABSENCE, Kind.CONFLICT)
            and self.contract.kind is not DatasetKind.ROLL
        )

    def _quickly(self) -> tuple[dict[str, str], str]:
        """Answer as `_measured` does, with everything that a household says of its rows asked once a subject.

        Which row is a person's last is asked only of those with a row that says yes.
        """
        steps = {"lined": self.homes_with_line()} | self.looked_at(self.bare_rows())
        rule = self._rule()
        base = rule.base if self.measure.fell_from else _NONE
        subjects = f"""SELECT household, resident, {rule.measured} AS measured, {rule.met} AS met, {base} AS base
            FROM kept GROUP BY household, resident"""  # noqa: S608
        if self.measure.aggregation is Aggregation.LAST:
            steps["everybody"] = (
                "SELECT household, resident, bool_or(holds) AS hopeful FROM kept GROUP BY ALL"
            )
            steps["last"] = f"""SELECT kept.* FROM kept
                SEMI JOIN (FROM everybody WHERE hopeful) AS one ON {_same("one", "kept")} {_LAST}"""  # noqa: S608
            subjects = f"""SELECT everybody.household, everybody.resident, last.v AS measured,
                coalesce(last.holds, false) AS met, last.base
                FROM everybody LEFT JOIN last ON {_same("last", "everybody")}"""  # noqa: S608
        answer = f"""SELECT household, resident, '' AS left_out, lined.area, lined.population, place, measured, base,
            {rule.fires} AS fires FROM ({subjects}) JOIN lined USING (household)"""  # noqa: S608
        return steps, answer

    def _rule(self) -> _Rule:
        """Return what is measured of the rows of a subject, whether that is over its line, and which rows count."""
        reached = _reached("measured")
        match self.measure.aggregation:
            case Aggregation.SUM if self.measure.fell_from:
                # amount × base on one side, so that nothing is divided and rounded.
                share = "CAST(base - measured AS DECIMAL(18, 2))"
                over = _reached(share, "(CAST(base AS DECIMAL(18, 2)) * amount)")
                return _Rule("sum(v)", "sum(base) > 0", f"met AND {over}")
            case Aggregation.SUM:
                return _Rule("sum(v)", "bool_or(enough)", f"met OR {reached}")
            case Aggregation.MAX:
                return _Rule("max(v)", "true", reached, counted=_reached("v"))
            case Aggregation.COUNT:
                return _Rule("CAST(count(*) AS DECIMAL(20, 4))", "true", reached)
            case Aggregation.LAST:
                return _Rule("any_value(v)", "bool_or(holds)", f"met AND {reached}")
            case _:
                return _Rule(_ONE, "bool_or(holds)", f"met AND {reached}", counted="holds")

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
        rule = _Rule(_ONE, f"bool_or({gone})", f"met AND {_reached('measured')}", base=_NONE)
        proof = f"SELECT {_PROOF}, CAST(day AS VARCHAR) AS said, true AS counted FROM mine"  # noqa: S608
        return steps, _answer(rule, "mine"), proof

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
        rule = _Rule(measured, f"{fall} > 0", f"met AND {_reached('measured')}", base=_NONE)
        answer = _answer(rule, "lists", having="HAVING bool_or(is_old)")
        return steps, answer, f"SELECT {_PROOF}, said, true AS counted FROM lists"  # noqa: S608


def _with(steps: dict[str, str]) -> str:
    return "WITH " + ", ".join(f"{name} AS ({query})" for name, query in steps.items())


def _answer(rule: _Rule, source: str, having: str = "") -> str:
    """Return the query of the answers by the rows of each subject; what its line says is fetched once for each."""
    return f"""SELECT {SUBJECT}, line.area, line.population, place, measured, base, {rule.fires} AS fires
        FROM (
            SELECT {SUBJECT}, any_value(place) AS place, {rule.measured} AS measured, {rule.met} AS met,
                {rule.base} AS base
            FROM {source} GROUP BY {SUBJECT} {having}
        ) JOIN line USING (place)"""  # noqa: S608


def _reached(measured: str, amount: str = "amount") -> str:
    return _REACHED.format(measured=measured, amount=amount)


def _same(one: str, other: str) -> str:
    return f"{one}.household = {other}.household AND {one}.resident IS NOT DISTINCT FROM {other}.resident"

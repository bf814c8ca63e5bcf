"""Tables of the register for a comparison, made of `people` and `held`: stays, the living, deaths, classes.

`stay`      subject, resident, household, area, since_on, until_on   where somebody belonged on which days
            alone                                                    whether they have no other stay
`who`       subject, born_on, died_on, now_household, now_resident   everybody with a stay in a household asked about
            settled_in                                               the household of who never belonged to another
`moved`     subject, household, since_on, until_on                   the stays of everybody else
`home`      household, area, living, population                      the households asked about
"""

from collections.abc import Iterable

from foundation.tables.duck import Tables
from monitoring.comparison.asked import Asked

_MONITORED = ("unstable", "marginal", "sudden")
#: Whoever belongs to one household from the first day to the last, as nearly everybody does.
_SETTLED = "since_on = DATE '0001-01-01' AND until_on = DATE '9999-12-31'"
#: Whoever belongs there on the day.
_HERE = "since_on <= $as_of AND $as_of < until_on"
#: The subject of somebody without a number: no row can name them.
_NAMELESS = "CAST(md5_number('resident ' || resident) AS UUID)"


def make_stays(tables: Tables, asked: Asked) -> None:
    """Make `stay`: of one person the stays follow one another, and the dead stay where they died."""
    tables.run(
        f"""CREATE TABLE stay AS WITH said AS (
            SELECT coalesce(subject, {_NAMELESS}) AS subject, resident, household, area, born_on, left_on, died,
                CASE WHEN left_on IS NULL OR died THEN DATE '9999-12-31' ELSE left_on END AS until_on FROM people
        ), several AS (SELECT subject FROM said GROUP BY subject HAVING count(*) > 1)
        SELECT *, DATE '0001-01-01' AS since_on, true AS alone FROM said ANTI JOIN several USING (subject)
        UNION ALL SELECT *, coalesce(lag(until_on) OVER (
            PARTITION BY subject ORDER BY until_on, left_on IS NOT NULL, resident
        ), DATE '0001-01-01') AS since_on, false AS alone FROM said SEMI JOIN several USING (subject)"""  # noqa: S608
    )
    narrow, values = _narrowed(asked)
    tables.run(f"CREATE TABLE own AS SELECT * FROM stay WHERE {narrow}", values)  # noqa: S608


def make_people(tables: Tables, asked: Asked, deaths: Iterable[str]) -> None:
    """Make `who` and `moved`; `deaths` are queries of (subject, day) beside what the register says."""
    registered = "SELECT subject, left_on AS day FROM stay WHERE died AND left_on IS NOT NULL"
    told = " UNION ALL ".join((registered, *deaths))
    tables.run(
        f"""CREATE TABLE death AS SELECT subject, min(day) AS died_on
        FROM ({told}) SEMI JOIN own USING (subject) WHERE day <= $as_of GROUP BY subject""",  # noqa: S608  (headers of contracts)
        {"as_of": asked.as_of},
    )
    # Who has but one stay, as nearly everybody does, needs no second look.
    tables.run(
        f"""CREATE TABLE who AS SELECT subject, born_on, died_on, now_household, now_resident, settled_in FROM (
            SELECT subject, born_on, CASE WHEN {_HERE} THEN household END AS now_household,
                CASE WHEN {_HERE} THEN resident END AS now_resident,
                CASE WHEN {_SETTLED} THEN household END AS settled_in
            FROM own WHERE alone
            UNION ALL
            SELECT born.*, here.household, here.resident, settled.household
            FROM (
                SELECT subject, max(born_on) AS born_on FROM stay SEMI JOIN own USING (subject)
                WHERE NOT alone GROUP BY subject
            ) AS born
            LEFT JOIN (SELECT subject, household, resident FROM own WHERE NOT alone AND {_HERE}) AS here
                USING (subject)
            LEFT JOIN (SELECT subject, household FROM own WHERE NOT alone AND {_SETTLED}) AS settled
                USING (subject)
        ) LEFT JOIN death USING (subject)""",  # noqa: S608  (names of ours)
        {"as_of": asked.as_of},
    )
    tables.run(
        f"CREATE TABLE moved AS SELECT subject, household, since_on, until_on FROM own WHERE NOT ({_SETTLED})"  # noqa: S608
    )


def make_homes(tables: Tables, asked: Asked) -> list[str]:
    """Make `home` with the population class of each household on the day, and return the villages."""
    areas = [area for (area,) in tables.rows("SELECT DISTINCT area FROM own ORDER BY 1")]
    tables.load("low_kind", {"area": "VARCHAR", "kind": "VARCHAR"}, _low_kinds(areas, asked))
    tables.run(
        """CREATE TABLE home AS
        WITH living AS (
            SELECT now_resident AS resident, now_household AS household FROM who
            WHERE now_household IS NOT NULL AND died_on IS NULL
        ), low AS (
            SELECT DISTINCT held.household FROM held
            JOIN own ON own.household = held.household AND (held.resident IS NULL OR own.resident = held.resident)
            JOIN low_kind ON low_kind.area = own.area AND low_kind.kind = held.kind
            WHERE coalesce(held.from_day, $as_of) <= $as_of AND $as_of <= coalesce(held.until_day, $as_of)
                AND (held.resident IS NULL OR held.resident IN (SELECT resident FROM living))
        )
        SELECT household, area, coalesce(members, 0) AS living,
            CASE WHEN low.household IS NULL THEN 'other' ELSE 'low_income' END AS population
        FROM (SELECT household, any_value(area) AS area FROM own GROUP BY household)
        LEFT JOIN (SELECT household, count(*) AS members FROM living GROUP BY household) USING (household)
        LEFT JOIN low USING (household)""",
        {"as_of": asked.as_of},
    )
    return areas


def _narrowed(asked: Asked) -> tuple[str, dict[str, object]]:
    if asked.household is not None:
        return "household = $household", {"household": asked.household}
    number, parts = asked.bucket
    return (
        "starts_with(area, $under) AND household % $parts = $number",
        {"under": asked.under, "parts": parts, "number": number},
    )


def _low_kinds(areas: Iterable[str], asked: Asked) -> Iterable[tuple[str, str]]:
    for area in areas:
        for item in asked.book.resolve("low_income_standings", area, asked.as_of).items:
            kinds = _MONITORED if item["code"] == "monitored" else (item["code"],)
            for kind in kinds:
                yield area, kind

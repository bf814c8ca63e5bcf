"""The rows of departments that a comparison looks at: of each dataset one table, read once for all its standards.

`rows_DATASET` has the rows of the archive about people of the households asked about, each with the household in which
its person lives now (`now_household`, `now_resident`) and the one of the day of the row (`then_household`); only what
standards look at. Where a row stands in its file and whom it names is read again of those that matter (`Feeds.origin`).
`cover_DATASET` says of each village which is the newest list (`newest`) and which the one before (`before`).
"""

import datetime
from collections.abc import Iterable, Sequence

from foundation.tables.duck import Tables
from monitoring.comparison.asked import Asked
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Kind
from monitoring.intake import archive
from monitoring.models import Batch, Dataset
from monitoring.screening.standard import DEATHS, Standard


def named(header: str) -> str:
    """Return a header as a name of SQL."""
    return '"' + header.replace('"', '""') + '"'


def day_of(contract: Contract) -> str:
    """Return the expression of the day of a row: of its own column, else the last day of its period."""
    return named(contract.day) if contract.day else "period_last"


def batches_of(dataset: Dataset, asked: Asked) -> list[Batch]:
    """Return the batches that count, whoever delivered them: people are known to the offices of other counties too."""
    if asked.known_at is None:
        return list(archive.in_force(dataset))
    return list(archive.known_at(dataset, asked.known_at))


def deaths(tables: Tables, asked: Asked) -> list[str]:
    """Read the datasets that say who died, and return a query of (subject, day) for each."""
    queries = []
    for code, told in DEATHS.items():
        dataset = Dataset.objects.get(pk=code)
        view = archive.effective(
            tables,
            dataset,
            batches_of(dataset, asked),
            name=f"said_{code}",
            as_of=asked.as_of,
            subjects=_only(asked),
        )
        only = f" WHERE {named(told[0])} = '{told[1]}'" if told else ""
        queries.append(
            f"SELECT subject, {day_of(dataset.contract)} AS day FROM {view}{only}"  # noqa: S608
        )
    return queries


class Feeds:
    """The datasets that were read; `batch` has the digests of their batches by delivery."""

    def __init__(self) -> None:
        """Begin without any."""
        self.contracts: dict[str, str] = {}
        self._read: dict[str, str] = {}

    def need(self, tables: Tables, code: str, standards: Sequence[Standard], asked: Asked) -> None:
        """Make the tables of a dataset for all of `standards`, once."""
        if code in self._read:
            return
        dataset = Dataset.objects.get(pk=code)
        contract, batches = dataset.contract, batches_of(dataset, asked)
        if contract.kind is Kind.ROLL:
            batches = _cover(tables, code, batches, asked.as_of)
        view = archive.effective(
            tables, dataset, batches, name=f"feed_{code}", as_of=asked.as_of, subjects=_only(asked)
        )
        is_list = contract.kind is Kind.ROLL
        headers = {"row_key", "period_last"} if is_list else set()
        headers |= _headers(standards, contract)
        columns = "".join(f", feed.{named(each)}" for each in sorted(headers))
        tables.run(
            f"""CREATE TABLE rows_{code} AS
            SELECT feed.delivery, feed.seq, feed.receipt, {"feed.area AS from_area, " if is_list else ""}
                feed.{day_of(contract)} AS day,
                who.born_on, who.died_on, who.now_household, who.now_resident,
                coalesce(who.settled_in, moved.household) AS then_household{columns}
            FROM {view} AS feed JOIN who ON who.subject = feed.subject
            LEFT JOIN moved ON moved.subject = feed.subject
                AND moved.since_on <= feed.{day_of(contract)} AND feed.{day_of(contract)} < moved.until_on
            WHERE feed.{day_of(contract)} <= $as_of""",  # noqa: S608  (headers of the contract, quoted)
            {"as_of": asked.as_of},
        )
        _remember(tables, batches)
        self.contracts[code] = contract.digest
        # Rows that count are looked up here: whether another takes their place was asked before.
        self._read[code] = f"""SELECT delivery, seq, line, coalesce(sheet, '') AS sheet, subject,
            {named(contract.subject_name)} AS said_name FROM {view}_all"""  # noqa: S608  (a header of the contract, quoted)

    def origin(self, code: str) -> str:
        """Return the query of where the rows of a dataset stand and whom they name, by delivery and seq."""
        return self._read[code]


def _remember(tables: Tables, batches: Sequence[Batch]) -> None:
    """Put the digests of batches into `batch`."""
    tables.run("CREATE TABLE IF NOT EXISTS batch (delivery BIGINT, digest VARCHAR)")
    tables.run(
        "INSERT INTO batch SELECT unnest($deliveries::BIGINT[]), unnest($digests::VARCHAR[])",
        {"deliveries": [each.delivery_id for each in batches], "digests": [each.digest for each in batches]},
    )


def _only(asked: Asked) -> str:
    """Return the table of the few people whose rows are worth putting in order; "" where it is a whole county."""
    return "own" if asked.household is not None else ""


def _headers(standards: Iterable[Standard], contract: Contract) -> set[str]:
    """Return the columns that standards measure or look at in a dataset."""
    wanted: set[str] = set()
    for each in standards:
        measure = each.measure
        if measure.dataset == contract.code:
            conditions = (*measure.where, *measure.holds, *measure.at_once)
            wanted |= {measure.column, measure.fell_from, *measure.less, *(one.column for one in conditions)}
    return {header for header in wanted if header and header != contract.subject}


def _cover(tables: Tables, code: str, batches: list[Batch], as_of: datetime.date) -> list[Batch]:
    """Make `cover_CODE` and `list_CODE`, the lists themselves; return the batches of the lists that are looked at."""
    lists = [batch for batch in batches if batch.delivery.period_last <= as_of]
    tables.load(
        f"list_{code}",
        {"delivery": "BIGINT", "from_area": "VARCHAR", "last": "DATE"},
        ((each.delivery_id, each.delivery.area_id, each.delivery.period_last.isoformat()) for each in lists),
    )
    tables.run(
        f"""CREATE TABLE cover_{code} AS SELECT area, ends[1] AS newest, ends[2] AS before FROM (
            SELECT home.area, list_reverse_sort(list(DISTINCT last)) AS ends
            FROM (SELECT DISTINCT area FROM home) AS home
            JOIN list_{code} ON starts_with(home.area, from_area) GROUP BY home.area
        )"""  # noqa: S608  (a code of a dataset)
    )
    looked_at = f"SELECT newest FROM cover_{code} UNION SELECT before FROM cover_{code}"  # noqa: S608
    ends = {end for (end,) in tables.rows(looked_at)}
    return [batch for batch in lists if batch.delivery.period_last in ends]

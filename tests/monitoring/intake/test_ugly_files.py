"""Every ugly file, delivered: the counts are exact, the rejected rows named by line and reason, the values right."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.test import override_settings

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.tables.duck import quoted
from households.identity.keeping import subject_of
from monitoring.contracts.book import contract
from monitoring.contracts.contract import Column
from monitoring.contracts.terms import CellType
from monitoring.intake import archive, rejects
from monitoring.intake.batches import archived_name
from monitoring.models import Delivery
from tests.monitoring.intake.files import handed_in, take
from tests.monitoring.ugly_files import Ugly, ugly_files

FILES = ugly_files()
COUNTS = ("rows_read", "rows_accepted", "rows_rejected", "rejects", "corrections", "columns_dropped")


@pytest.mark.parametrize("name", FILES)
def test_an_ugly_file_becomes_exactly_what_it_must(name: str, xian: User) -> None:
    ugly = FILES[name]
    with override_settings(SHOUWANG_TODAY=str(ugly.told["received_on"])), ugly.path.open("rb") as file:
        handed = handed_in(
            xian, dataset=ugly.told["dataset"], period=ugly.told["period"], file=file, name=ugly.path.name
        )
        if ugly.refused:
            with pytest.raises(Refused) as refused:
                take(handed.delivery, by=xian)
            assert refused.value.sentence
            return
        done = take(handed.delivery, by=xian)
        assert {count: getattr(done, count) for count in COUNTS} == {each: ugly.told[each] for each in COUNTS}
        assert _rejected(done, xian) == ugly.rejected()
    assert done.rows_read == done.rows_accepted + done.rows_rejected
    _check_values(done, ugly)


def _rejected(done: Delivery, by: User) -> dict[tuple[str, int], list[str]]:
    rows = rejects.rows(done, by=by)
    return {
        (row.sheet, row.line): sorted({str(reason.value) for _column, reason in row.faults}) for row in rows
    }


def _check_values(done: Delivery, ugly: Ugly) -> None:
    """Hold the archived values against those that the expectation names."""
    for told in ugly.told.get("accepted", ()):
        values = _expected(done, told["values"])
        named = ", ".join(f'"{column}"' for column in values)
        with archive.opened() as tables:
            path = quoted(archive.store().local(done.batch.digest))
            (found,) = tables.all(
                f"SELECT {named} FROM read_parquet({path}) WHERE line = $line AND coalesce(sheet, '') = $sheet",
                {"line": told["line"], "sheet": told.get("sheet", "")},
            )
        assert dict(zip(values, found, strict=True)) == values


def _expected(done: Delivery, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the archive has them: subjects for numbers, exact sums."""
    declared = contract(done.dataset_id)
    columns = {header: declared.by_header[header] for header in told}
    return {
        archived_name(declared, columns[header]): _stored(columns[header], told[header]) for header in told
    }


def _stored(column: Column, value: Any) -> Any:
    if column.type is CellType.ID_NUMBER:
        return subject_of("id", value)
    return Decimal(value) if column.type is CellType.MONEY else value

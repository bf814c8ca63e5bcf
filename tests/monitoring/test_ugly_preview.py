"""What a preview says of every ugly file is what its delivery will say, row by row."""

from typing import Any, BinaryIO

import pytest
from django.test import override_settings

from foundation.accounts.refusals import Refused
from monitoring.intake.previewing import preview
from monitoring.models import Dataset
from tests.monitoring.ugly_files import Ugly, ugly_files

FILES = ugly_files()
#: Reasons that only the whole file can tell.
_OF_THE_FILE = "duplicate_row"


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("name", FILES)
def test_a_preview_tells_every_row(name: str) -> None:
    ugly = FILES[name]
    with override_settings(SHOUWANG_TODAY=str(ugly.told["received_on"])), ugly.path.open("rb") as file:
        dataset = Dataset(code=ugly.told["dataset"])
        if ugly.refused:
            assert _cannot_be_delivered(file, dataset, ugly.told["period"])
            return
        look = preview(file, dataset, period=ugly.told["period"], rows=1000)
    assert look.complete
    assert {(row.sheet, row.line): sorted(row.reasons) for row in look.rows if row.reasons} == _expected(ugly)
    assert len(look.rows) == ugly.told["rows_read"]
    assert [each.header for each in look.headers if not each.column] == ugly.told["columns_dropped"]


def _cannot_be_delivered(file: BinaryIO, dataset: Dataset, period: str) -> bool:
    """Say whether a preview refuses the file, or asks what its missing columns are called."""
    try:
        return not preview(file, dataset, period=period).complete
    except Refused as refused:
        return bool(refused.sentence)


def _expected(ugly: Ugly) -> dict[tuple[str, int], Any]:
    seen = {place: [r for r in reasons if r != _OF_THE_FILE] for place, reasons in ugly.rejected().items()}
    return {place: reasons for place, reasons in seen.items() if reasons}

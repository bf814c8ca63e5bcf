"""Every standard has a file of cases: dated sentences at the boundary, held against the oracle."""

from decimal import Decimal

import pytest

from monitoring.screening.book import standard, standards
from tests.monitoring.standards.cases import FOLDER, Case, read_cases
from tests.monitoring.standards.law import ShippedLaw
from tests.monitoring.standards.oracle import Oracle

CASES = [case for path in sorted(FOLDER.glob("*.toml")) for case in read_cases(path)]


def test_every_standard_has_its_cases() -> None:
    told = {case.standard for case in CASES}
    assert told == set(standards())
    for code in told:
        fires = {case.told.get("fires", "silent" not in case.told) for case in CASES if case.standard == code}
        assert fires == {True, False}, f"{code}: cases that fire and cases that do not"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_case(case: Case) -> None:
    asked, told = standard(case.standard), case.told
    world = case.world(asked.measure.dataset)
    answer = Oracle(world, case.on, ShippedLaw(told.get("line", []))).ask(asked, case.area)
    assert answer.silent is told.get("silent", False)
    assert answer.subjects >= len(answer.findings)
    assert answer.subjects == told.get("subjects", answer.subjects)
    if not told.get("fires", not answer.silent):
        assert not answer.findings
        return
    (found,) = answer.findings
    assert found.person == told.get("about", "" if asked.about == "household" else "甲")
    assert found.measured == Decimal(told.get("measured", found.measured))
    assert found.line.amount == Decimal(told.get("amount", found.line.amount))
    assert len(found.rows) == told.get("found", len(found.rows))
    assert found.day == told.get("day", found.day)

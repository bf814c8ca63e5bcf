"""Every case of every standard, asked of the engine: it says what the oracle says, row by row."""

import pytest

from foundation.accounts.models import User
from monitoring.screening.book import standard
from tests.monitoring.comparison.agreeing import both
from tests.monitoring.standards.cases import FOLDER, Case, read_cases
from tests.monitoring.standards.law import ShippedLaw

CASES = [case for path in sorted(FOLDER.glob("*.toml")) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_the_engine_says_what_the_oracle_says(case: Case, db: None) -> None:
    asked = standard(case.standard)
    world, law = case.world(asked.measure.dataset), ShippedLaw(case.told.get("line", []))
    by = User.objects.built_in("shell")
    engine, oracle = both(world, case.on, [asked], law, case.area, by=by)[asked.code]
    assert engine == oracle

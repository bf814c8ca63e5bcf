"""Ask for a standard: `standard("dibao_left")`. The shipped declarations are read once per process."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from monitoring.contracts.book import contracts
from monitoring.screening.checks import check_contracts
from monitoring.screening.files import read_folder
from monitoring.screening.standard import Standard


@cache
def standards() -> Mapping[str, Standard]:
    """Return every shipped standard by its code."""
    found = read_folder()
    check_contracts(found, contracts())
    return MappingProxyType(found)


def standard(code: str) -> Standard:
    """Return one standard; KeyError where no file has this name."""
    return standards()[code]


def standards_of(dataset: str) -> tuple[Standard, ...]:
    """Return the standards that a dataset feeds, those that measure it first."""
    fed = [each for each in standards().values() if dataset in each.datasets]
    return tuple(sorted(fed, key=lambda each: (each.datasets[0] != dataset, each.code)))

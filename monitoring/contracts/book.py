"""Ask for a contract: `contract("dibao_roll")`. The shipped declarations are read once per process."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from monitoring.contracts.contract import Contract
from monitoring.contracts.files import read_folder


@cache
def contracts() -> Mapping[str, Contract]:
    """Return every shipped contract by its code."""
    return MappingProxyType(read_folder())


def contract(code: str) -> Contract:
    """Return one contract; KeyError where no file has this name."""
    return contracts()[code]

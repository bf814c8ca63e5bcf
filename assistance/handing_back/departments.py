"""Which departments of a county get the list of a month, and how much of a person each of them needs.

Who delivers rows about persons finds them again by name and number; who delivers rows about dwellings or fields knows
heads of households alone, and gets no other member. What is only asked under an authorised check of one household
needs no list at all.
"""

from dataclasses import dataclass

from assistance.checks.reading import connected
from foundation.accounts import clock
from foundation.accounts.models import Department
from monitoring.contracts.book import contracts


@dataclass(frozen=True, slots=True)
class Recipient:
    """A department that gets the list: for which datasets of its own, and whether of heads alone."""

    department: Department
    datasets: tuple[str, ...]
    heads_only: bool


def recipients(county: str) -> dict[str, Recipient]:
    """Return by code the departments of whose regular datasets something was delivered that covers a county."""
    regular = {code: each for code, each in contracts().items() if not each.on_query}
    found: dict[str, Recipient] = {}
    for code, row in sorted(connected(list(regular), county, clock.today()).items()):
        before = found.get(row.department_id)
        found[row.department_id] = Recipient(
            row.department,
            (*(before.datasets if before else ()), row.name),
            regular[code].by_head and (before is None or before.heads_only),
        )
    return found

"""The areas of the demonstration: invented, under codes that no law has given to any place (datasets.md 6)."""

import csv
from pathlib import Path

#: Code and name of every invented area, one a row, under a line that says so.
FILE = Path(__file__).parent / "areas.csv"
PROVINCE, CITY = "99", "9999"
COUNTY, NEIGHBOUR_COUNTY = "999901", "999902"
TOWNSHIP, VILLAGE = "999901001", "999901001001"


def codes(level: int, county: str) -> list[str]:
    """Return the codes of a county's townships (9 digits) or villages (12), in order."""
    return [code for code in names() if len(code) == level and code.startswith(county)]


def names() -> dict[str, str]:
    """Return the name of every invented area by its code, in the order of the codes."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return dict(list(csv.reader(file))[2:])

"""Many numbers in few characters: what an entry of the record has room for."""

from collections.abc import Iterable


def spans(numbers: Iterable[int]) -> str:
    """Return numbers as short spans, such as 3-7,9."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in found)

"""Checks that need all files at once: expressions name known subjects, units agree, nobody goes in circles."""

from collections.abc import Iterable, Mapping

from foundation.regulations.contents import FileError
from foundation.regulations.expressions import ExpressionError, check_units, references
from foundation.regulations.files import SubjectFile
from foundation.regulations.units import Unit


def check_expressions(files: Mapping[str, SubjectFile]) -> None:
    """Raise FileError for the first expression that cannot be worked out, whatever the day and the area."""
    units = {key: read.unit for key, read in files.items()}
    for read in files.values():
        for number, value in enumerate(read.values, start=1):
            if value["expression"]:
                try:
                    check_units(value["expression"], Unit(value["unit"]), units)
                except ExpressionError as wrong:
                    raise FileError(read.name, f"[[value]] {number} expression", str(wrong)) from wrong
    circle = find_circle(
        {
            key: {name for value in read.values if value["expression"] for name in bases(value["expression"])}
            for key, read in files.items()
        }
    )
    if circle:
        raise FileError(files[circle[0]].name, "expression", f"goes in a circle: {' → '.join(circle)}")


def bases(expression: str) -> frozenset[str]:
    """Return the subjects whose value of the same day an expression needs; last year's make no circle."""
    return frozenset(each.name for each in references(expression) if not each.last_year)


def find_circle(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the subjects of one circle of dependence, closed (a → b → a), or an empty list."""
    done: set[str] = set()

    def walk(key: str, way: list[str]) -> list[str]:
        if key in way:
            return [*way[way.index(key) :], key]
        if key in done:
            return []
        for base in sorted(needs.get(key, ())):
            if circle := walk(base, [*way, key]):
                return circle
        done.add(key)
        return []

    for key in sorted(needs):
        if circle := walk(key, []):
            return circle
    return []

"""What a changed base would change: the sums that come out differently, before anybody decides."""

from dataclasses import dataclass

from foundation.regulations.book import Book, Resolved
from foundation.regulations.models import Value


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would differ, where and for whom, before and after."""

    area: str
    population: str
    before: Resolved
    after: Resolved


def what_would_change(book: Book, new: Value) -> list[Change]:
    """Return every answer that differs on the first day of `new`, were it in force: itself, then its sums.

    Looked at are the area of `new` and every area below it that has a value of its own in one of the subjects.
    """
    after = book.with_value(new)
    keys = [new.subject_id, *sorted(after.dependants(new.subject_id) - {new.subject_id})]
    concerned = {
        (row.area, row.population)
        for row in after.values()
        if row.subject_id in keys and row.area.startswith(new.area)
    } | {(new.area, new.population)}
    changes = []
    for key in keys:
        for area, population in sorted(concerned):
            was = book.resolve(key, area, new.from_day, population)
            now = after.resolve(key, area, new.from_day, population)
            if _says(was) != _says(now):
                changes.append(Change(area, population, was, now))
    return changes


def _says(answer: Resolved) -> tuple[object, ...]:
    items = tuple(tuple(sorted(item.items())) for item in answer.items)
    return answer.silent, answer.amount, answer.unit, answer.comparator, answer.text, items

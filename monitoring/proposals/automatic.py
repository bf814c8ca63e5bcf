"""Take what an area lets be taken by itself: field by field, as its values say. By default nothing is."""

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.regulations import lookup
from foundation.regulations.book import Book
from foundation.workflow.move import Result
from monitoring.contracts.terms import Field
from monitoring.models import RegisterProposal
from monitoring.proposals.deciding import take_many

#: Who comes and goes is never taken by itself.
FIELDS = tuple(field for field in Field if field is not Field.MEMBERSHIP)


def subject_of(field: str) -> str:
    """Return the key of the area value that says whether a field is taken by itself."""
    return f"feed_takes_{field.partition('.')[2]}"


def taken_in(area: str) -> frozenset[str]:
    """Return the fields that are taken by themselves in an area today."""
    return _taken(lookup.book(), area)


def waiting(dataset: str, area: str, *, after: int, most: int) -> tuple[list[RegisterProposal], int]:
    """Return the next proposals of a dataset under an area that the platform may take, and the last key looked at.

    That key is 0 where nothing is left; call again after it otherwise, for some of the rows looked at may wait for
    people.
    """
    rows = (
        RegisterProposal.objects.waiting()
        .filter(dataset=dataset, area__code__startswith=area, for_person=False, pk__gt=after)
        .exclude(field=Field.MEMBERSHIP)
        .select_related("household", "resident__household", "delivery__dataset")
        .order_by("pk")
    )
    found = list(rows[:most])
    taken = {code: taken_in(code) for code in {row.area_id for row in found}}
    return [row for row in found if row.field in taken[row.area_id]], found[-1].pk if found else 0


def take_part(rows: list[RegisterProposal]) -> list[Result]:
    """Take some, as the platform; what the register knows newer or by hand waits for a person.

    The values that let it be are used from now on, and can never change.
    """
    results = take_many(rows, by=User.objects.built_in("system"))
    moved = {result.key for result in results if result.moved}
    book, today = lookup.book(), clock.today()
    said = {(row.field, row.area_id) for row in rows if row.pk in moved}
    lookup.mark_used(*(book.resolve(subject_of(field), area, today) for field, area in sorted(said)))
    return results


def _taken(book: Book, area: str) -> frozenset[str]:
    today = clock.today()
    return frozenset(
        field.value for field in FIELDS if book.resolve(subject_of(field.value), area, today).yes
    )

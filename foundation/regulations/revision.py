"""How a process knows that its cache is old: one random mark per table, read in one short query."""

import uuid

from foundation.regulations.models import Revision

VALUES, HOLIDAYS = "values", "holidays"


def current(name: str) -> uuid.UUID:
    """Return the mark of the table's present content."""
    mark = Revision.objects.filter(pk=name).values_list("mark", flat=True).first()
    return mark or uuid.UUID(int=0)


def hold(name: str) -> None:
    """Let one transaction at a time change the table: the others wait until it ends."""
    Revision.objects.get_or_create(pk=name)
    Revision.objects.select_for_update().get(pk=name)


def renew(name: str) -> None:
    """Say that the table changed; caches of other processes are old as soon as the transaction ends."""
    Revision.objects.update_or_create(pk=name, defaults={"mark": uuid.uuid4()})

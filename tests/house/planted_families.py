"""Family events that the walks look at: the departure that every planted household has, with a picture of its paper."""

from collections.abc import Iterator

from foundation.accounts.models import User
from households.models import LineageAct
from tests.house.planted_attachments import attached
from tests.house.things import Thing, of_the_place


def families(people: dict[str, User]) -> dict[str, list[Thing]]:
    """Return the events of the planted households, each with a paper; by kind of thing."""
    made: dict[str, list[Thing]] = {}
    for kind, thing in _events(people):
        made.setdefault(kind, []).append(thing)
    return made


def _events(people: dict[str, User]) -> Iterator[tuple[str, Thing]]:
    for act in LineageAct.objects.order_by("pk"):
        yield "family_event", Thing(act.pk, act.area_code)
        for thing in attached([act], of_the_place(act.area_code, people), "family_paper"):
            yield "family_paper", thing

"""The stories of the demonstration one by one: how each stands and what comes next in it, and put back to its day.

Every stage says of a household what it knows (composition DEMONSTRATION_STORIES, the lowest first), and puts back what
people did in it since the demonstration's first day, by the acts that undo it: nothing is deleted, and the record keeps
both (docs/decisions/0054-a-story-is-put-back.md).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.demo.stories import STORIES
from households.models import Household
from households.models.households import HEAD


@dataclass(frozen=True, slots=True)
class Line:
    """What one stage says of a household: its state, what is done next, by whom (login name), and where."""

    state: str
    next_act: str
    page: str
    username: str


@dataclass(slots=True)
class PutBack:
    """What was put back, and what could not be, in sentences; `afterwards` runs when the stage has written."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    afterwards: list[Callable[[], object]] = field(default_factory=list)


class StoryPart(Protocol):
    """What one stage has to do with the households of the stories."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Return what there is to say of a household today; empty where the stage knows nothing of it."""

    def put_back(self, home: Household, found: PutBack) -> None:
        """Undo what was done since the demonstration's first day; repeated, it finds nothing more to do."""


def reason() -> str:
    """Return what every act that puts a story back gives as its reason."""
    return _("Demonstration: the story goes back to its day.")


def tell(story: str) -> list[dict[str, Any]]:
    """Return for each household of a story who lives there, and what each stage says of it; ready for JSON."""
    return [_told(name, home) for name, home in _homes(story)]


def put_back(story: str, *, by: User) -> dict[str, Any]:
    """Put the households of a story back to their state of the demonstration's first day; returns what was done.

    The day itself stays. Refused for anybody but the platform, and outside a demonstration.
    """
    if not clock.is_demonstration():
        raise Refused(_("Stories are put back in a demonstration only."))
    if not by.is_built_in:
        raise Refused(_("The demonstration is put back by the platform itself: leave --as out."))
    found = PutBack()
    for _name, home in _homes(story):
        for part in _parts():
            _put_back(part, home, found)
    return {"done": found.done, "left": found.left}


def _put_back(part: StoryPart, home: Household, found: PutBack) -> None:
    """Let one stage put its part back, wholly or not at all, then its jobs; what it refuses is said."""
    here = PutBack()
    try:
        with transaction.atomic():
            part.put_back(home, here)
    except Refused as refused:
        here = PutBack(left=[f"{home.code}: {refused.sentence}"])
    for job in here.afterwards:
        job()
    found.done += here.done
    found.left += here.left


def names() -> list[str]:
    """Return what the stories are called, in their order."""
    return list(dict.fromkeys(story.story for story in STORIES))


def _homes(story: str) -> Iterator[tuple[str, Household]]:
    """Yield the households of a story with what it is called; S9 means all that begin so."""
    wanted = story.strip().casefold()
    found = {
        each.code: each.story
        for each in STORIES
        if wanted in (each.story.casefold(), each.story.casefold().rstrip("abc"))
    }
    if not found:
        known = ", ".join(names())
        raise Refused(
            _("There is no story %(story)s: choose one of %(all)s.") % {"story": story, "all": known}
        )
    homes = Household.objects.filter(code__in=found).select_related("area__parent").in_bulk(field_name="code")
    if not homes:
        raise Refused(_("The households of this story are not here: load the demonstration first."))
    yield from ((name, homes[code]) for code, name in found.items() if code in homes)


def _told(name: str, home: Household) -> dict[str, Any]:
    head = home.residents.filter(relation=HEAD).order_by("left_on").first()
    township = home.area.parent.name if home.area.parent else ""
    return {
        "story": name,
        "household": home.code,
        "head": head.name if head else "",
        "place": f"{township}{home.area.name}",
        "lines": [
            {"state": line.state, "next": line.next_act, "page": line.page, "who": line.username}
            for part in _parts()
            for line in part.lines(home)
        ],
    }


def _parts() -> Sequence[StoryPart]:
    return parts("DEMONSTRATION_STORIES")

"""The world that the scope walk looks at: everything of tests/people.py, each thing with a mark in its name.

A mark (雀001雀) stands in the name of one area or one person and nowhere else. Whoever finds it in an answer
has been shown that area or person. Who may be shown what is worked out here from the table of posts and the
table of roles alone, never by the code under test.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from foundation.accounts.models import Area, Kin, Posting, RoleLabel, StandIn, User
from foundation.accounts.roles import RULES, Right, Role
from foundation.desk.models import GrantProposal
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.models import LocalValue
from tests.people import COUNTY, NEIGHBOUR_COUNTY, OUTSIDERS, POSTS

ALL_POSTS = POSTS | OUTSIDERS
DAY = datetime.date(2026, 11, 4)
#: Rights that open a page on which members of staff are named as a matter of course.
NAMES_STAFF = frozenset({Right.VIEW_STAFF, Right.VIEW_LEDGER, Right.GRANT_POSTINGS, Right.MANAGE_ACCOUNTS})


@dataclass(frozen=True)
class Thing:
    """Something with a place of its own: an area, a person, a posting."""

    key: object
    area: str
    owner: str = ""

    def __str__(self) -> str:
        return f"{self.key} in {self.area}"


@dataclass
class World:
    """All things of the walk, by kind, and the marks planted in them."""

    things: dict[str, list[Thing]] = field(default_factory=dict)
    areas_marked: dict[str, str] = field(default_factory=dict)
    staff_marked: dict[str, str] = field(default_factory=dict)

    def leaks(self, text: str, viewer: str, right: Right | None, *, above: bool = False) -> Iterator[str]:
        """Name what `text` shows to `viewer` (on a page behind `right`) though it is not theirs to see.

        With `above`, people who work in an area above the viewer's own may be named.
        """
        for mark, code in self.areas_marked.items():
            if mark in text and not _may_read_area(viewer, code):
                yield f"area {code}"
        for mark, person in self.staff_marked.items():
            in_line = above and ALL_POSTS[viewer][1].startswith(ALL_POSTS[person][1])
            if (
                mark in text
                and person != viewer
                and not in_line
                and not _may_read_person(viewer, person, right)
            ):
                yield f"member of staff {person}"


def holds(viewer: str, right: Right) -> bool:
    """Say whether the one post of `viewer` carries `right`."""
    return right in RULES[ALL_POSTS[viewer][0]].rights


def reaches(viewer: str, right: Right, area: str) -> bool:
    """Say whether the post of `viewer` carries `right` into `area`."""
    return holds(viewer, right) and area.startswith(ALL_POSTS[viewer][1])


def _may_read_area(viewer: str, code: str) -> bool:
    """Areas under one's own; those above one's own by name, because every address names them."""
    return reaches(viewer, Right.VIEW_AREAS, code) or ALL_POSTS[viewer][1].startswith(code)


def _may_read_person(viewer: str, person: str, right: Right | None) -> bool:
    rights = NAMES_STAFF | ({right} if right else set())
    return any(reaches(viewer, each, ALL_POSTS[person][1]) for each in rights)


def planted(areas: dict[str, Area], people: dict[str, User]) -> World:
    """Mark everything, and add what the lists of the desk show: labels, stand-ins, kin, ledger entries."""
    world, number = World(), count(1)
    for code, area in areas.items():
        mark = f"雀{next(number):03d}雀"
        world.areas_marked[mark] = code
        area.name += mark
        area.save()
        RoleLabel.objects.create(area=area, role=Role.HELPER, label=f"联户{mark}", from_day=DAY)
        record(Act("area.renamed", "area", code, DAY, DAY, area=code, basis=mark), by=Actor("shell"))
    for username, person in people.items():
        mark = f"雀{next(number):03d}雀"
        world.staff_marked[mark] = username
        person.name += mark
        person.save()
        Kin.objects.create(user=person, household=mark, relation=Kin.Relation.OWN, declared_on=DAY)
    world.things = {
        "area": [Thing(code, code) for code in areas],
        "staff": [
            Thing(person.pk, ALL_POSTS[username][1], owner=username) for username, person in people.items()
        ],
        "posting": [
            Thing(posting.pk, posting.area_id, owner=posting.user.username)
            for posting in Posting.objects.select_related("user")
        ],
        "stand_in": list(_stand_ins(people)),
        "proposal": list(_proposals(areas, people)),
        "local_value": list(_local_values(areas, people)),
    }
    return world


def _local_values(areas: dict[str, Area], people: dict[str, User]) -> Iterator[Thing]:
    """Let each county propose a value of its own, for a reason that names the county."""
    for code, username in ((COUNTY, "xian"), (NEIGHBOUR_COUNTY, "lin_xian")):
        made = LocalValue.objects.create(
            subject_id="notice_days",
            area=areas[code],
            from_day=DAY,
            kind="amount",
            unit="days",
            amount=7,
            source_kind="document",
            source_title="通知",
            source_issuer=areas[code].name,
            source_issued="2026-10-20",
            why=areas[code].name,
            proposed_by=people[username],
            state="proposed",
        )
        yield Thing(made.pk, code, owner=username)


def _stand_ins(people: dict[str, User]) -> Iterator[Thing]:
    """Let each county have one stand-in running: the first secretary for the assistant, a clerk next door."""
    for absent, substitute in (("cun", "shuji"), ("lin_cun", "lin_zhen")):
        posting = people[absent].postings.get()
        made = StandIn.objects.create(
            posting=posting,
            substitute=people[substitute],
            from_day=DAY + datetime.timedelta(days=1),
            until_day=DAY + datetime.timedelta(days=20),
            reason="leave",
        )
        yield Thing(made.pk, posting.area_id, owner=absent)


def _proposals(areas: dict[str, Area], people: dict[str, User]) -> Iterator[Thing]:
    """Let a posting be proposed in every area, by the security administrator of its county."""
    for code, area in areas.items():
        near = code.startswith(NEIGHBOUR_COUNTY)
        made = GrantProposal.objects.create(
            user=people["lin_cun" if near else "cun"],
            role=Role.FIRST_SECRETARY,
            area=area,
            from_day=DAY,
            proposed_by=people["lin_anquan" if near else "anquan"],
            state="proposed",
        )
        yield Thing(made.pk, code)

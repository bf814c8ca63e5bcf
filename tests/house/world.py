"""The world that the scope walk looks at: everything of tests/people.py, each thing with a mark in its name.

A mark (雀001雀) stands in the name of one area or one person and nowhere else. Whoever finds it in an answer
has been shown that area or person. Who may be shown what is worked out here from the table of posts and the
table of roles alone, never by the code under test.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from django.utils import timezone

from foundation.accounts.models import Area, Kin, Posting, RoleLabel, StandIn, User
from foundation.accounts.roles import RULES, Level, Right, Role
from foundation.desk.models import GrantProposal
from foundation.inbox.kinds import kinds
from foundation.inbox.models import Notice
from foundation.jobs import spool
from foundation.jobs.models import Job, State
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.models import LocalValue
from households.corrections import correct
from households.models import Household, Resident
from households.openings import record_opening
from tests.house.planted_aid import given
from tests.house.planted_alerts import warned
from tests.house.planted_attachments import attachments
from tests.house.planted_cases import cased, exports
from tests.house.planted_checks import checked
from tests.house.planted_comparisons import compared
from tests.house.planted_decisions import decided
from tests.house.planted_disasters import struck
from tests.house.planted_families import families
from tests.house.planted_feeds import candidates, corrections, deliveries, handed_in, proposals
from tests.house.planted_findings import findings, outcomes, reminders, tunings
from tests.house.planted_grid import gridded
from tests.house.planted_help import helped as planned
from tests.house.planted_helpers import helped
from tests.house.planted_incomes import collected
from tests.house.planted_moves import moving, pairs
from tests.house.planted_notices import noticed
from tests.house.planted_register import in_register
from tests.house.planted_signatures import authorised
from tests.house.planted_tokens import own_tokens, tokens
from tests.house.planted_visits import photographed, visited
from tests.house.things import ALL_POSTS, DAY, Thing
from tests.households.departing import depart
from tests.households.families import SPOUSE, make_household
from tests.households.quality.made import doubted
from tests.people import NEIGHBOUR_COUNTY

#: A regulation value that areas may set for themselves.
SUBJECT = "notice_days"
#: Of every household; nobody has this number.
PHONE = "13800000000"
#: Datasets of two departments, each of which sees its own.
DATASETS = {"medical_settlement": "medical_insurance", "dibao_roll": "civil_affairs"}
#: Rights that open a page on which members of staff are named as a matter of course.
NAMES_STAFF = frozenset({Right.VIEW_STAFF, Right.VIEW_LEDGER, Right.GRANT_POSTINGS, Right.MANAGE_ACCOUNTS})


@dataclass
class World:
    """All things of the walk, by kind, and the marks planted in them."""

    things: dict[str, list[Thing]] = field(default_factory=dict)
    areas_marked: dict[str, str] = field(default_factory=dict)
    staff_marked: dict[str, str] = field(default_factory=dict)
    households_marked: dict[str, str] = field(default_factory=dict)

    def leaks(
        self, text: str, viewer: str, rights: tuple[Right, ...], *, above: bool = False, places: bool = False
    ) -> Iterator[str]:
        """Name what `text` shows to `viewer` (on a page behind `rights`) though it is not theirs to see.

        With `above`, people who work in an area above the viewer's own may be named; with `places`, any area.
        Nobody is shown a telephone in full by looking alone (safety.md L28).
        """
        if PHONE in text:
            yield "a telephone in full"
        for mark, code in self.areas_marked.items():
            if mark in text and not places and not _may_read_area(viewer, code):
                yield f"area {code}"
        for mark, code in self.households_marked.items():
            if mark in text and not reaches(viewer, Right.VIEW_HOUSEHOLDS, code):
                yield f"a household of {code}"
        for mark, person in self.staff_marked.items():
            in_line = above and ALL_POSTS[viewer][1].startswith(ALL_POSTS[person][1])
            if (
                mark in text
                and person != viewer
                and not in_line
                and not _may_read_person(viewer, person, rights)
            ):
                yield f"member of staff {person}"


def holds(viewer: str, right: Right) -> bool:
    """Say whether the one post of `viewer` carries `right`."""
    return right in RULES[ALL_POSTS[viewer][0]].rights


def reaches(viewer: str, right: Right, area: str) -> bool:
    """Say whether the post of `viewer` carries `right` into `area`."""
    return holds(viewer, right) and area.startswith(ALL_POSTS[viewer][1])


def of_their_department(viewer: str, thing: Thing) -> bool:
    """Say whether a thing that lies nowhere is the viewer's: who works for a department opens its things alone."""
    return not thing.department or ALL_POSTS[viewer][2] in (None, thing.department)


def _may_read_area(viewer: str, code: str) -> bool:
    """Areas under one's own; those above one's own by name, because every address names them."""
    return reaches(viewer, Right.VIEW_AREAS, code) or ALL_POSTS[viewer][1].startswith(code)


def _may_read_person(viewer: str, person: str, rights: tuple[Right, ...]) -> bool:
    return any(reaches(viewer, each, ALL_POSTS[person][1]) for each in NAMES_STAFF.union(rights))


def planted(areas: dict[str, Area], people: dict[str, User]) -> World:
    """Mark everything, and add what the lists show: labels, stand-ins, kin, jobs, notices, acts."""
    world, number = World(), count(1)
    _mark(areas, people, world, number)
    homes = list(_households(areas, people, world, number))
    world.things = {
        "area": [Thing(code, code) for code in areas],
        "village": [Thing(code, code) for code in areas if len(code) == Level.VILLAGE],
        "staff": [Thing(each.pk, ALL_POSTS[name][1], owner=name) for name, each in people.items()],
        "posting": [Thing(posting.pk, posting.area_id) for posting in Posting.objects.all()],
        "batch": [Thing(f"{code}-not_eligible", code) for code in areas if len(code) == Level.TOWNSHIP],
        "stand_in": list(_stand_ins(people)),
        **_of_people(people),
        "notice": list(_notices(people)),
        "proposal": list(_proposals(areas, people)),
        "job": list(_jobs(areas, people)),
        "attachment": list(attachments()),
        "local_value": list(_local_values(areas, people)),
        "subject": [Thing(SUBJECT, None)],
        "dataset": [Thing(code, None, department=department) for code, department in DATASETS.items()],
        "standard": [Thing("dibao_left", None), Thing("medical_single_stay", None)],
        "department": [Thing("medical_insurance", None)],
        "role_label": [Thing(label.pk, label.area_id) for label in RoleLabel.objects.all()],
        "entry": list(_entries({code: mark for mark, code in world.areas_marked.items()})),
        "household": [Thing(each.pk, each.area_id) for each in homes],
        "finding": [Thing(each.pk, each.area_id) for each in doubted(homes)],
        "resident": [Thing(row.pk, row.area_id) for row in Resident.objects.all()],
        "delivery": list(deliveries(people)),
        "handed_in": list(handed_in(people)),
        **(compared(people, homes) | gridded(people, homes)),
        "register_proposal": list(proposals(people, homes)),
        "row_candidate": list(candidates(homes)),
        "correction_task": list(corrections(people, homes)),
        "comparison_finding": list(findings(people, homes)),
        "row_outcome": list(outcomes(people)),
        "reminder": list(reminders()),
        "tuning_request": list(tunings(people)),
        **warned(people, homes),
        **cased(people, homes),
        **noticed(people),
        **(struck(people, homes) | helped(people, homes) | collected(people, homes)),
        **decided(people),
        "compared_export": list(exports(people, homes)),
        **authorised(homes),
        **(checked(people, homes) | planned(people, homes) | given(people, homes)),
        "visit": list(visited(people, homes)),
        "visit_photo": list(photographed()),
        **(in_register(people, homes) | moving(people, homes) | pairs(people, homes) | families(people)),
    }
    return world


def _mark(areas: dict[str, Area], people: dict[str, User], world: World, number: Iterator[int]) -> None:
    """Put a mark into the name of every area and every person, and into a label of each area."""
    for code, area in areas.items():
        mark = f"雀{next(number):03d}雀"
        world.areas_marked[mark] = code
        area.name += mark
        area.save()
        RoleLabel.objects.create(area=area, role=Role.HELPER, label=f"联户{mark}", from_day=DAY)
    for username, person in people.items():
        world.staff_marked[mark := f"雀{next(number):03d}雀"] = username
        person.name += mark
        person.save()


def _households(
    areas: dict[str, Area], people: dict[str, User], world: World, number: Iterator[int]
) -> Iterator[Household]:
    """Let a family live in every village, its names marked; the dispatcher of its county looked and corrected."""
    for code in (code for code, area in areas.items() if area.level == Level.VILLAGE):
        mark = f"雀{next(number):03d}雀"
        world.households_marked[mark] = code
        named = [f"{each}{mark}" for each in ("沈立夏", "柳霜降")]
        made = make_household(
            f"{mark}{len(world.households_marked)}", *named, area=code, by=people["xian"], phone=PHONE
        )
        looker = people["lin_xian" if code.startswith(NEIGHBOUR_COUNTY) else "xian"]
        record_opening(made, by=looker)
        correct(made, {"address": mark}, by=looker, checked_on=DAY, seen=made.revision_id)
        gone = made.residents.get(relation=SPOUSE)
        depart(gone, Resident.Departure.MOVED_OUT, DAY, by=looker, seen=gone.revision_id)
        yield made


def _stand_ins(people: dict[str, User]) -> Iterator[Thing]:
    """Let each county have one stand-in arranged for tomorrow, so that nobody's scope changes today."""
    for absent, substitute in (("cun", "shuji"), ("lin_cun", "lin_zhen")):
        posting = people[absent].postings.get()
        made = StandIn.objects.create(
            posting=posting,
            substitute=people[substitute],
            from_day=DAY + datetime.timedelta(days=1),
            until_day=DAY + datetime.timedelta(days=20),
            reason="leave",
        )
        yield Thing(made.pk, posting.area_id)


def _of_people(people: dict[str, User]) -> dict[str, list[Thing]]:
    """Plant what is somebody's own, and find their tokens once more as who manages their accounts finds them."""
    return {
        "kin": list(_kin(people)),
        "own_token": list(own_tokens(people)),
        "token": list(tokens(people)),
    }


def _kin(people: dict[str, User]) -> Iterator[Thing]:
    """Let everybody have declared their own household, under a number that only they may see."""
    for username, person in people.items():
        made = Kin.objects.create(
            user=person, household=person.name, relation=Kin.Relation.OWN, declared_on=DAY
        )
        yield Thing(made.pk, ALL_POSTS[username][1], owner=username)


def _notices(people: dict[str, User]) -> Iterator[Thing]:
    kind = next(iter(kinds()))
    for username, person in people.items():
        made = Notice.objects.create(recipient=person, kind=kind, place="/", day=DAY)
        yield Thing(made.pk, ALL_POSTS[username][1], owner=username)


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


def _local_values(areas: dict[str, Area], people: dict[str, User]) -> Iterator[Thing]:
    """Let a number of notice days be proposed in every area."""
    for code, area in areas.items():
        proposer = "lin_xian" if code.startswith(NEIGHBOUR_COUNTY) else "xian"
        made = LocalValue.objects.create(
            subject_id=SUBJECT,
            area=area,
            from_day=DAY,
            kind="amount",
            unit="days",
            amount=7,
            source_kind="document",
            proposed_by=people[proposer],
            state="proposed",
        )
        yield Thing(made.pk, code)


def _jobs(areas: dict[str, Area], people: dict[str, User]) -> Iterator[Thing]:
    """Let an import have been asked for in every area; who watches the installation there may see it."""
    for code in areas:
        asker = "lin_anquan" if code.startswith(NEIGHBOUR_COUNTY) else "xitong"
        made = Job.objects.create(
            kind="import_areas",
            asked_by=people[asker],
            area=code,
            state=State.FAILED,
            finished_at=timezone.now(),
            rejects=spool.keep([b"rows"]).name,
        )
        yield Thing(made.uuid, code, owner=asker, right=Right.VIEW_OPERATIONS)


def _entries(marks: dict[str, str]) -> Iterator[Thing]:
    for code, mark in marks.items():
        act = Act("area.renamed", "area", code, DAY, DAY, area=code, basis=mark)
        yield Thing(record(act, by=Actor("shell")).uuid, code)

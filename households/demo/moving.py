"""S11: a household moved to the neighbour county; proposed on 2 November, it waits for the receiving area."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY, NEIGHBOUR_COUNTY
from foundation.accounts.labels import role_labels
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Role
from foundation.desk.demo_parts import StoryLine
from households.demo.storytelling import Line, PutBack, reason
from households.models import Household, HouseholdMove
from households.moving import answering
from households.moving.proposing import Wanted, propose
from households.moving.tables import clock_words
from households.moving.telling import page_of

HOUSEHOLD, TO_VILLAGE = "YS000011", f"{NEIGHBOUR_COUNTY}001001"
MOVED_ON, PROPOSED_ON = datetime.date(2026, 10, 29), datetime.date(2026, 11, 2)
_DISPATCHER = "xian"


def home_of_story() -> Household | None:
    """Return the household of the story; None in a demonstration without it."""
    return Household.objects.select_related("area").filter(code=HOUSEHOLD).first()


def newest() -> HouseholdMove | None:
    """Return the newest move of the household."""
    rows = HouseholdMove.objects.of_households().filter(household__code=HOUSEHOLD)
    return (
        rows.select_related("household__area", "from_area", "to_area__parent__parent").order_by("-pk").first()
    )


def propose_move() -> HouseholdMove:
    """Propose the move, as the assistant of the village; the caller lives on its day."""
    home = home_of_story()
    if home is None:
        raise Refused(_("The household of this story is not here."))
    wanted = Wanted(
        Area.objects.get(pk=TO_VILLAGE), MOVED_ON, "户主在东山镇买房定居，全家户口已迁",
        "户口迁移证（2026年10月29日）", "", "东山村二组 18 号",
    )  # fmt: skip
    return propose(home, wanted, by=holder(Role.VILLAGE_ASSISTANT, home.area_id))


def holder(role: Role, area: str) -> User:
    """Return who holds a post on the day that is played, or who does its work one level up."""
    for code, which in ((area, role), (area[: Level.TOWNSHIP], Role.TOWNSHIP_VERIFIER)):
        found = (
            Posting.objects.in_force()
            .filter(role=which, area=code)
            .select_related("user")
            .order_by("pk")
            .first()
        )
        if found is not None:
            return found.user
    return User.objects.get(username=_DISPATCHER)


def stories() -> list[StoryLine]:
    """Return the sentence of the first page, while the move waits."""
    move = newest()
    if move is None or move.state != "proposed":
        return []
    told = {
        "head": next((each.name for each in move.household.residents.present().order_by("relation")), ""),
        "place": move.to_area.parent.parent.name
        if move.to_area.parent and move.to_area.parent.parent
        else "",
        "clock": clock_words(move),
    }
    sentence = _("%(head)s moved to %(place)s with a running loan: the move waits for acceptance, %(clock)s.")
    label = role_labels(move.from_area_id)[Role.COUNTY_DISPATCHER]
    return [StoryLine(sentence % told, page_of(move), _DISPATCHER, label)]


class MovePart:
    """The move's part in a story (households.demo.storytelling.StoryPart); before the register's own."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say where the newest move stands, and who answers it."""
        move = newest() if home.code == HOUSEHOLD else None
        if move is None:
            return []
        said = f"{move.state_label} {clock_words(move)}".strip()
        waits = move.state == "proposed"
        who = holder(Role.TOWNSHIP_VERIFIER, TO_VILLAGE[: Level.TOWNSHIP]).username if waits else _DISPATCHER
        act = str(move.lifecycle.find("accept").label) if waits else ""
        return [Line(_("move: %(state)s") % {"state": said}, act, page_of(move), who)]

    def put_back(self, home: Household, found: PutBack) -> None:
        """Move the household back where it was accepted since, and propose it anew where nothing waits."""
        move = newest() if home.code == HOUSEHOLD else None
        if move is None or move.state == "proposed":
            return
        told: list[str] = []
        if move.state == "accepted":
            by = holder(Role.TOWNSHIP_VERIFIER, move.to_area_id[: Level.TOWNSHIP])
            answering.undo(move, reason(), by=by)
            told.append(_("moved back"))
        home.refresh_from_db()
        if home.area_id.startswith(COUNTY) and not home.moves.of_households().waiting().exists():
            with transaction.atomic(), clock.at(PROPOSED_ON):
                propose_move()
            told.append(_("the move is proposed again"))
        found.done += [f"{home.code}: {each}" for each in told]


MOVES = MovePart()

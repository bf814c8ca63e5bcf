"""Visits that the walks look at: one to every household, by whoever works nearest to it."""

from collections.abc import Iterator
from typing import Any

from foundation.accounts.models import User
from foundation.files import stores
from foundation.files.content import JPEG
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment, StoredCopy
from households.models import Household, Questionnaire, Visit
from tests.house.things import ALL_POSTS, DAY, Thing
from tests.households.families import make_household

_VISITORS = ("cun", "zhen", "lin_cun", "xian")


def visited(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let every household have been visited by who has the smallest post there, who met its head."""
    for home in homes:
        near = [name for name in _VISITORS if home.area_id.startswith(ALL_POSTS[name][1])]
        made = visit_to(home, people[near[0]])
        made.met.set(home.residents.filter(relation="01"))
        yield Thing(made.pk, home.area_id)


def photographed() -> Iterator[Thing]:
    """Let every visit have a photo, attached by who made it."""
    for visit in Visit.objects.select_related("entered_by"):
        thumbnail = draft_of([b"thumbnail"])
        stores.store().put(thumbnail.path, thumbnail.key)
        made = Attachment.objects.create(
            owner_model="households.visit", owner_id=str(visit.pk), area=visit.area_id, kind="photo", name="yard.jpg",
            media_type=JPEG, size=9, sha256=thumbnail.sha256, uploaded_by=visit.entered_by, uploaded_on=DAY,
            retention_until=DAY,
        )  # fmt: skip
        StoredCopy.objects.create(
            attachment=made, uuid=thumbnail.uuid, use=StoredCopy.Use.THUMBNAIL, media_type=JPEG, size=thumbnail.size,
            sha256=thumbnail.sha256, key=thumbnail.key, sealed_size=thumbnail.sealed_size,
        )  # fmt: skip
        yield Thing(made.uuid, visit.area_id)


def a_visit(state: str, people: dict[str, User]) -> Visit:
    """Return a visit in a state, to a household of its own (for the walk of the lifecycles)."""
    number = Visit.objects.count()
    return visit_to(make_household(f"YS{number:06d}", by=people["xian"]), people["lin_cun"], state=state)


def visit_to(home: Household, by: User, **fields: Any) -> Visit:
    made: Visit = Visit.objects.create(
        household=home, area=home.area, happened_on=DAY, entered_on=DAY, entered_by=by, way="home", outcome="met",
        no_place="paper", questionnaire=Questionnaire.objects.get(code="call", version=1),
        answers={"found": "一切正常"}, digest="0" * 64, **{"state": "recorded"} | fields,
    )  # fmt: skip
    made.visitors.add(by)
    return made

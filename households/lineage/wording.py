"""Family events in words: what a plan says of people, and what an act did, as far as the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import pgettext

from foundation.accounts.models import User
from foundation.desk.punctuation import bracketed
from households.lineage.followers import Consequence
from households.lineage.plans import Plan
from households.models import Household, LineageAct, LineagePart, Resident
from households.words import Words


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A household of an event; without `url` the reader may not open it, or it is gone."""

    label: str
    code: str
    url: int | None


@dataclass(frozen=True, slots=True)
class ToldAct:
    """An event as pages show it: names of those people alone whose household the reader may see."""

    act: LineageAct
    label: str
    people: str
    parts: list[ToldPart]
    undone: bool


def sentences(plan: Plan) -> list[Consequence]:
    """Say who goes where, as the first part of a preview."""
    about, words = pgettext("lineage", "People"), Words()
    day = {"day": plan.on}
    told = []
    target = plan.founding.code if plan.founding else plan.other.code if plan.other else ""
    for going in plan.goings:
        named = day | {"name": going.resident.shown_name, "code": target}
        if target:
            as_what = words.word("relation", going.relation, plan.home.area_id)
            told.append(
                pgettext("lineage", "%(name)s is in household %(code)s from %(day)s on, as: %(relation)s.")
                % (named | {"relation": as_what})
            )
        elif plan.died:
            told.append(pgettext("lineage", "%(name)s died on %(day)s and stays in the register.") % named)
        else:
            told.append(
                pgettext("lineage", "%(name)s is no member from %(day)s on, and stays in the register.")
                % named
            )
    for resident, relation in plan.relations:
        told.append(
            pgettext("lineage", "%(name)s is from now on: %(relation)s.")
            % {
                "name": resident.shown_name,
                "relation": words.word("relation", relation, plan.home.area_id),
            }
        )
    if plan.newcomer is not None:
        told.append(
            pgettext("lineage", "%(name)s is a member from %(day)s on.")
            % (day | {"name": plan.newcomer.name})
        )
    found = [Consequence(about, sentence) for sentence in told]
    return found + list(_of_households(plan))


def _of_households(plan: Plan) -> Iterable[Consequence]:
    about = pgettext("lineage", "Households")
    if plan.founding is not None:
        yield Consequence(
            about,
            pgettext(
                "lineage",
                "Household %(code)s begins in the same village; telephone and dwelling are entered there afterwards.",
            )
            % {"code": plan.founding.code},
        )
    if plan.dissolves:
        yield Consequence(
            about,
            pgettext("lineage", "Household %(code)s is closed on %(day)s and stays in the history.")
            % {"code": plan.home.code, "day": plan.on},
            grave=True,
        )


def grouped(found: Iterable[Consequence]) -> list[tuple[str, list[Consequence]]]:
    """Return consequences under their headings, in the order in which the headings come first."""
    groups: dict[str, list[Consequence]] = {}
    for each in found:
        groups.setdefault(each.about, []).append(each)
    return list(groups.items())


def told_acts(acts: Iterable[LineageAct], user: User) -> list[ToldAct]:
    """Put events into words; a few queries whatever their number."""
    rows = list(acts)
    homes = {part.household_id for act in rows for part in act.parts.all() if part.household_id is not None}
    seen = set(Household.objects.visible_to(user).filter(pk__in=homes).values_list("pk", flat=True))
    return [_told(act, seen) for act in rows]


def _told(act: LineageAct, seen: set[int]) -> ToldAct:
    label = str(act.get_kind_display())
    if act.undoes is not None:
        label = label + bracketed(act.undoes.get_kind_display())
    return ToldAct(
        act,
        label=label,
        people="、".join(_names(act, seen)),
        parts=[_part(part, seen) for part in act.parts.all()],
        undone=act.is_undone,
    )


def _names(act: LineageAct, seen: set[int]) -> list[str]:
    named = []
    for person in act.people.all():
        rows: list[Resident] = [row for row in (person.resident, person.became) if row is not None]
        row = next((row for row in rows if row.household_id in seen), None)
        if row is not None and (not person.stayed or len(act.people.all()) == 1):
            named.append(row.shown_name)
    return named


def _part(part: LineagePart, seen: set[int]) -> ToldPart:
    visible = part.household_id in seen
    there = part.household_id is None
    code = part.code if visible or there else pgettext("lineage", "a household of another area")
    return ToldPart(str(part.get_role_display()), code, part.household_id if visible else None)


def acts_of(household: Household) -> QuerySet[LineageAct]:
    """Return the events of a household with what the pages tell of them, the newest first."""
    rows = LineageAct.objects.filter(parts__household=household)
    return rows.select_related("revision__by", "undoes", "undone_by").prefetch_related(
        "parts", "people__resident", "people__became"
    )

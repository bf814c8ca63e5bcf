"""Take a family event back: what it wrote becomes what it was, as an act of its own (inverse act)."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Actor
from households.corrections import begin_revision, may_correct, note, said
from households.followers import register_changed
from households.lineage.acting import enter
from households.lineage.changes import Change, bring_back, part_of_a_move, read, take_away
from households.lineage.checking import check_came_nowhere_later, check_heads, headless_of
from households.lineage.followers import unfollow
from households.models import (
    Household,
    HouseholdMove,
    LineageAct,
    LineagePart,
    LineagePerson,
    Resident,
    Revision,
)
from households.own_standings import reopen_own


def why_not(act: LineageAct, *, by_its_move: bool = False) -> str:
    """Say why an event cannot be taken back, or return "": what came later is taken back first.

    What was written by a move between two areas goes back with that move, by who accepted it (`by_its_move`).
    """
    if act.undoes_id is not None or act.kind == LineageAct.Kind.RETURNED:
        return pgettext("lineage", "What takes back is not taken back: enter the event again.")
    if act.is_undone:
        return pgettext("lineage", "This event has been taken back already.")
    if not by_its_move and (sentence := _by_a_move(act)):
        return sentence
    if move := waiting_on(act):
        return _waits(move, act)
    later = _later(act)
    if later is not None:
        return pgettext("lineage", "A later event stands on this one: first take back “%(kind)s” of %(day)s.") % {
            "kind": later.get_kind_display(), "day": later.revision.as_of,
        }  # fmt: skip
    homes = Household.objects.filter(pk__in=_made(act, "household")).order_by("pk")
    return next(filter(None, map(part_of_a_move, homes)), "")


@transaction.atomic
def undo(act: LineageAct, *, by: User, reason: str) -> LineageAct:
    """Take an event back with its reason; returns the act that did. Refused where something later stands on it."""
    if sentence := _by_a_move(act):
        raise Refused(sentence)  # before the rights: who lacks one side's is told who has both
    homes = _homes(act)
    actors = {home.pk: may_correct(home, by) for home in homes}
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    LineageAct.objects.select_for_update().get(pk=act.pk)
    if sentence := why_not(LineageAct.objects.select_related("revision").get(pk=act.pk)):
        raise Refused(sentence)
    made = _made(act, "household")
    stay = [home for home in homes if home.pk not in made]
    headless = headless_of(stay)
    home = next(home for home in stay if home.pk == act.home.household_id)
    back = _inverse(act, home, by, reason)
    unfollow(act, by=by)
    _go_back(act, back.revision, actors)
    check_heads(Household.objects.filter(pk__in=[each.pk for each in stay]), headless)
    enter(back, actors[home.pk], {"undoes": act.pk})
    register_changed(sorted({each.area_id for each in stay}), [each.pk for each in stay], by=by)
    return back


def _by_a_move(act: LineageAct) -> str:
    if not HouseholdMove.objects.filter(event=act.pk, state="accepted").exists():
        return ""
    return pgettext(
        "lineage",
        "Another area accepted this person: the move itself is taken back, by the area that accepted.",
    )


def waiting_on(act: LineageAct) -> HouseholdMove | None:
    """Return a move that waits and stands on what an event made: of who came or would be their heir, of the home."""
    people = _made(act, "resident")
    stands = Q(person__in=people) | Q(new_head__in=people) | Q(household__in=_made(act, "household"))
    return HouseholdMove.objects.waiting().filter(stands).select_related("to_area").first()


def last_of(resident: Resident) -> LineageAct | None:
    """Return the event by which somebody left their household, where one stands."""
    rows = LineageAct.objects.standing().filter(people__resident=resident, people__stayed=False)
    return rows.order_by("-pk").first()


def _inverse(act: LineageAct, home: Household, by: User, reason: str) -> LineageAct:
    """Make the act that takes another back, with the same households and people."""
    revision = begin_revision(home, by, clock.today(), reason, {}, Revision.Kind.REVERT)
    back: LineageAct = LineageAct.objects.create(
        kind=LineageAct.Kind.UNDONE, undoes=act, revision=revision, changes=[]
    )
    LineagePart.objects.bulk_create(
        LineagePart(act=back, household=part.household, code=part.code, role=part.role)
        for part in act.parts.all()
    )
    LineagePerson.objects.bulk_create(
        LineagePerson(act=back, resident=each.resident, became=each.became, stayed=each.stayed)
        for each in act.people.all()
    )
    return back


def _go_back(act: LineageAct, revision: Revision, actors: dict[int, Actor]) -> None:
    """Go through what was written, the last first: so no household has two heads at any moment."""
    written = act.revision_id
    for change in reversed(read(act.changes)):
        if change.did == "made":
            take_away(change, written)
        else:
            _restore(change, revision, actors)


def _restore(change: Change, revision: Revision, actors: dict[int, Actor]) -> None:
    row = bring_back(change, revision)
    if isinstance(row, Resident) and "left_on" in change.after:
        check_came_nowhere_later(row, Resident._meta.get_field("left_on").to_python(change.after["left_on"]))
    household = row.pk if isinstance(row, Household) else row.household_id
    actor = actors[household]
    verb = "household.corrected" if isinstance(row, Household) else "resident.corrected"
    if isinstance(row, Resident) and "left_on" in change.after:
        verb = "resident.returned"
    note(verb, row, revision, by=actor, before=None, fields=said(change.after))
    if isinstance(row, Resident) and "left_on" in change.after:
        left_on = Resident._meta.get_field("left_on").to_python(change.after["left_on"])
        reopen_own(row, left_on, revision, by=actor)


def _homes(act: LineageAct) -> list[Household]:
    keys = act.parts.filter(household__isnull=False).values_list("household", flat=True)
    return list(Household.objects.select_for_update(no_key=True).filter(pk__in=list(keys)).order_by("pk"))


def _made(act: LineageAct, row: str) -> list[int]:
    return [change.pk for change in read(act.changes) if (change.row, change.did) == (row, "made")]


def _waits(move: HouseholdMove, act: LineageAct) -> str:
    """Say who ends a move that waits; the row of a household that was to move stays even then (decision 0102)."""
    said = {"name": move.head, "place": move.to_area.name}
    if move.household_id in _made(act, "household"):
        return (
            pgettext(
                "lineage",
                "%(name)s is on the way to %(place)s: that move is taken back by who proposed it, or refused there. "
                "The new household was part of a move then and stays: enter the merge as an event of its own.",
            )
            % said
        )
    return (
        pgettext(
            "lineage",
            "%(name)s is on the way to %(place)s: first that move is taken back by who proposed it, or refused there.",
        )
        % said
    )


def _later(act: LineageAct) -> LineageAct | None:
    """Return a later event that stands on this one: of the same people, or in a household that it made or closed."""
    people = act.people.all()
    rows = {each.resident_id for each in people} | {each.became_id for each in people}
    keys = {key for key in rows if key is not None}
    same = Q(people__resident__in=keys) | Q(people__became__in=keys)
    made = _made(act, "household")
    closed = [change.pk for change in read(act.changes) if "dissolved_on" in change.after]
    same |= Q(parts__household__in=[*made, *closed])
    later = LineageAct.objects.standing().filter(same, pk__gt=act.pk).select_related("revision")
    return later.order_by("-pk").first()

"""One person goes to a household of another area (marriage, adoption, or otherwise), by the same hand-shake.

seen = foresee(asked, by=giver)                                  writes nothing
move = propose(asked, by=giver)                                  the giver answers for the person
accept(move, by=receiver, place=Place(household, "11"))          in households.moving.answering

Row, lifecycle, clock, notices and lists are those of households. What the acceptance writes is one family event
(households.lineage), with its followers; the way back takes that event back.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_name, masked_text
from households.lineage.acting import perform
from households.lineage.checking import check_leaves, check_successor, members_of
from households.lineage.followers import Consequence, foreseen
from households.lineage.planning import JOININGS, Told, plan_joining
from households.lineage.plans import Going, Plan
from households.lineage.undoing import undo as undo_event
from households.lineage.undoing import why_not
from households.lineage.wording import sentences
from households.models import Household, HouseholdMove, Resident
from households.models.households import HEAD
from households.moving import telling
from households.moving.deadlines import last_day
from households.moving.proposing import common_parent, may_propose
from households.moving.tables import place_words


@dataclass(frozen=True, slots=True)
class Asked:
    """Who goes, what happened (marriage, adoption, came) and when, to which village, why, by which document.

    `whither` says in words which household it is, as far as the giver knows; `new_head` follows a head whom others
    live with.
    """

    person: Resident
    kind: str
    to_area: Area
    happened_on: datetime.date
    why: str
    document: str
    whither: str = ""
    new_head: Resident | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the receiving area takes the person in: one of its households, and what they are to its head."""

    household: Household
    relation: str


def foresee(asked: Asked, *, by: User) -> tuple[HouseholdMove, list[Consequence]]:
    """Return what would be proposed and what would follow it; refused where `propose` would be. Writes nothing."""
    may_propose(asked.person.household, by)
    row = _row(asked, _checked(asked, by))
    return row, foretold(row, _imagined(row), by)


@transaction.atomic
def propose(asked: Asked, *, by: User) -> HouseholdMove:
    """Propose that a person goes to a household of another area; until it is accepted, nothing changes.

    Refused for one's own or kin's household, where `by` answers for both villages (then it is a family event at once),
    for who is no member, and while another move of the person or their household waits.
    """
    home = asked.person.household
    actor = may_propose(home, by)
    Household.objects.select_for_update(no_key=True).get(pk=home.pk)
    row = _row(asked, _checked(asked, by))
    row.counts_from, row.due_on = clock.today(), last_day(row.to_area_id, clock.today())
    try:
        with transaction.atomic():
            said = {"household": home.pk, "person": asked.person.pk, "to": row.to_area_id, "kind": row.kind}
            create(row, by=by, actor=actor, details=said)
    except IntegrityError as twice:
        raise Refused(_waits_already()) from twice
    telling.tell_proposed(row, by=by)
    return row


def planned(row: HouseholdMove, place: Place, *, by: User) -> Plan:
    """Plan the family event of an acceptance, or refuse it; its day is the day of the acceptance, today."""
    if place.household.area_id != row.to_area_id:
        raise Refused(
            _("Choose a household of %(village)s; into another village it is proposed anew.")
            % {"village": row.to_area.name},
            field="into",
        )
    if rule := recused(by, place.household.recusal_keys):
        raise Refused(rule, field="into")
    _check_stands(row)
    # Neither side corrects the other's register: the platform writes for both, on their two words.
    system = User.objects.built_in("system")
    try:
        return plan_joining(
            _fresh(row), place.household, row.kind, place.relation, _told(row), by=system,
            new_head=row.new_head,
        )  # fmt: skip
    except Refused as refused:
        field = "into" if refused.field == "other" else refused.field
        raise Refused(refused.sentence, field=field) from refused


def go(row: HouseholdMove, verb: str, reason: str, place: Place | None, *, by: User) -> HouseholdMove:
    """Let the person go, in the caller's transaction: the answer, and one family event with all that follows it."""
    if place is None:
        raise Refused(_("Choose the household that the person joins."), field="into")
    by.authority(row.lifecycle.find(verb).right, row.area_code)
    plan, today = planned(row, place, by=by), clock.today()
    writes = {
        "answered_on": today, "effective_on": today, "into": place.household.pk, "relation": place.relation,
    }  # fmt: skip
    move(row, Request(verb, reason=reason, writes=writes), by=by)
    row.event = perform(plan, by=User.objects.built_in("system"))
    HouseholdMove.objects.filter(pk=row.pk).update(event=row.event)
    telling.tell_arrived(row, by=by)
    return row


def go_back(row: HouseholdMove, reason: str, *, by: User) -> HouseholdMove:
    """Take an accepted move of a person back: the inverse of its family event; refused where something stands on it."""
    by.authority(Right.ANSWER_MOVES, row.to_area_id)
    if said := _carried_on(row):
        raise Refused(said)
    move(row, Request("undo", reason=reason, writes={"undone_on": clock.today()}), by=by)
    if row.event is not None:
        undo_event(row.event, by=User.objects.built_in("system"), reason=masked_text(reason.strip())[:200])
    telling.tell_undone(row, by=by)
    return row


def hinders(row: HouseholdMove) -> list[str]:
    """Say why a move that waits could not be accepted, or why one that was made cannot go back by itself."""
    if row.state == "accepted":
        # That it came by this move is no hindrance here: it is taken back with it.
        said = _carried_on(row) or (why_not(row.event, by_its_move=True) if row.event is not None else "")
        return [said] if said else []
    try:
        _check_stands(row)
    except Refused as refused:
        return [refused.sentence]
    return []


def follows(row: HouseholdMove, user: User) -> list[Consequence]:
    """Say what follows the acceptance, before the receiving area named a household."""
    return foretold(row, _imagined(row), user)


def foretold(row: HouseholdMove, plan: Plan, user: User) -> list[Consequence]:
    """Say what a plan writes and lets follow; whoever may not see the household that is left reads no name of it."""
    if plan.other is not None and plan.other.pk:
        told = [*sentences(plan), *foreseen(plan, user)]
    else:
        about = pgettext("lineage", "People")
        goes = _("%(name)s goes to a household in %(place)s; that area says which one when it accepts.")
        said = goes % {"name": plan.goings[0].resident.shown_name, "place": place_words(row.to_area)}
        told = [Consequence(about, said), *sentences(replace(plan, goings=())), *foreseen(plan, user)]
    if Household.objects.visible_to(user).filter(pk=row.household_id).exists():
        return told
    return list(_masked(told, row.household))


def _masked(told: Iterable[Consequence], home: Household) -> Iterable[Consequence]:
    """Mask who lives or lived in a household, and its number, in sentences for another area."""
    hidden = {each.shown_name: masked_name(each.shown_name) for each in home.residents.all()}
    hidden[home.code] = pgettext("move", "that is left")
    # Longest first: a name may begin another one.
    for each in told:
        sentence = each.sentence
        for open_word in sorted(hidden, key=len, reverse=True):
            sentence = sentence.replace(open_word, hidden[open_word])
        yield replace(each, sentence=sentence)


def _checked(asked: Asked, by: User) -> Household:
    """Return the household that is left, or refuse what cannot be proposed."""
    home: Household = Household.objects.select_related("area").get(pk=asked.person.household_id)
    to = asked.to_area
    if to.level != Level.VILLAGE or to.retired_on is not None:
        raise Refused(_("Choose the village of the household that the person joins."), field="to_area")
    if by.holds(Right.EDIT_HOUSEHOLDS, to.code):
        raise Refused(
            _("You answer for both villages: enter it as a family event between the two households."),
            field="to_area",
        )
    if asked.kind not in JOININGS:
        raise Refused(_("Choose what happened."), field="kind")
    if not asked.why.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="why")
    if not asked.document.strip():
        raise Refused(_("Say which paper was seen, or who said so."), field="document")
    on = clock.happened(asked.happened_on, reason=asked.why)
    check_leaves(asked.person, on)
    check_successor([asked.person], asked.new_head, members_of(home))
    rows = HouseholdMove.objects.waiting().filter(household=home)
    if rows.filter(person=asked.person).exists() or rows.of_households().exists():
        raise Refused(_waits_already())
    return home


def _check_stands(row: HouseholdMove) -> None:
    """Refuse where the household moved, the village was retired, or the person left since it was proposed."""
    home, person = row.household, _fresh(row)
    if home.area_id != row.from_area_id:
        raise Refused(_("The household belongs to another village meanwhile: propose the move anew."))
    if row.to_area.retired_on is not None:
        raise Refused(
            _("The village was retired meanwhile: propose the move into the one that took its place.")
        )
    check_leaves(person, clock.today())
    check_successor([person], row.new_head, members_of(home))


def _carried_on(row: HouseholdMove) -> str:
    """Say that a third area answers for one of the two households by now: nobody writes there on two others' word."""
    into = row.into
    if row.household.area_id == row.from_area_id and (into is None or into.area_id == row.to_area_id):
        return ""
    return _(
        "One of the two households belongs to another village meanwhile: propose a move that leads the person back."
    )


def _row(asked: Asked, home: Household) -> HouseholdMove:
    return HouseholdMove(
        household=home, person=asked.person, kind=asked.kind, new_head=asked.new_head, from_area=home.area,
        to_area=asked.to_area, parent_area=common_parent(home.area_id, asked.to_area.code),
        head=masked_name(asked.person.shown_name)[:60], persons=1, moved_on=asked.happened_on,
        why=masked_text(asked.why.strip())[:200], document=masked_text(asked.document.strip())[:100],
        to_address=masked_text(asked.whither.strip())[:200], proposed_on=clock.today(),
    )  # fmt: skip


def _imagined(row: HouseholdMove) -> Plan:
    """Return the plan as far as the giver's side is known: the household that is joined is none of the register."""
    home, person = row.household, _fresh(row)
    there = Household(pk=0, code="", area=row.to_area)
    heirs = ((row.new_head, HEAD),) if row.new_head is not None else ()
    return Plan(
        row.kind, home, clock.today(), other=there, goings=(Going(person, JOININGS[row.kind]),),  # type: ignore[index]
        relations=heirs, dissolves=members_of(home) == [person], **_told(row).words,
    )  # fmt: skip


def _told(row: HouseholdMove) -> Told:
    """Return day, reason and paper of the family event: it holds from today, and names the day it happened."""
    why = _("happened on %(day)s, by hand-shake: %(why)s") % {"day": row.moved_on, "why": row.why}
    return Told(clock.today(), why[:200], row.document)


def _fresh(row: HouseholdMove) -> Resident:
    found: Resident = Resident.objects.select_related("household").get(pk=row.person_id or 0)
    return found


def _waits_already() -> str:
    return _("A move of this person or household waits already: it is settled first.")

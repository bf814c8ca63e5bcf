"""Write a family event: the register's rows, one act that names them all, what follows, all in one transaction.

    act = perform(plan_split(home, asked, told, by=user), by=user)

It is the one way in: arrivals, departures, splits, merges and marriages are the same writing of different plans.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.names import person_initials
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record
from households.corrections import begin_revision, may_correct, note, said, swap
from households.followers import register_changed
from households.identity import keeping
from households.lineage.changes import Change, stated
from households.lineage.checking import check_heads, headless_of
from households.lineage.followers import follow
from households.lineage.plans import Going, Plan, ReadNewcomer
from households.models import (
    FormerArea,
    Household,
    Identity,
    LineageAct,
    LineagePart,
    LineagePerson,
    Resident,
    Revision,
    Standing,
)
from households.models.households import HEAD
from households.own_standings import end_own
from households.standing import note_standing

#: What a row of somebody who goes to another household does not take along.
_OF_THE_ROW = frozenset(
    {"id", "household", "area", "relation", "revision", "came_on", "left_on", "departure"}
)


@transaction.atomic
def perform(plan: Plan, *, by: User) -> LineageAct:
    """Write what a plan says; refused where somebody was quicker, or where it would leave people without a head."""
    touched = plan.households
    _lock(touched)
    headless = headless_of(touched)
    writing = _Writing(plan, by)
    writing.write()
    check_heads([*touched, *writing.founded], headless)
    follow(writing.act, plan, by=by)
    areas = sorted({each.area_id for each in [*touched, *writing.founded]})
    register_changed(areas, [each.pk for each in [*touched, *writing.founded]], by=by)
    return writing.act


class _Writing:
    """One event while it is written."""

    def __init__(self, plan: Plan, by: User) -> None:
        self.plan, self.by = plan, by
        self.today = clock.today()
        self.actors: dict[int, Actor] = {each.pk: may_correct(each, by) for each in plan.households}
        self.revision: Revision = begin_revision(plan.home, by, plan.on, plan.reason, {}, plan.source)
        self.act: LineageAct = LineageAct.objects.create(
            kind=plan.kind, paper=plan.paper, revision=self.revision
        )
        self.changes: list[Change] = []
        self.founded: list[Household] = []
        #: What each who leaves counted as by themselves, as it stood before.
        self._own: dict[int, list[Standing]] = {}

    def write(self) -> None:
        """Write every row, in an order in which no household has two heads at any moment."""
        self._part(self.plan.home, LineagePart.Role.HOME)
        target = self._target()
        for going in self.plan.goings:
            self._leave(going)
        for resident, relation in self.plan.relations:
            self._relate(resident, relation)
        for going in sorted(self.plan.goings, key=lambda each: each.relation != HEAD):
            became = self._join(going.resident, target, going.relation) if target is not None else None
            LineagePerson.objects.create(act=self.act, resident=going.resident, became=became)
        if self.plan.newcomer is not None:
            LineagePerson.objects.create(act=self.act, became=self._bring(self.plan.newcomer))
        if self.plan.dissolves:
            self._change(self.plan.home, {"dissolved_on": self.plan.on}, "household.corrected")
        self._close()

    def _target(self) -> Household | None:
        """Return where who leaves goes, made where a split makes it."""
        if self.plan.other is not None:
            self._part(self.plan.other, LineagePart.Role.OTHER)
            return self.plan.other
        if self.plan.founding is None:
            return None
        home, wanted = self.plan.home, self.plan.founding
        made = Household(
            code=wanted.code, area_id=home.area_id, stay_area_id=home.stay_area_id,
            group_name=wanted.group_name or home.group_name, address=wanted.address,
            source=self.plan.source, source_day=self.today, revision=self.revision,
            began_on=self.plan.on,
        )  # fmt: skip
        _insert(made)
        _was_where(home, made, self.plan.on)
        self.actors[made.pk] = self.actors[home.pk]
        self.founded.append(made)
        self._part(made, LineagePart.Role.FOUNDED)
        self.changes.append(Change("household", made.pk, "made"))
        note("household.founded", made, self.revision, by=self.actors[made.pk], before=None, fields=[])
        return made

    def _leave(self, going: Going) -> None:
        resident, on = going.resident, self.plan.on
        self._own[resident.pk] = _own_standings(resident, on) if self.plan.moves else []
        seen = resident.revision_id if self.plan.seen is None else self.plan.seen
        self._change(
            resident, {"left_on": on, "departure": str(going.departure)}, "resident.departed", seen=seen
        )
        end_own(resident, on, self.revision, by=self.actors[resident.household_id])

    def _relate(self, resident: Resident, relation: str) -> None:
        self._change(resident, {"relation": relation}, "resident.corrected")
        LineagePerson.objects.create(act=self.act, resident=resident, stayed=True)

    def _join(self, resident: Resident, household: Household, relation: str) -> Resident:
        """Let somebody have a row where they live now: the same person, with all that is known of them."""
        told = {
            column.attname: getattr(resident, column.attname)
            for column in Resident._meta.concrete_fields
            if column.name not in _OF_THE_ROW
        }
        told["field_sources"] = {
            name: source for name, source in told["field_sources"].items() if name not in _OF_THE_ROW
        }
        row = Resident(
            **told, household=household, area_id=household.area_id, relation=relation, came_on=self.plan.on,
            revision=self.revision,
        )  # fmt: skip
        self._insert(row)
        for standing in self._own[resident.pk]:
            self._take_along(standing, row)
        return row

    def _take_along(self, standing: Standing, row: Resident) -> None:
        """Let somebody count as before (dibao, tekun) where they live now, from the day on."""
        first = max(self.plan.on, standing.from_day) if standing.from_day else self.plan.on
        made: Standing = Standing.objects.create(
            household=row.household, resident=row, kind=standing.kind, from_day=first,
            until_day=standing.until_day, risk_types=standing.risk_types, helper=standing.helper,
            measures=standing.measures, basis=standing.basis, revision=self.revision,
        )  # fmt: skip
        self.changes.append(Change("standing", made.pk, "made"))
        actor = self.actors[row.household_id]
        note_standing("standing.held", made, self.revision, actor, after=made.kind)

    def _bring(self, newcomer: ReadNewcomer) -> Resident:
        """Make the row of who comes from outside the register."""
        home = self.plan.home
        number = keeping.keep(Identity.Kind.ID_NUMBER, [newcomer.number])[newcomer.number]
        return self._insert(
            Resident(
                household=home, area_id=home.area_id, identity_id=number, name=newcomer.name,
                initials=person_initials(newcomer.name), sex=newcomer.sex, born_on=newcomer.born_on,
                relation=newcomer.relation, came_on=self.plan.on, source=self.plan.source,
                source_day=self.today, revision=self.revision,
            )
        )  # fmt: skip

    def _insert(self, row: Resident) -> Resident:
        _insert(row)
        self.changes.append(Change("resident", row.pk, "made"))
        actor = self.actors[row.household_id]
        note("resident.arrived", row, self.revision, by=actor, before=None, fields=[])
        return row

    def _change(
        self, row: Household | Resident, wanted: dict[str, Any], verb: str, *, seen: int | None = None
    ) -> None:
        before = row.revision_id if seen is None else seen
        self.changes.append(stated(row, wanted))
        swap(row, wanted, self.revision, seen=before, day=self.today)
        household = row.pk if isinstance(row, Household) else row.household_id
        note(verb, row, self.revision, by=self.actors[household], before=before, fields=said(wanted))

    def _part(self, household: Household, role: str) -> None:
        LineagePart.objects.create(act=self.act, household=household, code=household.code, role=role)

    def _close(self) -> None:
        """Keep what was written, and write the entry of the event itself."""
        self.act.changes = [change.kept() for change in self.changes]
        self.act.save(update_fields=["changes"])
        people = sum(1 for change in self.changes if change.row == "resident")
        enter(self.act, self.actors[self.plan.home.pk], {"people": people})


def enter(act: LineageAct, actor: Actor, details: dict[str, Any]) -> None:
    """Write the entry of an event: which, on which day, of which households; the paper is kept apart."""
    revision = act.revision
    record(
        Act(
            "lineage.entered" if act.undoes_id is None else "lineage.undone",
            "lineage",
            str(act.pk),
            happened_on=revision.as_of,
            entered_on=revision.entered_on,
            area=act.area_code,
            after=revision.pk,
            basis=revision.reason,
            details={"kind": str(act.kind), "households": sorted(_keys(act)), **details},
            personal={"paper": act.paper} if act.paper else {},
        ),
        by=actor,
    )


def _lock(households: Sequence[Household]) -> None:
    """Let nobody else change the households until the transaction ends; refused where one was closed meanwhile."""
    rows = Household.objects.select_for_update(no_key=True).filter(pk__in=[each.pk for each in households])
    now = dict(rows.order_by("pk").values_list("pk", "dissolved_on"))
    if any(now[each.pk] != each.dissolved_on for each in households):
        raise Refused(_changed_meanwhile())


def _insert(row: Household | Resident) -> None:
    """Write a new row, or refuse because somebody was quicker."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused(_changed_meanwhile()) from clash


def _was_where(home: Household, made: Household, on: datetime.date) -> None:
    """Let figures of days before a move of `home` count who splits off where the household was then."""
    before = FormerArea.objects.filter(household=home, until__gt=on).order_by("until", "pk")
    FormerArea.objects.bulk_create(
        FormerArea(household=made, area_id=row.area_id, until=row.until, move_id=row.move_id)
        for row in before
    )


def _changed_meanwhile() -> str:
    return pgettext("lineage", "Somebody changed one of the households meanwhile: look at them again.")


def _keys(act: LineageAct) -> list[int]:
    return list(act.parts.filter(household__isnull=False).values_list("household", flat=True))


def _own_standings(resident: Resident, on: datetime.date) -> list[Standing]:
    """Return what a member counts as by themselves beyond a day."""
    longer = Q(until_day__isnull=True) | Q(until_day__gt=on)
    return list(Standing.objects.filter(longer, resident=resident).order_by("pk"))

"""Change areas: add, rename, renumber, merge, split, retire, restore. Names and codes keep their history.

A change holds from its day `on`: until the day before, the old name or code was right. What hangs on an area
that gives way (postings, role labels, later households) follows it in the same transaction: see `AreaFollower`.
"""

import datetime
from collections.abc import Sequence
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.area_rules import (
    check_giving_way,
    check_living,
    check_no_children,
    check_reason,
    checked_code,
    checked_name,
)
from foundation.accounts.composition import parts
from foundation.accounts.models import Area, AreaName, AreaSuccession, User
from foundation.accounts.models.areas import CODE_LENGTHS, ancestors, padded
from foundation.accounts.names import initials
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, record

ONE_DAY = datetime.timedelta(days=1)
Kind = AreaSuccession.Kind


class AreaFollower(Protocol):
    """What must happen, in the same transaction, to rows that hang on an area which gives way.

    `claims` names the columns it answers for, as `app.Model.field`; a test demands that every column with an
    area is claimed or listed as staying (AREA_COLUMNS_THAT_STAY in config/composition.py).
    """

    claims: tuple[str, ...]

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Move rows of `predecessor` to `successors` from the day `on`; none: it ends without a successor.

        The rows of `AreaSuccession` are written already and say how it gave way.
        """


@transaction.atomic
def add(code: str, name: str, *, by: User, on: datetime.date | None = None, reason: str = "") -> Area:
    """Add an area under a parent that exists; its level is the length of its code."""
    code, name = checked_code(code), checked_name(name)
    actor = by.authority(Right.MANAGE_AREAS, code)
    happened = clock.happened(on, reason=reason, areas=[code])
    area = _create(code, name)
    _note("area.added", area, by=actor, on=happened, after=name, basis=reason)
    return area


@transaction.atomic
def rename(area: Area, name: str, *, by: User, on: datetime.date | None = None, reason: str = "") -> Area:
    """Give an area another name from a day on; `reason` names the document. Renaming back is a rename too."""
    name = checked_name(name)
    actor = by.authority(Right.MANAGE_AREAS, area.code)
    happened = clock.happened(on, reason=reason, areas=[area.code])
    seen = area.name
    check_living(area)
    if name == seen:
        raise Refused(_("This is the name it already has."), field="name")
    last = area.former_names.order_by("-until").first()
    if last is not None and last.until >= happened:
        raise Refused(
            _("It was renamed after that day already, on %(day)s: enter that day or a later one.")
            % {"day": last.until + ONE_DAY},
            field="happened_on",
        )
    if Area.objects.filter(pk=area.pk, name=seen).update(name=name, initials=initials(name)) != 1:
        raise Refused(_("Somebody else changed this area meanwhile: look at it again."))
    _keep_former_name(area, seen, name, happened - ONE_DAY)
    area.name = name
    _note("area.renamed", area, by=actor, on=happened, before=seen, after=name, basis=reason)
    return area


@transaction.atomic
def renumber(area: Area, code: str, *, by: User, on: datetime.date | None = None, reason: str) -> Area:
    """Give an area, and everything below it, a new code of the same level; returns the area of that code."""
    code = checked_code(code)
    actor = by.authority(Right.MANAGE_AREAS, area.code)
    by.authority(Right.MANAGE_AREAS, code)
    happened = clock.happened(on, reason=reason, areas=[area.code])
    check_giving_way(area, reason)
    if len(code) != area.level:
        raise Refused(
            _("The new code must be of the same level, with %(digits)d digits.") % {"digits": area.level},
            field="code",
        )
    moving = Area.objects.living().filter(code__startswith=area.code).order_by("level", "code")
    below: list[tuple[Area, Area]] = []
    for old in moving.select_for_update():
        new_code = code + old.code[len(area.code) :]
        below.append((old, _create(new_code, old.name, may_wait=old.parent_id is None)))
    for old, new in reversed(below):
        _give_way(old, [new], Kind.RENUMBERED, by=by, on=happened, reason=reason)
    details = {"areas": len(below)}
    _note("area.renumbered", area, by=actor, on=happened, after=code, basis=reason, details=details)
    area.refresh_from_db()
    return below[0][1]


@transaction.atomic
def merge(area: Area, into: Area, *, by: User, on: datetime.date | None = None, reason: str) -> None:
    """Let an area become part of another one of its level, which goes on under its own code.

    Villager groups, whose codes are ours and nobody's else, go along under the next free number.
    """
    if area.level == Level.VILLAGE == into.level and area.pk != into.pk:
        _carry_groups(area, into, by=by, on=on, reason=reason)
    _succeed(area, [into], Kind.MERGED, by=by, on=on, reason=reason)


@transaction.atomic
def split(
    area: Area, into: Sequence[Area], *, by: User, on: datetime.date | None = None, reason: str
) -> None:
    """Let an area end in several others of its level; what hangs on it continues in each of them."""
    if len(into) < 2:
        raise Refused(_("A split needs at least two areas that follow."), field="into")
    _succeed(area, into, Kind.SPLIT, by=by, on=on, reason=reason)


@transaction.atomic
def retire(area: Area, *, by: User, on: datetime.date | None = None, reason: str) -> None:
    """End an area that nothing follows; refused while something hangs on it that would need a successor."""
    actor = by.authority(Right.MANAGE_AREAS, area.code)
    happened = clock.happened(on, reason=reason, areas=[area.code])
    check_giving_way(area, reason)
    check_no_children(area)
    _give_way(area, [], None, by=by, on=happened, reason=reason)
    _note("area.retired", area, by=actor, on=happened, after="retired", basis=reason)


@transaction.atomic
def restore(area: Area, *, by: User, reason: str) -> Area:
    """Let a retired area live again, because it was retired by mistake.

    Its successors no longer count as such; what moved to them stays with them and is moved back by hand.
    """
    actor = by.authority(Right.MANAGE_AREAS, area.code)
    check_reason(reason)
    today = clock.today()
    if area.retired_on is None:
        raise Refused(_("This area is not retired."))
    if area.parent is not None and area.parent.retired_on is not None:
        raise Refused(_("The area above it is retired: restore that one first."))
    ended = list(area.successions.values("successor_id", "kind", "on"))
    area.successions.all().delete()
    Area.objects.filter(pk=area.pk).update(retired_on=None)
    area.retired_on = None
    details = {"successions": ended}
    _note(
        "area.restored",
        area,
        by=actor,
        on=today,
        before="retired",
        after="living",
        basis=reason,
        details=details,
    )
    return area


def _succeed(
    area: Area,
    into: Sequence[Area],
    kind: Kind,
    *,
    by: User,
    on: datetime.date | None,
    reason: str,
) -> None:
    """Let `area` give way to areas that exist already."""
    actor = by.authority(Right.MANAGE_AREAS, area.code)
    happened = clock.happened(on, reason=reason, areas=[area.code])
    check_giving_way(area, reason)
    for successor in into:
        by.authority(Right.MANAGE_AREAS, successor.code)
        check_living(successor, field="into")
        if successor.pk == area.pk or successor.level != area.level:
            raise Refused(_("What follows must be another area of the same level."), field="into")
    check_no_children(area)
    _give_way(area, into, kind, by=by, on=happened, reason=reason)
    codes = [successor.code for successor in into]
    details = {"successors": codes}
    _note(f"area.{kind}", area, by=actor, on=happened, after="retired", basis=reason, details=details)


def _carry_groups(village: Area, into: Area, *, by: User, on: datetime.date | None, reason: str) -> None:
    """Give the villager groups of a village codes of another one: the same number where it is free there."""
    groups = list(village.children.filter(retired_on__isnull=True).order_by("code"))
    taken = set(
        Area.objects.filter(code__startswith=into.code, level=Level.GROUP).values_list("pk", flat=True)
    )
    wished = {group.pk: into.code + group.code[Level.VILLAGE :] for group in groups}
    free = iter(
        code
        for code in (f"{into.code}{number:03d}" for number in range(1, 1000))
        if code not in taken and code not in wished.values()
    )
    for group in groups:
        code = next(free, None) if wished[group.pk] in taken else wished[group.pk]
        if code is None:
            raise Refused(_("%(area)s has no number left for more groups.") % {"area": into}, field="into")
        renumber(group, code, by=by, on=on, reason=reason)


def _give_way(
    area: Area,
    successors: Sequence[Area],
    kind: Kind | None,
    *,
    by: User,
    on: datetime.date,
    reason: str,
) -> None:
    """Retire an area on a day, write who follows it, and let everything that hangs on it follow."""
    if Area.objects.filter(pk=area.pk, retired_on__isnull=True).update(retired_on=on) != 1:
        raise Refused(_("Somebody else changed this area meanwhile: look at it again."))
    area.retired_on = on
    AreaSuccession.objects.bulk_create(
        AreaSuccession(predecessor=area, successor=successor, kind=kind or "", on=on, reason=reason)
        for successor in successors
    )
    for follow in parts("AREA_FOLLOWERS"):
        follow(area, successors, by=by, on=on)


def _create(code: str, name: str, *, may_wait: bool = False) -> Area:
    """Make an area under its parent (an orphan only if it `may_wait`), and take in orphans that wait for it."""
    parent = Area.objects.filter(pk__in=ancestors(code)[-1:]).first()
    if parent is None and len(code) > Level.PROVINCE and not may_wait:
        raise Refused(
            _("The area above it, %(code)s, is not known: add that one first.")
            % {"code": padded(ancestors(code)[-1])},
            field="code",
        )
    if parent is not None:
        check_living(parent, field="code")
    try:
        with transaction.atomic():
            area = Area.objects.create(
                code=code, name=name, initials=initials(name), level=len(code), parent=parent
            )
    except IntegrityError as taken:
        raise Refused(
            _("The code %(code)s belongs to another area already.") % {"code": padded(code)}, field="code"
        ) from taken
    Area.objects.orphans().filter(code__startswith=code, level=_level_below(area)).update(parent=area)
    return area


def _level_below(area: Area) -> int:
    """Return the level of the children of an area; none for villager groups."""
    return next((length for length in CODE_LENGTHS if length > area.level), 0)


def _keep_former_name(area: Area, old: str, new: str, until: datetime.date) -> None:
    """Keep a name that lasted at least one day; a name taken back on its first day was never a former one."""
    taken_back, _rows = AreaName.objects.filter(area=area, until=until, name=new).delete()
    if not taken_back and not AreaName.objects.filter(area=area, until__gte=until).exists():
        AreaName.objects.create(area=area, name=old, until=until)


def _note(verb: str, area: Area, *, by: Any, on: datetime.date, **said: Any) -> None:
    """Write one entry about an area into the area itself."""
    record(
        Act(verb, "area", area.code, happened_on=on, entered_on=clock.today(), area=area.code, **said), by=by
    )

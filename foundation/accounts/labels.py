"""What a role is called in an area: the nearest label that an area set, else the value in force, else the default."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, RoleLabel, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.ordinances import ordinances
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.accounts.scope import prefixes, within
from foundation.ledger.record import Act, record

_LONGEST = 40


def role_labels(area: str, on: datetime.date | None = None) -> dict[Role, str]:
    """Return every role's name as `area` calls it on a day; one query."""
    return role_labels_of_many([area], on)[area]


def role_labels_of_many(areas: Iterable[str], on: datetime.date | None = None) -> dict[str, dict[Role, str]]:
    """Return every role's name as each of `areas` calls it on a day; two queries whatever their number."""
    wanted, day = set(areas), on or clock.today()
    above = {code for area in wanted for code in (*ancestors(area), area)}
    by_area: dict[str, list[tuple[datetime.date, Role, str]]] = {}
    rows = RoleLabel.objects.filter(area_id__in=above, from_day__lte=day)
    for area, first, role, label in rows.values_list("area_id", "from_day", "role", "label"):
        by_area.setdefault(area, []).append((first, Role(role), label))
    defaults = {role: str(role.label) for role in Role}
    named = ordinances().role_names(wanted, day)
    called: dict[str, dict[Role, str]] = {}
    for area in wanted:
        called[area] = defaults | dict(named[area])
        for code in (*ancestors(area), area):
            for _first, role, label in sorted(by_area.get(code, ())):
                called[area][role] = label
    return called


def role_label(role: Role, area: str, on: datetime.date | None = None) -> str:
    """Return what `area` calls `role` on a day."""
    return role_labels(area, on)[role]


def labels_seen_by(user: User) -> QuerySet[RoleLabel]:
    """Return the local names given in the areas that `user` sees."""
    codes = prefixes(user, Right.VIEW_AREAS)
    return RoleLabel.objects.filter(within("area__code", codes)).select_related("area")


def local_label(role: str, area: str) -> Subquery:
    """Return the nearest area's name of a role today, for a queryset to carry with each of its rows.

    `role` and `area` are the outer paths of the role and of the area code; None where no area names the role.
    """
    near = RoleLabel.objects.alias(here=ExpressionWrapper(OuterRef(area), CharField())).filter(
        role=OuterRef(role), here__startswith=F("area_id"), from_day__lte=clock.today()
    )
    return Subquery(near.order_by(Length("area_id").desc(), "-from_day").values("label")[:1])


def called(role: str, local: str | None, area: str) -> str:
    """Return the word in `area` for a role whose `local_label` a row carries."""
    named = ordinances().role_names([area], clock.today())[area]
    return local or named.get(Role(role)) or str(Role(role).label)


@transaction.atomic
def set_label(
    area: Area, role: Role, label: str, *, by: User, from_day: datetime.date | None = None, reason: str = ""
) -> RoleLabel:
    """Let `area`, and what lies under it, call a role `label` from a day on (default: today)."""
    actor = by.authority(Right.LABEL_ROLES, area.code)
    name, first, today = " ".join(label.split()), from_day or clock.today(), clock.today()
    if not name or len(name) > _LONGEST:
        raise Refused(_("A role's name has 1 to 40 characters."), field="label")
    if first < today:
        raise Refused(
            _("A name holds from today or a later day: papers of the past keep theirs."), field="from_day"
        )
    called = role_labels(area.code, first)
    if called[role] == name:
        raise Refused(_("The role already has this name here."), field="label")
    if name in {other for each, other in called.items() if each is not role}:
        raise Refused(_("Another role already has this name here: choose a different one."), field="label")
    row, _made = RoleLabel.objects.update_or_create(
        area=area, role=role, from_day=first, defaults={"label": name}
    )
    record(
        Act(
            "role.labelled",
            "role_label",
            str(row.pk),
            happened_on=today,
            entered_on=today,
            area=area.code,
            before=called[role],
            after=name,
            basis=reason,
            details={"role": role.value, "from": first},
        ),
        by=actor,
    )
    return row

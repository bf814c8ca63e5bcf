"""Roles: the one table role → rights in words, who may not be whom, and what roles are called here."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.labels import labels_seen_by, role_labels, set_label
from foundation.accounts.roles import INCOMPATIBLE, RULES, Right, Role
from foundation.accounts.scope import prefixes
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.staff_forms import LabelForm


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role as the page shows it."""

    label: str
    default: str
    levels: list[str]
    rights: list[str]
    excludes: list[str]
    notes: list[str]


@door(Right.VIEW_AREAS)
def roles(request: StaffRequest) -> HttpResponse:
    """Show what each role may do, where it is posted, and which roles exclude each other."""
    called = role_labels(min(prefixes(request.user, Right.VIEW_AREAS)))
    context = {
        "rows": [_row(role, called) for role in Role],
        "matrix": _matrix(called),
        "labels": labels_seen_by(request.user).order_by("area", "role", "-from_day"),
        "may_label": request.user.holds(Right.LABEL_ROLES),
    }
    return render(request, "desk/roles.html", context)


@door(Right.LABEL_ROLES)
@once
def label(request: StaffRequest) -> HttpResponse:
    """Say what a role is called in an area from a day on."""
    form = LabelForm(request.POST or None, user=request.user, initial={"from_day": clock.today()})
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: set_label(
                given["area"],
                Role(given["role"]),
                given["label"],
                by=request.user,
                from_day=given["from_day"],
                reason=given["reason"],
            ),
            done=_("The role has its new name."),
            then="desk:roles",
        )
        if done:
            return done
    return form_page(request, form, title=_("Name a role"), submit=_("Name it"), cancel=reverse("desk:roles"))


def _row(role: Role, called: dict[Role, str]) -> RoleRow:
    rule = RULES[role]
    notes = []
    if rule.needs_department:
        notes.append(_("belongs to a department"))
    if rule.time_limited:
        notes.append(_("for a limited time only"))
    if rule.acts:
        notes.append(_("must not stand empty"))
    if rule.next_up:
        notes.append(_("next level: %(role)s") % {"role": called[rule.next_up]})
    return RoleRow(
        label=called[role],
        default=str(role.label) if called[role] != str(role.label) else "",
        levels=[str(level.label) for level in sorted(rule.levels)],
        rights=[str(right.label) for right in Right if right in rule.rights],
        excludes=_excluded(role, called),
        notes=notes,
    )


def _excluded(role: Role, called: dict[Role, str]) -> list[str]:
    """Name the roles that nobody holds together with `role`; one word where it is every other."""
    others = {other for pair in INCOMPATIBLE if role in pair for other in pair if other is not role}
    if len(others) == len(Role) - 1:
        return [_("every other role")]
    return [called[other] for other in Role if other in others]


def _matrix(called: dict[Role, str]) -> list[tuple[str, list[str]]]:
    """Return for each right the roles that hold it."""
    return [
        (str(right.label), [called[role] for role in Role if right in RULES[role].rights]) for right in Right
    ]

"""Postings: the list; propose one, move on to another, end one, correct its days."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import postings
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.hanging import hanging_on
from foundation.accounts.labels import called, local_label, role_label
from foundation.accounts.models import Posting, User
from foundation.accounts.querysets import PostingQuerySet
from foundation.accounts.roles import RULES, Right, Role
from foundation.accounts.vacancies import ENDING_SOON_DAYS
from foundation.desk import grants
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.place_filter import in_place
from foundation.desk.staff_forms import EndForm, PeriodForm, ProposalForm, days, labels_for
from foundation.desk.tables import Badge, Column, Filter, Table, answer


def _today(rows: Any, wanted: bool) -> PostingQuerySet:
    return rows.in_force() if wanted else rows.exclude(pk__in=rows.in_force().values("pk"))


def _ending(rows: Any, wanted: bool) -> PostingQuerySet:
    ending = rows.ending_within(ENDING_SOON_DAYS)
    return ending if wanted else rows.exclude(pk__in=ending.values("pk"))


POSTINGS = Table(
    "postings",
    columns=(
        Column(
            "person",
            gettext_lazy("Name"),
            lambda row: row.user.name,
            url=lambda row: reverse("desk:person", args=[row.user_id]),
        ),
        Column(
            "role", gettext_lazy("Role"), lambda row: called(row.role, row.local, row.area_id), sort="role"
        ),
        Column("area", gettext_lazy("Area"), lambda row: row.area.name, sort="area_id"),
        Column("code", gettext_lazy("Area code"), lambda row: row.area.padded_code, kind="code"),
        Column("department", gettext_lazy("Department"), lambda row: row.department),
        Column("from", gettext_lazy("From"), lambda row: row.from_day, kind="day", sort="from_day"),
        Column(
            "until",
            gettext_lazy("Until and including"),
            lambda row: row.until_day,
            kind="day",
            sort="until_day",
        ),
        Column(
            "state",
            gettext_lazy("State"),
            lambda row: Badge(gettext_lazy("withdrawn"), "plain") if row.withdrawn_on else None,
            kind="badge",
        ),
    ),
    filters=(
        Filter(
            "role",
            gettext_lazy("Role"),
            "choice",
            lambda rows, role: rows.filter(role=role),
            lambda user: [(role.value, label) for role, label in labels_for(user, Right.VIEW_STAFF).items()],
        ),
        Filter(
            "area",
            gettext_lazy("Area (code or name)"),
            "text",
            lambda rows, text: rows.filter(in_place(text)),
        ),
        Filter("today", gettext_lazy("Held today"), "yesno", _today),
        Filter("ending", gettext_lazy("Ends within 30 days"), "yesno", _ending),
    ),
    order=("area_id", "role", "pk"),
    empty=gettext_lazy("Nobody is posted here yet. A security administrator proposes postings."),
)


@door(Right.VIEW_STAFF)
def postings_list(request: StaffRequest) -> HttpResponse:
    """List the postings of one's areas, past and to come included."""
    rows = (
        Posting.objects.visible_to(request.user)
        .annotate(local=local_label("role", "area_id"))
        .select_related("user", "area", "department")
    )
    may_propose = request.user.holds(Right.GRANT_POSTINGS)
    return answer(request, "desk/postings.html", POSTINGS.page(rows, request), may_propose=may_propose)


@door(Right.GRANT_POSTINGS)
@once
def propose(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Propose a posting for a person; somebody else approves it."""
    person = get_visible_or_404(User.objects, request.user, pk=pk) if pk is not None else None
    form = ProposalForm(request.POST or None, user=request.user, person=person)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: grants.propose(form.wanted(), by=request.user, reason=reason),
            done=_("The posting is proposed: another administrator approves it."),
            then=lambda proposal: reverse("desk:grant", args=[proposal.pk]),
        )
        if done:
            return done
    back = reverse("desk:person", args=[pk]) if pk is not None else reverse("desk:postings")
    return form_page(
        request,
        form,
        title=_("Propose a posting for %(name)s") % {"name": person.name}
        if person
        else _("Propose a posting"),
        submit=_("Propose"),
        cancel=back,
        template="desk/propose.html",
        may=_may(request.user),
    )


@door(Right.GRANT_POSTINGS)
@once
def move_on(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose that a person leaves a posting for another; somebody else approves both at once."""
    row = _find(request, pk)
    form = ProposalForm(request.POST or None, user=request.user, person=row.user)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: grants.propose(form.wanted(), by=request.user, reason=reason, moves_on_from=row),
            done=_("The move is proposed: another administrator approves it."),
            then=lambda proposal: reverse("desk:grant", args=[proposal.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Move on: %(posting)s") % {"posting": _named(row)},
        submit=_("Propose"),
        cancel=reverse("desk:person", args=[row.user_id]),
        template="desk/propose.html",
        intro=_("With the approval the present post ends, on the day before the new one begins."),
        may=_may(request.user),
    )


@door(Right.GRANT_POSTINGS)
@once
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a posting, at once or with a last day."""
    row = _find(request, pk)
    page = reverse("desk:person", args=[row.user_id])
    form = EndForm(request.POST or None)
    if form.is_valid():
        on, reason = form.cleaned_data["on"], form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: postings.end(row, by=request.user, on=on, reason=reason),
            done=_("The posting is ended."),
            then=page,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("End: %(posting)s") % {"posting": _named(row)},
        submit=_("End the posting"),
        cancel=page,
        template=CONFIRM,
        consequences=[
            _("%(name)s no longer sees or does what this posting allows.") % {"name": row.user.name},
            _("Open work goes to the stand-in, or else to the next level, until somebody is posted."),
        ],
        hanging=[(each, request.user.holds(each.right)) for each in hanging_on(row)],
    )


@door(Right.GRANT_POSTINGS)
@once
def correct_period(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct the days of a posting."""
    row = _find(request, pk)
    page = reverse("desk:person", args=[row.user_id])
    form = PeriodForm(request.POST or None, initial=days(row))
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: postings.correct_period(
                row, given["from_day"], given["until_day"], by=request.user, reason=given["reason"]
            ),
            done=_("The days are corrected."),
            then=page,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Correct the days: %(posting)s") % {"posting": _named(row)},
        submit=_("Correct"),
        cancel=page,
        intro=_("Only wrong days are corrected here. A longer time is a new posting."),
    )


def _find(request: StaffRequest, pk: int) -> Posting:
    """Return a posting that the person may see; outside it does not exist."""
    return get_visible_or_404(
        Posting.objects.standing().select_related("user", "area", "department"), request.user, pk=pk
    )


def _named(row: Posting) -> str:
    return f"{row.user.name} · {role_label(Role(row.role), row.area_id)} · {row.area.name}"


def _may(user: User) -> list[dict[str, Any]]:
    """Return for each role what it may do and where it stands, for the form to show."""
    return [
        {
            "label": label,
            "levels": [str(level.label) for level in sorted(RULES[role].levels)],
            "rights": [str(right.label) for right in Right if right in RULES[role].rights],
        }
        for role, label in labels_for(user, Right.GRANT_POSTINGS).items()
    ]

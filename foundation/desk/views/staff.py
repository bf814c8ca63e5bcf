"""Staff: the list, and the page of one person."""

from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.labels import called, local_label
from foundation.accounts.models import Department, Posting, User
from foundation.accounts.models.areas import readings
from foundation.accounts.models.people import normal_username
from foundation.accounts.roles import Right
from foundation.accounts.scope import within
from foundation.accounts.staff import manages
from foundation.accounts.tabular import plain
from foundation.accounts.vacancies import ending_soon
from foundation.desk.people import loans_to, posts_of, stand_ins_of
from foundation.desk.record import history_of
from foundation.desk.staff_forms import labels_for
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from foundation.desk.verbs import verb_label


def _named(rows: QuerySet[User], text: str) -> QuerySet[User]:
    fits = Q(name__icontains=text) | Q(initials__startswith=text.lower())
    return rows.filter(fits | Q(username__startswith=normal_username(text)))


def _posted(rows: QuerySet[User], **posting: Any) -> QuerySet[User]:
    found = Posting.objects.in_force().filter(**posting)
    return rows.filter(pk__in=found.values("user_id"))


def _in_area(rows: QuerySet[User], text: str) -> QuerySet[User]:
    """Keep who is posted under an area, named by its code or by its whole name."""
    code = readings(plain(text))[-1]
    place = within("area__code", [code]) if code.isdecimal() else Q(area__name=text)
    return rows.filter(pk__in=Posting.objects.in_force().filter(place).values("user_id"))


def _ending(rows: QuerySet[User], wanted: bool) -> QuerySet[User]:
    ending = ending_soon(User.objects.built_in("system")).order_by().values("user_id")
    return rows.filter(pk__in=ending) if wanted else rows.exclude(pk__in=ending)


def _departments(_user: User) -> list[tuple[str, str]]:
    return list(Department.objects.values_list("code", "name"))


def _state(person: User) -> Badge | None:
    return None if person.is_active else Badge(_("disabled"), "overdue")


def _posts(person: User) -> str:
    posts = person.posts_seen  # type: ignore[attr-defined]
    return "；".join(f"{called(post.role, post.local)} · {post.area.name}" for post in posts)


STAFF = Table(
    "staff",
    columns=(
        Column(
            "name",
            _("Name"),
            lambda person: person.name,
            sort="initials",
            url=lambda person: reverse("desk:person", args=[person.pk]),
        ),
        Column("username", _("Login name"), lambda person: person.username, kind="code", sort="username"),
        Column("posts", _("Posts today"), _posts),
        Column("until", _("Until"), lambda person: person.ends, kind="day"),
        Column("state", _("State"), _state, kind="badge"),
    ),
    filters=(
        Filter("named", _("Name, initials or login name"), "text", _named),
        Filter(
            "role",
            _("Role"),
            "choice",
            lambda rows, role: _posted(rows, role=role),
            lambda user: [(role.value, label) for role, label in labels_for(user, Right.VIEW_STAFF).items()],
        ),
        Filter("area", _("Area (code or name)"), "text", _in_area),
        Filter(
            "department",
            _("Department"),
            "choice",
            lambda rows, code: _posted(rows, department_id=code),
            _departments,
        ),
        Filter("active", _("May sign in"), "yesno", lambda rows, active: rows.filter(is_active=active)),
        Filter("ending", _("A post ends within 30 days"), "yesno", _ending),
    ),
    order=("initials", "pk"),
    empty=_("Nobody works here yet. A system administrator opens accounts or imports a staff list."),
)


@door(Right.VIEW_STAFF)
def staff_list(request: StaffRequest) -> HttpResponse:
    """List the people of one's areas with their posts of today."""
    seen = Posting.objects.visible_to(request.user).in_force().select_related("area")
    called_here = seen.annotate(local=local_label("role", "area_id"))
    last = seen.filter(user=OuterRef("pk"), until_day__isnull=False).order_by("until_day")
    rows = User.objects.visible_to(request.user).annotate(ends=Subquery(last.values("until_day")[:1]))
    page = STAFF.page(rows.prefetch_related(Prefetch("postings", called_here, to_attr="posts_seen")), request)
    may_open = request.user.holds(Right.MANAGE_ACCOUNTS)
    may_import = may_open or request.user.holds(Right.GRANT_POSTINGS)
    return answer(request, "desk/staff.html", page, may_open=may_open, may_import=may_import)


@door(Right.VIEW_STAFF)
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one person: posts, stand-ins, loans, and what was done to the account."""
    row = get_visible_or_404(User.objects.select_related("home"), request.user, pk=pk)
    events = [
        {
            "on": entry.happened_on,
            "title": verb_label(entry.verb),
            "detail": entry.actor_name or entry.actor,  # type: ignore[attr-defined]
        }
        for entry in history_of(row, request.user)
    ]
    context = {
        "person": row,
        "posts": posts_of(row, request.user),
        "stand_ins": stand_ins_of(row, request.user),
        "loans": loans_to(row, request.user),
        "events": events,
        "may_manage": manages(row, by=request.user),
        "may_propose": request.user.holds(Right.GRANT_POSTINGS) and row.pk != request.user.pk,
    }
    return render(request, "desk/person.html", context)

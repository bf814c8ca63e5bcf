"""Staff: the list, and the page of one person."""

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.entry.second_factor import is_set_up
from foundation.accounts.labels import called, local_label
from foundation.accounts.models import Posting, User
from foundation.accounts.models.people import normal_username
from foundation.accounts.programs.tokens import tokens_of
from foundation.accounts.roles import Right
from foundation.accounts.staff import manages
from foundation.accounts.vacancies import ENDING_SOON_DAYS
from foundation.desk.people import departments, loans_to, posts_of, stand_ins_of
from foundation.desk.place_filter import in_place
from foundation.desk.record import history_of
from foundation.desk.staff_forms import labels_for
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from foundation.desk.verbs import verb_label


def _named(rows: QuerySet[User], text: str) -> QuerySet[User]:
    fits = Q(name__icontains=text) | Q(initials__startswith=text.lower())
    return rows.filter(fits | Q(username__startswith=normal_username(text)))


def _state(person: User) -> Badge | None:
    return None if person.is_active else Badge(_("disabled"), "overdue")


def _posts(person: User) -> str:
    posts = person.posts_seen  # type: ignore[attr-defined]
    return "；".join(f"{called(post.role, post.local, post.area_id)} · {post.area.name}" for post in posts)


def _table(user: User) -> Table:
    """Return the table of one request: its filters look only at postings that `user` sees."""
    today = Posting.objects.visible_to(user).in_force()

    def posted(rows: QuerySet[User], condition: Q) -> QuerySet[User]:
        return rows.filter(pk__in=today.filter(condition).values("user_id"))

    def ending(rows: QuerySet[User], wanted: bool) -> QuerySet[User]:
        soon = today.ending_within(ENDING_SOON_DAYS).values("user_id")
        return rows.filter(pk__in=soon) if wanted else rows.exclude(pk__in=soon)

    return Table(
        "staff",
        columns=_COLUMNS,
        filters=(
            Filter("named", _("Name, initials or login name"), "text", _named),
            Filter(
                "role",
                _("Role"),
                "choice",
                lambda rows, role: posted(rows, Q(role=role)),
                lambda user: [
                    (role.value, label) for role, label in labels_for(user, Right.VIEW_STAFF).items()
                ],
            ),
            Filter("area", _("Area (code or name)"), "text", lambda rows, text: posted(rows, in_place(text))),
            Filter(
                "department",
                _("Department"),
                "choice",
                lambda rows, code: posted(rows, Q(department_id=code)),
                departments,
            ),
            Filter("active", _("May sign in"), "yesno", lambda rows, active: rows.filter(is_active=active)),
            Filter("ending", _("A post ends within 30 days"), "yesno", ending),
        ),
        order=("initials", "pk"),
        empty=_("Nobody works here yet. A system administrator opens accounts or imports a staff list."),
    )


_COLUMNS = (
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
)


@door(Right.VIEW_STAFF)
def staff_list(request: StaffRequest) -> HttpResponse:
    """List the people of one's areas with their posts of today."""
    seen = Posting.objects.visible_to(request.user).in_force().select_related("area")
    called_here = seen.annotate(local=local_label("role", "area_id"))
    last = seen.filter(user=OuterRef("pk"), until_day__isnull=False).order_by("until_day")
    rows = User.objects.visible_to(request.user).annotate(ends=Subquery(last.values("until_day")[:1]))
    page = _table(request.user).page(
        rows.prefetch_related(Prefetch("postings", called_here, to_attr="posts_seen")), request
    )
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
    may_manage = manages(row, by=request.user)
    context = {
        "person": row,
        "posts": posts_of(row, request.user),
        "stand_ins": stand_ins_of(row, request.user),
        "loans": loans_to(row, request.user),
        "events": events,
        "may_manage": may_manage,
        "tokens": [token for token, good in tokens_of(row) if good] if may_manage else [],
        "has_second_factor": is_set_up(row),
        "may_propose": request.user.holds(Right.GRANT_POSTINGS) and row.pk != request.user.pk,
    }
    return render(request, "desk/person.html", context)

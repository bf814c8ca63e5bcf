"""Vacancies: posts that must not stand empty and do, and who owns their work meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.labels import called, local_label, role_labels_of_many
from foundation.accounts.models import Area
from foundation.accounts.roles import Right, Role
from foundation.accounts.vacancies import ACTING_ROLES, Roster, empty_roles, ending_soon, vacancies, vacant
from foundation.desk.tables import Column, Filter, Table, answer

_MOST_ENDING = 50


@dataclass(frozen=True, slots=True)
class _Vacancy:
    """What one area's row says: its vacant posts, and who owns their work meanwhile."""

    posts: str
    owners: str


class _Meanwhile:
    """What the rows of one page say, read for all of them together when the first is shown."""

    def __init__(self) -> None:
        self._known: dict[str, _Vacancy] = {}

    def read(self, page: Iterable[Area]) -> None:
        """Read the vacant posts of these areas and who owns their work; four queries."""
        areas = list(page)
        empty = empty_roles(areas)
        labels = role_labels_of_many(area.pk for area in areas)
        roster = Roster.read(area.pk for area in areas)
        for area in areas:
            self._known[area.pk] = _Vacancy(
                posts="、".join(labels[area.pk][role] for role in empty[area.pk]),
                owners="；".join(_owners(roster, area, role) for role in empty[area.pk]),
            )

    def posts(self, area: Area) -> str:
        """Name the vacant posts of an area."""
        return self._of(area).posts

    def owners(self, area: Area) -> str:
        """Name who owns the work of an area's vacant posts."""
        return self._of(area).owners

    def _of(self, area: Area) -> _Vacancy:
        if area.pk not in self._known:
            self.read([area])
        return self._known[area.pk]


def _owners(roster: Roster, area: Area, role: Role) -> str:
    found = roster.owners(area.pk, role)
    if not found:
        return _("nobody: post somebody at once")
    names = "、".join(owner.user.name for owner in found)
    return f"{names} · {found[0].role.label}"


def _lacks(rows: QuerySet[Area], role: str) -> QuerySet[Area]:
    return rows.filter(vacant(Role(role)))


def _table(meanwhile: _Meanwhile) -> Table:
    """Return the table of one request; its words are looked up when they are shown, for the whole page."""
    return Table(
        "vacancies",
        columns=(
            Column("area", gettext_lazy("Area"), lambda area: area.name),
            Column(
                "code", gettext_lazy("Area code"), lambda area: area.padded_code, kind="code", sort="code"
            ),
            Column("level", gettext_lazy("Level"), lambda area: area.get_level_display()),
            Column("posts", gettext_lazy("Vacant posts"), lazy(meanwhile.posts, str)),
            Column("owners", gettext_lazy("Owns the work meanwhile"), lazy(meanwhile.owners, str)),
        ),
        filters=(
            Filter(
                "role",
                gettext_lazy("Vacant post"),
                "choice",
                _lacks,
                lambda user: [(role.value, role.label) for role in ACTING_ROLES],
            ),
        ),
        order=("pk",),
        empty=gettext_lazy("Every post that must not stand empty has somebody."),
    )


@door(Right.VIEW_VACANCIES)
def vacancies_list(request: StaffRequest) -> HttpResponse:
    """List the areas of one's scope with a vacant post, and the postings that end soon."""
    meanwhile = _Meanwhile()
    page = _table(meanwhile).page(vacancies(request.user), request)
    meanwhile.read(row.record for row in page.rows)
    ending = ending_soon(request.user).annotate(local=local_label("role", "area_id"))[:_MOST_ENDING]
    posts = [(posting, called(posting.role, posting.local, posting.area_id)) for posting in ending]
    return answer(request, "desk/vacancies.html", page, ending=posts)

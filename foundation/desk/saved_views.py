"""Saved views: the filters and the order of a list under a name, kept for oneself or shared with an area's people.

A view narrows what its reader sees anyway; the list's own door and scope decide what that is.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.desk import focus
from foundation.desk.filtering import NEGATED, value_of
from foundation.desk.models import SavedView
from foundation.desk.table_page import OfferedView, OfferedViews, Selection
from foundation.ledger.record import Act, Actor, record

if TYPE_CHECKING:
    from foundation.desk.tables import Table

#: So many of one list may one person keep.
MOST = 30
_LONGEST_QUERY = 1000
#: Rows of a view are counted up to here and no further: “999+”.
COUNTED_VIEW = 999


def offered(table: "Table", request: HttpRequest, path: str = "") -> OfferedViews:
    """Return the views of a list that a reader may open: those it brings along, their own, and shared ones.

    `path` is where the list stands; the request's own path by default.
    """
    user: Any = request.user
    path = path or request.path
    here = _plain(request.GET)
    views = [
        OfferedView(
            each.label, f"{path}?{each.query}", _plain(QueryDict(each.query)) == here, query=each.query
        )
        for each in table.views or ()
    ]
    for row in SavedView.objects.visible_to(user).filter(table=table.name).select_related("area"):
        mine = row.owner_id == user.pk
        views.append(
            OfferedView(
                row.name,
                f"{row.path}?{row.query}",
                _plain(QueryDict(row.query)) == here,
                reverse("desk:view_edit", args=[row.pk]) if mine else "",
                row.area.name if row.area else "",
                row.query,
            )
        )
    asked = _cleaned(request.GET)
    save = f"{reverse('desk:view_save')}?{urlencode({'address': f'{path}?{asked}'})}"
    return OfferedViews(views, save, f"{reverse(table.counts)}?{asked}" if table.counts else "")


def counted(
    table: "Table", rows_of: Callable[[QueryDict], QuerySet[Any]], request: HttpRequest, path: str
) -> OfferedViews:
    """Return the views of the list at `path` with how many rows each has now; one query for each view.

    `rows_of` returns the list's rows for a query, as its own view begins with them: `visible_to` its reader.
    """

    def count(query: str) -> str:
        params = QueryDict(query)
        rows = table.filtered(focus.narrow(rows_of(params), request), params, request.user)
        found = rows.order_by()[: COUNTED_VIEW + 1].count()
        return f"{COUNTED_VIEW}+" if found > COUNTED_VIEW else str(found)

    found = offered(table, request, path)
    return replace(found, views=[replace(each, count=count(each.query)) for each in found.views])


def sharing_areas(user: User) -> QuerySet[Area]:
    """Return the areas with whose people somebody may share: those of their own duties."""
    return Area.objects.filter(code__in={duty.area for duty in user.duties()}).order_by("code")


def keepable(selection: Selection, params: QueryDict, user: User) -> tuple[str, list[str]]:
    """Return the filters and order that may be kept, as a query; and the labels of those that may not."""
    kept, left = QueryDict(mutable=True), []
    for each in selection.table.filters:
        if value_of(each, params, user) is None:
            continue
        if not each.may_be_kept:
            left.append(str(each.label))
            continue
        kept[each.key] = params.get(each.key, "").strip()
        if each.key in params.getlist(NEGATED):
            kept.appendlist(NEGATED, each.key)
    if sort := params.get("sort"):
        kept["sort"] = sort
    return kept.urlencode(), left


@transaction.atomic
def save(wanted: SavedView, *, by: User) -> SavedView:
    """Keep a new view, or what was changed of one's own."""
    if wanted.pk is not None and wanted.owner_id != by.pk:
        raise Refused(_("Only who saved a view changes it: save one of your own."))
    if wanted.area_id and not sharing_areas(by).filter(pk=wanted.area_id).exists():
        raise Refused(_("You share with the people of an area in which you have a post."), field="area")
    if len(wanted.query) > _LONGEST_QUERY:
        raise Refused(_("These are too many filters for one view: take some away."))
    mine = SavedView.objects.filter(owner=by, table=wanted.table)
    if wanted.pk is None and mine.count() >= MOST:
        raise Refused(_("You keep %(most)d views of this list already: remove one first.") % {"most": MOST})
    wanted.owner, wanted.name = by, wanted.name.strip()
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError:
        raise Refused(_("You have a view of this name already: choose another."), field="name") from None
    _note("view.saved", wanted, by)
    return wanted


@transaction.atomic
def remove(view: SavedView, *, by: User) -> None:
    """Remove one's own view; with it goes what was shared."""
    if view.owner_id != by.pk:
        raise Refused(_("Only who saved a view removes it."))
    _note("view.removed", view, by)
    view.delete()


def _note(verb: str, view: SavedView, by: User) -> None:
    """Write the act down. What a view is called may name people: it is only committed to."""
    today, area = clock.today(), view.area_id or min((duty.area for duty in by.duties()), default="")
    role = next((duty.role for duty in by.duties() if area.startswith(duty.area)), "")
    details = {"list": view.table, "filters": view.query, "shared": bool(view.area_id)}
    act = Act(
        verb, "desk.savedview", str(view.pk), today, today, area=area, details=details,
        personal={"name": view.name},
    )  # fmt: skip
    record(act, by=Actor(f"staff:{by.pk}", role, area))


def _cleaned(params: QueryDict) -> str:
    given = params.copy()
    for name in ("after", "before"):
        given.pop(name, None)
    return given.urlencode()


def _plain(params: QueryDict) -> list[tuple[str, str]]:
    """Return what an address asks for, in an order of its own: to say whether two are the same."""
    skipped = ("after", "before", NEGATED)
    negated = [(NEGATED, key) for key in params.getlist(NEGATED) if params.get(key)]
    given = [(key, text) for key in params if key not in skipped and (text := params.get(key, "").strip())]
    return sorted(given + negated)

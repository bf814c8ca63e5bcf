"""Pages of areas: the tree of one's own, one area with its history, and the picker of forms."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.roles import Level, Right
from foundation.accounts.selectors import breadcrumb, matching, roots, successors_of, with_counts
from foundation.desk import area_page
from foundation.desk.area_tables import BELOW, listed
from foundation.desk.tables import answer

#: The picker suggests so many.
SUGGESTED = 20
_LONGEST = 80


@door(Right.VIEW_AREAS)
@require_GET
def areas_list(request: StaffRequest) -> HttpResponse:
    """Show where the person's tree begins, or what they look for in it."""
    beginning = list(roots(request.user).values_list("pk", flat=True))
    begin = Area.objects.visible_to(request.user).filter(pk__in=beginning)
    begin |= Area.objects.visible_to(request.user).filter(parent__in=beginning)
    table = listed(request.user, request, begin)
    return answer(request, "desk/areas.html", table, may_manage=request.user.holds(Right.MANAGE_AREAS))


@door(Right.VIEW_AREAS)
@require_GET
def area(request: StaffRequest, code: str) -> HttpResponse:
    """Show one area: where it stands, what lies below it, what it was called, and what became of it."""
    row = get_visible_or_404(Area.objects.select_related("parent"), request.user, pk=code)
    below = Area.objects.visible_to(request.user).filter(parent=row)
    context = {
        "area": row,
        "crumbs": area_page.crumbs(breadcrumb(row), request.user),
        "former_names": row.former_names.all(),
        "successors": successors_of(row.code) if row.retired_on else [],
        "origins": row.origins.select_related("predecessor").order_by("-on", "predecessor"),
        "successions": row.successions.select_related("successor").order_by("-on", "successor"),
        "people": area_page.people_here(row, request.user),
        "facts": area_page.facts(row, request.user),
        "events": area_page.events(row),
        "acts": area_page.acts(row, request.user),
        "orphan": row.parent_id is None and row.level > Level.PROVINCE,
    }
    living = below.living()
    shown = below if request.GET.get("retired") else living
    context["retired_below"] = below.count() - living.count() if shown is living else 0
    return answer(request, "desk/area.html", BELOW.page(with_counts(shown), request), **context)


@door(Right.VIEW_AREAS)
@require_GET
def pick(request: StaffRequest) -> HttpResponse:
    """Suggest areas for what is typed, as options of a datalist. `field` names the input that asks."""
    typed = request.GET.get("q") or request.GET.get(request.GET.get("field", ""), "")
    text = typed.replace("\x00", "").strip()[:_LONGEST]
    rows = Area.objects.visible_to(request.user).living()
    fitting = matching(rows, text) if text else rows.none()
    if request.GET.get("level", "").isdecimal():
        fitting = fitting.filter(level=int(request.GET["level"][:2]))
    found = fitting.select_related("parent").order_by("level", "code")[:SUGGESTED]
    return render(request, "desk/_area_options.html", {"areas": found})

"""Saving a view of a list, changing and removing it; and up to where a list was seen."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.accounts.access import StaffRequest, get_visible_or_404, own_door
from foundation.accounts.models import Area, User
from foundation.desk import exports, list_visits, saved_views
from foundation.desk.acts import attempt, form_page
from foundation.desk.models import SavedView
from foundation.desk.once import once
from foundation.desk.views.exports import wanted_from


class ViewForm(forms.Form):
    """What a view is called, and with whose people it is shared."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=30)
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Shared with the people of"),
        required=False,
        empty_label=gettext_lazy("nobody: for me alone"),
        help_text=gettext_lazy("They see the same filters on what their own areas hold."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas of one's own duties."""
        super().__init__(*args, **options)
        self.fields["area"].queryset = saved_views.sharing_areas(user)  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """Which list was seen, and up to which thing; `all`: nothing of it is new any more."""

    table = forms.SlugField(max_length=40)
    newest = forms.IntegerField(min_value=0, max_value=2**62)
    all = forms.BooleanField(required=False)
    back = forms.CharField(required=False)


@own_door
@once
def save(request: StaffRequest) -> HttpResponse:
    """Save the filters and the order of a list as a view."""
    address = request.GET.get("address", "")
    if not address:
        return redirect("desk:home")
    wanted = wanted_from(request, address)
    try:
        selection, _door = exports.selected(wanted, by=request.user)
    except Resolver404 as nowhere:
        raise Http404(_("This page is no list.")) from nowhere
    query, left = saved_views.keepable(selection, QueryDict(wanted.query), request.user)
    view = SavedView(table=selection.table.name, path=wanted.path, query=query)
    intro = _("Filters and order: %(filters)s.") % {"filters": _told(selection.chips) or _("none")}
    if left:
        intro += " " + _("Typed words are not kept, because they may name people: %(filters)s.") % {
            "filters": "、".join(left)
        }
    return _asked(request, view, title=_("Save this view"), intro=intro)


@own_door
@once
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Rename one's own view, share it, or keep it to oneself again."""
    view = get_visible_or_404(SavedView.objects, request.user, pk=pk, owner=request.user)
    return _asked(request, view, title=_("Saved view"), intro="")


@own_door
@require_POST
@once
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove one's own view."""
    view = get_visible_or_404(SavedView.objects, request.user, pk=pk, owner=request.user)
    path = view.path
    saved_views.remove(view, by=request.user)
    return redirect(path)


@own_door
@require_POST
def seen(request: StaffRequest) -> HttpResponse:
    """Write down up to where a list was seen: while it is looked at, or by a press that ends what is new."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    given = form.cleaned_data
    act = list_visits.have_seen if given["all"] else list_visits.look
    act(given["table"], given["newest"], by=request.user)
    back = given["back"]
    if given["all"] and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return HttpResponse(status=204)


def _asked(request: StaffRequest, view: SavedView, *, title: str, intro: str) -> HttpResponse:
    first = {"name": view.name, "area": view.area_id}
    form = ViewForm(request.POST or None, user=request.user, initial=first)
    address = f"{view.path}?{view.query}"
    if form.is_valid():
        view.name, view.area = form.cleaned_data["name"], form.cleaned_data["area"]
        done = attempt(
            request,
            form,
            lambda: saved_views.save(view, by=request.user),
            done=_("The view is saved; it stands above its list."),
            then=address,
        )
        if done:
            return done
    template = "desk/saved_view.html"
    return form_page(
        request,
        form,
        title=title,
        submit=_("Save"),
        cancel=address,
        template=template,
        intro=intro,
        view=view,
    )


def _told(chips: Any) -> str:
    return "；".join(f"{chip.label} {'≠' if chip.negated else '='} {chip.value}" for chip in chips)

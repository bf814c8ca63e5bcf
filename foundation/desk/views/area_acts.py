"""Acts on areas, each a form of its own that says what will happen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import areas
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from foundation.desk import area_forms
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.once import once


@dataclass(frozen=True, slots=True)
class Ask:
    """How an act asks: its form, its words, and what it says will happen (then it also warns by its colour)."""

    form: Callable[..., Form]
    title: str
    submit: str
    consequences: Sequence[str] = ()


@door(Right.MANAGE_AREAS)
@once
def add(request: StaffRequest, code: str) -> HttpResponse:
    """Add an area below another one."""

    def run(area: Area, given: Any, by: User) -> Area:
        return areas.add(given.cleaned_data["code"], given.cleaned_data["name"], by=by, **given.when())

    return _act(request, code, Ask(area_forms.AddForm, _("Add an area below %(area)s"), _("Add")), run)


@door(Right.MANAGE_AREAS)
@once
def rename(request: StaffRequest, code: str) -> HttpResponse:
    """Give an area another name."""

    def run(area: Area, given: Any, by: User) -> Area:
        return areas.rename(area, given.cleaned_data["name"], by=by, **given.when())

    return _act(request, code, Ask(area_forms.RenameForm, _("Rename %(area)s"), _("Rename")), run)


@door(Right.MANAGE_AREAS)
@once
def renumber(request: StaffRequest, code: str) -> HttpResponse:
    """Give an area and everything below it another code."""

    def run(area: Area, given: Any, by: User) -> Area:
        return areas.renumber(area, given.cleaned_data["code"], by=by, **given.when())

    ask = Ask(
        area_forms.RenumberForm,
        _("New code for %(area)s"),
        _("Give the new code"),
        (
            _("Everything below it gets the new beginning of its code as well."),
            _("The old codes are retired on that day; people posted there continue under the new codes."),
        ),
    )
    return _act(request, code, ask, run)


@door(Right.MANAGE_AREAS)
@once
def merge(request: StaffRequest, code: str) -> HttpResponse:
    """Let an area become part of another."""

    def run(area: Area, given: Any, by: User) -> Area:
        areas.merge(area, given.cleaned_data["into"], by=by, **given.when())
        return area

    ask = Ask(
        area_forms.MergeForm,
        _("Merge %(area)s into another area"),
        _("Merge"),
        (
            _("%(area)s is retired on that day; its records of earlier days stay."),
            _("People posted there continue in the other area, with their stand-ins."),
        ),
    )
    return _act(request, code, ask, run)


@door(Right.MANAGE_AREAS)
@once
def split(request: StaffRequest, code: str) -> HttpResponse:
    """Let an area end in several others."""

    def run(area: Area, given: Any, by: User) -> Area:
        areas.split(area, given.cleaned_data["into"], by=by, **given.when())
        return area

    ask = Ask(
        area_forms.SplitForm,
        _("Split %(area)s"),
        _("Split"),
        (
            _("%(area)s is retired on that day; its records of earlier days stay."),
            _("People posted there continue in each of the areas, until their postings are changed."),
        ),
    )
    return _act(request, code, ask, run)


@door(Right.MANAGE_AREAS)
@once
def retire(request: StaffRequest, code: str) -> HttpResponse:
    """End an area that nothing follows."""

    def run(area: Area, given: Any, by: User) -> Area:
        areas.retire(area, by=by, **given.when())
        return area

    ask = Ask(
        area_forms.ActForm,
        _("Retire %(area)s"),
        _("Retire"),
        (_("No area follows it. Where one does, merge it or give it a new code instead."),),
    )
    return _act(request, code, ask, run)


@door(Right.MANAGE_AREAS)
@once
def restore(request: StaffRequest, code: str) -> HttpResponse:
    """Let a retired area live again."""

    def run(area: Area, given: Any, by: User) -> Area:
        return areas.restore(area, by=by, reason=given.cleaned_data["reason"])

    ask = Ask(
        area_forms.RestoreForm,
        _("Restore %(area)s"),
        _("Restore"),
        (
            _("%(area)s lives again, and no area counts as following it any more."),
            _("People who moved on stay where they are: merge that area back, or grant postings anew."),
        ),
    )
    return _act(request, code, ask, run)


def _act(request: StaffRequest, code: str, ask: Ask, run: Callable[[Area, Any, User], Area]) -> HttpResponse:
    """Ask, run the stage function, and go to the page of the area that came of it."""
    managed = within("code", prefixes(request.user, Right.MANAGE_AREAS))
    area = get_visible_or_404(Area.objects.filter(managed), request.user, pk=code)
    form = ask.form(request.POST or None, area=area, user=request.user)
    if form.is_valid():
        answer = attempt(
            request,
            form,
            lambda: run(area, form, request.user),
            done=lambda result: _("Done: %(area)s, %(code)s.") % {"area": result, "code": result.padded_code},
            then=lambda result: reverse("desk:area", args=[result.code]),
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=ask.title % {"area": area.name},
        submit=ask.submit,
        cancel=reverse("desk:area", args=[area.code]),
        template=CONFIRM if ask.consequences else FORM,
        consequences=[sentence % {"area": area.name} for sentence in ask.consequences],
        intro="",
    )

"""The code of one household: its picture, a new one, none any more."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.files.answers import POLICY
from households.codes import giving, pictures, tokens
from households.codes.forms import CodeForm
from households.models import Household, HouseholdCode
from households.views.corrections import page_address


@door(Right.KEEP_CODES)
@require_GET
def png(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out the code as PNG."""
    return _picture(request, pk, "png", "image/png", pictures.png)


@door(Right.KEEP_CODES)
@require_GET
def svg(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out the code as SVG."""
    return _picture(request, pk, "svg", "image/svg+xml", pictures.svg)


@door(Right.KEEP_CODES)
@once
def replace(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a household a new code."""
    household = _found(request.user, pk)
    old = HouseholdCode.objects.visible_to(request.user).in_force().filter(household=household).first()
    form = CodeForm(request.POST or None, needs_reason=old is not None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: giving.replace(household, by=request.user, reason=form.cleaned_data["reason"]),
            done=_("The household has a new code."),
            then=page_address(household.pk),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("New code for household %(code)s") % {"code": household.code},
        submit=_("Give out a new code"),
        cancel=page_address(household.pk),
        template=CONFIRM,
        consequences=[_("What was printed with the old code leads nowhere any more.")] if old else [],
    )


@door(Right.KEEP_CODES)
@once
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Revoke the code of a household."""
    household = _found(request.user, pk)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: giving.revoke(household, by=request.user, reason=form.cleaned_data["reason"]),
            done=_("The code is revoked."),
            then=page_address(household.pk),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Revoke the code of household %(code)s") % {"code": household.code},
        submit=_("Revoke"),
        cancel=page_address(household.pk),
        template=CONFIRM,
        consequences=[
            _("What was printed leads nowhere any more: not even staff find the household by it."),
            _("The household has no code until a new one is given out."),
        ],
    )


def _found(user: User, pk: int) -> Household:
    return get_object_or_404(Household.objects.visible_to(user, Right.KEEP_CODES), pk=pk)


def _picture(
    request: StaffRequest, pk: int, ending: str, media_type: str, draw: Callable[[str], bytes | str]
) -> HttpResponse:
    household = _found(request.user, pk)
    code = HouseholdCode.objects.visible_to(request.user).in_force().filter(household=household).first()
    if code is None:
        raise Http404(_("This household has no code."))
    answer = HttpResponse(draw(tokens.household_address(household.area_id, code.token)), media_type)
    named = content_disposition_header(as_attachment=True, filename=f"{household.code}.{ending}")
    answer.headers["Content-Disposition"] = named or "attachment"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer

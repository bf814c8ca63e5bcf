"""Save a begun form of a visit, and throw it away."""

import json
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from households.models import Household
from households.places import HOUSEHOLD
from households.visits import drafts
from households.visits.book import in_force
from households.visits.questionnaires import Declared


@door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD)
@require_POST
def save(request: StaffRequest, pk: int) -> HttpResponse:
    """Save what was typed so far, and answer when, with the version of each field that stands now (JSON)."""
    row = get_visible_or_404(Household.objects.select_related("area"), request.user, pk=pk)
    try:
        sent = json.loads(request.body)
        key, declared = UUID(str(sent["key"])), _declared(str(sent["form"]))
        kept = drafts.keep(row, key, declared, drafts.read(sent["fields"]), by=request.user)
    except (ValueError, KeyError, TypeError):
        return JsonResponse(
            {"refused": _("What was typed could not be read and was not saved: send the form.")}, status=400
        )
    except Refused as refused:
        return JsonResponse({"refused": refused.sentence}, status=409)
    if kept is None:
        return JsonResponse({"done": True})
    at = timezone.localtime(kept.saved_at)
    return JsonResponse({"saved": f"{at:%H:%M}", "versions": drafts.versions(kept)})


@door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD)
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw away what was typed, and begin anew."""
    row = get_visible_or_404(Household.objects.all(), request.user, pk=pk)
    code = request.POST.get("form", "")
    if code in in_force(clock.today()):
        drafts.discard(row, _declared(code), by=request.user)
    return redirect(f"{reverse('households:visit_write', args=[row.pk])}?form={code}")


def _declared(code: str) -> Declared:
    return in_force(clock.today())[code]

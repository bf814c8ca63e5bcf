"""The button below every list: as a workbook or as CSV, at once or by a job."""

from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.access import StaffRequest, own_door
from foundation.accounts.refusals import Refused
from foundation.desk import export_jobs, exports, focus
from foundation.desk.exports import List, Wanted
from foundation.files.answers import download
from foundation.files.lists import MEDIA_TYPES, Form


@own_door
@require_POST
def export(request: StaffRequest) -> HttpResponseBase:
    """Hand out the list at `address`; its own door decides who may have it."""
    wanted = _wanted(request)
    try:
        chosen = exports.select(wanted, by=request.user)
        if chosen.count > settings.EXPORT_ROWS_AT_ONCE:
            job = export_jobs.ask(wanted, chosen, by=request.user)
            messages.success(request, _("The list is being written; you find it here when it is ready."))
            return redirect("desk:job", uuid=job.uuid)
        return _at_once(request, wanted, chosen)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(f"{wanted.path}?{wanted.query}")


def _at_once(request: StaffRequest, wanted: Wanted, chosen: List) -> HttpResponseBase:
    """Write the file, record it, and stream it; nothing of it stays."""
    draft, count = exports.write(wanted, chosen, by=request.user)
    try:
        with transaction.atomic():
            exports.record_export(wanted, chosen, draft, count, by=request.user)
        pieces = draft.pieces()
        first = next(pieces)  # opened: the name can go, the bytes stay until the answer ends
    finally:
        draft.discard()

    return download(
        chain([first], pieces),
        name=exports.file_name(chosen),
        media_type=MEDIA_TYPES[wanted.form],
        size=draft.size,
    )


def _wanted(request: StaffRequest) -> Wanted:
    form = request.POST.get("form", "xlsx")
    if form not in MEDIA_TYPES:
        raise Http404(_("This page is no list."))
    return wanted_from(request, request.POST.get("address", ""), form)


def wanted_from(request: StaffRequest, address: str, form: Form = "xlsx") -> Wanted:
    """Return the list that an address of ours names, as the reader looks at it; 404 for any other address."""
    parts = urlsplit(address)
    own = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and not parts.netloc
    if not own or parts.path == reverse("desk:export"):
        raise Http404(_("This page is no list."))
    return Wanted(parts.path, parts.query, focus.current(request), form)

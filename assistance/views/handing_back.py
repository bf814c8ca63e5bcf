"""The list of a month for a department: chosen, with its purpose, and taken out."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.handing_back import exporting
from assistance.handing_back.departments import recipients
from assistance.handing_back.forms import HandBackForm
from assistance.views.board import area_of
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import form_page
from foundation.desk.once import once
from foundation.files.answers import download


@door(Right.REVEAL_NUMBERS)
@once
def hand_back(request: StaffRequest, code: str) -> HttpResponseBase:
    """Hand out who is newly monitored, and who no longer, for one department of the county."""
    area = area_of(request, code)
    form = HandBackForm(request.POST if request.method == "POST" else None, offered=recipients(area.code))
    if form.is_valid():
        try:
            made = exporting.take_out(area, form.wanted(), by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)
    return form_page(
        request,
        form,
        title=_("Monitored people for a department: %(area)s") % {"area": area.name},
        submit=_("Take out"),
        cancel=reverse("cases:national_of", args=[area.code]),
        intro=_(
            "Who began and who ceased to be monitored in a month, with name, ID number and township: what a department "
            "needs to mark them in its own data. Neither category nor reason is told."
        ),
    )

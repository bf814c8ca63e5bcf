"""The page that takes a staff workbook: small and middling files, read while one waits."""

import base64
import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.accounts.staff_import import Imported, import_staff
from foundation.accounts.staff_sheets import first_passwords, rejected, template
from foundation.desk.staff_forms import StaffFileForm

#: More rows than this come by the command, until the page has a job behind it.
MOST_ROWS = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200


@door(Right.VIEW_STAFF)
def upload(request: StaffRequest) -> HttpResponse:
    """Take a staff workbook and show what came of each row; first passwords are shown here and nowhere again."""
    user = request.user
    if not (user.holds(Right.MANAGE_ACCOUNTS) or user.holds(Right.GRANT_POSTINGS)):
        return render(request, "desk/staff_import_closed.html", status=403)
    form = StaffFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            imported = import_staff(
                form.cleaned_data["file"].file,
                by=user,
                with_passwords=form.cleaned_data["passwords"] and user.holds(Right.MANAGE_ACCOUNTS),
                most=MOST_ROWS,
            )
        except Refused as refused:
            form.add_error("file", refused.sentence)
        else:
            return render(request, "desk/staff_imported.html", _result(imported))
    return render(
        request,
        "desk/staff_import.html",
        {"form": form, "opens": user.holds(Right.MANAGE_ACCOUNTS), "title": _("Import staff")},
    )


@door(Right.VIEW_STAFF)
def empty_workbook(request: StaffRequest) -> HttpResponse:
    """Give the workbook to fill in, with the roles as one's own area calls them."""
    area = min(prefixes(request.user, Right.VIEW_STAFF))
    response = HttpResponse(template(area), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="staff.xlsx"'
    return response


def _result(imported: Imported) -> dict[str, object]:
    """Return what the result page shows; its two workbooks travel inside the page and are kept nowhere."""
    day: datetime.date = clock.today()
    return {
        "counts": imported.counts(),
        "rejects": imported.rejects[:_SHOWN],
        "more_rejects": max(len(imported.rejects) - _SHOWN, 0),
        "rejects_file": _inline(rejected(imported.rejects)) if imported.rejects else "",
        "passwords": imported.passwords,
        "passwords_file": _inline(first_passwords(imported.passwords)) if imported.passwords else "",
        "day": day,
    }


def _inline(content: bytes) -> str:
    return f"data:{XLSX};base64,{base64.b64encode(content).decode()}"

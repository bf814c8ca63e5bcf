"""What a hand-over must not forget of help: what runs every month, what was promised and not paid, who objects.

Each is a HELPER_LINES of config/composition_of_cases.py; asked for measures stand with the measures themselves.
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.aid.tables import feed_name
from assistance.aid.wording import given, months_of, payer_of, span
from assistance.helping.sentences import Line
from assistance.models import AidGap, AidRecord, Case, Objection
from assistance.models.aid_gaps import Side
from foundation.accounts import clock
from foundation.accounts.models import User


def of_aid(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case what its household is given every month, since when and by whom (HELPER_LINES)."""
    rows = AidRecord.objects.visible_to(user).filter(case__in=cases).running(clock.today())
    rows = rows.select_related("department", "resident").order_by("landed_on", "pk")
    found: dict[int, list[Line]] = {}
    said = pgettext("hand-over", "Runs: %(name)s%(whom)s, %(given)s, %(span)s, by %(payer)s")
    for row in rows:
        told = {
            "name": row.called,
            "whom": _whom(row),
            "given": given(row),
            "span": span(row),
            "payer": payer_of(row),
        }
        found.setdefault(row.case_id, []).append(Line(said % told))
    return found


def of_gaps(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case what was promised and is in no list of what was paid (HELPER_LINES)."""
    rows = AidGap.objects.visible_to(user).filter(case__in=cases, side=Side.UNPAID).select_related("resident")
    found: dict[int, list[Line]] = {}
    for row in rows.order_by("first_month", "pk"):
        told = {"what": f"{feed_name(row)}{_whom(row)}", "months": months_of(row)}
        if row.amount is None:
            said = _("Promised, not paid: %(what)s, %(months)s") % told
        else:
            told["amount"] = f"{row.amount:,.2f}"
            said = _("Promised, not paid: %(what)s, %(months)s (%(amount)s yuan)") % told
        found.setdefault(row.case_id, []).append(Line(said))
    return found


def of_objections(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case that an objection is open and until when it is answered (HELPER_LINES).

    That there is one is seen with the case; what was said and by whom is read on its own page alone.
    """
    rows = Objection.objects.open().filter(item__case__in=cases).order_by("arrived_on", "pk")
    may = set(Objection.objects.visible_to(user).filter(item__case__in=cases).values_list("pk", flat=True))
    found: dict[int, list[Line]] = {}
    for key, case, arrived, due in rows.values_list("pk", "item__case", "arrived_on", "answer_due_on"):
        said = _("An objection of %(day)s is open") % {"day": arrived}
        if due is not None:
            said = _("An objection of %(day)s is open, to be answered by %(due)s") % {
                "day": arrived,
                "due": due,
            }
        url = reverse("cases:objection", args=[key]) if key in may else ""
        found.setdefault(case, []).append(Line(said, url=url))
    return found


def _whom(row: AidRecord | AidGap) -> str:
    """Name the member that help is for, in brackets; nothing where it is for the household."""
    return f"（{row.resident.shown_name}）" if row.resident is not None else ""

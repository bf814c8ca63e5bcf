"""Find a case by what people read on papers: its number, or the number of its household."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.search import MOST_HITS, Hit


def number_of(text: str) -> int | None:
    """Return the key in a case number as people read it (2026-999901-000123), or None."""
    parts = text.strip().split("-")
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[2]) <= 12:
        return int(parts[2])
    return None


def cases_named(text: str, user: User) -> list[Case]:
    """Return the cases that `user` may see by their number or that of their household, running ones first."""
    rows = Case.objects.visible_to(user).select_related("household", "area")
    key = number_of(text)
    found = rows.filter(pk=key) if key is not None else rows.filter(household__code=text.strip())
    named = [
        row for row in found.order_by("-pk")[: MOST_HITS + 1] if key is None or row.number == text.strip()
    ]
    return sorted(named, key=lambda row: not row.is_running)


def case_named(text: str, user: User) -> Case:
    """Return the one case that was typed; refused where there is none in the reader's areas."""
    found = cases_named(text, user)
    if not found:
        raise Refused(_("No case of your areas has this number."), field="other")
    return found[0]


class CaseSearch:
    """Cases by their number (foundation.desk.search.SearchPart)."""

    title = pgettext_lazy("case", "Cases")

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return the case with this number, where `user` may see it."""
        if number_of(text) is None:
            return []
        return [
            Hit(row.number, f"{row.area.name} · {row.state_label}", reverse("cases:case", args=[row.pk]))
            for row in cases_named(text, user)
        ]


cases = CaseSearch()

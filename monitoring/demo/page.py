"""What the departments' data bring to the first page of the demonstration: the funnel, counts, and a story.

The numbers are those of the table that the first start prints (table.py), counted when the page is asked for.
"""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext

from foundation.accounts.demo.places import COUNTY
from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.desk.demo_parts import Count, DemoPart, Step, StoryLine
from households.models.households import HEAD
from monitoring.demo.table import totals
from monitoring.models import Delivery, Finding, RowCandidate

#: Who of the cast looks after the whole county's data, and who decides whom a row of the bureau means.
DISPATCHER, OFFICER = "xian", "yibao"
#: S16: short of the line, and one row without a person.
SHORT_OF_THE_LINE = "YS000016"


def numbers() -> list[tuple[int, Promise]]:
    """Return nothing: the funnel says it."""
    return []


def funnel() -> list[Step]:
    """Return how many files came with how many rows, how many were refused, and what was found in the others."""
    whole = totals()
    if not whole["files"]:
        return []
    deliveries = reverse("monitoring:deliveries")
    return [
        Step(whole["files"], pgettext("counted", "files of departments"), deliveries, DISPATCHER),
        Step(whole["rows"], pgettext("counted", "rows"), deliveries, DISPATCHER),
        Step(whole["rejected"], pgettext("counted", "rows refused"), f"{deliveries}?rejects=yes", DISPATCHER),
        Step(whole["findings"], pgettext("counted", "findings"), reverse("monitoring:findings"), DISPATCHER),
    ]


def stories() -> list[StoryLine]:
    """Tell of the man of whom there is no warning, while the row that may be his waits for an answer."""
    rows = RowCandidate.objects.waiting().filter(resident__household__code=SHORT_OF_THE_LINE)
    row = rows.select_related("resident__household__area").first()
    if row is None or Finding.objects.living().filter(household=row.resident.household_id).exists():
        return []
    home = row.resident.household
    head = home.residents.filter(relation=HEAD).first() or row.resident
    sentence = _(
        "%(head)s, %(village)s: no warning; a row without a person may be his. Why not, and what then?"
    )
    return [
        StoryLine(
            sentence % {"head": head.name, "village": home.area.name},
            reverse("monitoring:why_not", args=[home.pk]),
            DISPATCHER,
            role_labels(COUNTY)[Role.COUNTY_DISPATCHER],
        )
    ]


def _candidates(user: User) -> int:
    return RowCandidate.objects.visible_to(user).waiting().count()


def _waiting(user: User) -> int:
    return Delivery.objects.visible_to(user, Right.DELIVER_DATA).filter(state="waiting").count()


def _refused(user: User) -> int:
    counted = Delivery.objects.visible_to(user, Right.DELIVER_DATA).in_force()
    return sum(number or 0 for number in counted.values_list("rows_rejected", flat=True))


COUNTS = (
    Count(
        Right.DELIVER_DATA,
        _waiting,
        ngettext_lazy("%(n)d file waits for a decision", "%(n)d files wait for a decision", "n"),
    ),
    Count(Right.DELIVER_DATA, _refused, ngettext_lazy("%(n)d row refused", "%(n)d rows refused", "n")),
    Count(
        Right.DELIVER_DATA,
        _candidates,
        ngettext_lazy("%(n)d row may be somebody's", "%(n)d rows may be somebody's", "n"),
    ),
)
PART = DemoPart(numbers, stories, COUNTS, funnel)

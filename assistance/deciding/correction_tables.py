"""The list of corrections of wrong identifications, and of letters on cases."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.deciding.letters import CATEGORY_CHANGED
from assistance.deciding.removal_letters import NAMES
from assistance.deciding.tables import head_of
from assistance.lifecycle import CASE
from assistance.models import CaseLetter, Correction
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident
from households.models.households import HEAD


def rows_for(user: User) -> QuerySet[Correction]:
    """Return the corrections that `user` may see, with village and head."""
    return _with_heads(Correction.objects.visible_to(user))


def letters_for(user: User) -> QuerySet[CaseLetter]:
    """Return the letters that `user` may see, with village and head."""
    return _with_heads(CaseLetter.objects.visible_to(user))


def table() -> Table:
    """Return the list of corrections."""
    return Table(
        "case_corrections",
        title=gettext_lazy("Wrong identifications"),
        columns=(
            Column("head", gettext_lazy("Head of household"), lambda row: head_of(row.case), "link",
                   url=lambda row: reverse("cases:correction", args=[row.pk])),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("reason", pgettext_lazy("case", "Why it was wrong"), lambda row: row.reason),
            Column("proposed_on", pgettext_lazy("case", "Proposed on"), lambda row: row.proposed_on, "day"),
            Column("decided_on", pgettext_lazy("case", "Decided on"), lambda row: row.decided_on, "day"),
            Column("noticed_on", gettext_lazy("Notice posted on"), lambda row: row.noticed_on, "day"),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.case.number, "code"),
        ),
        filters=(
            Filter("open", gettext_lazy("To be decided"), "yesno",
                   lambda rows, wanted: rows.filter(outcome="") if wanted else rows.exclude(outcome="")),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area"))),
        ),
        order=("-pk",),
        empty=gettext_lazy(
            "No wrong identification. The township proposes one on the page of an enrolled case, when it has heard the "
            "household."
        ),
    )  # fmt: skip


def badge(row: Correction) -> Badge:
    """Say what became of a correction, in a pill."""
    if not row.outcome:
        return Badge(_("to be decided by the county"), "soon")
    return Badge(
        row.get_outcome_display(), "done" if row.outcome == Correction.Outcome.REJECTED else "overdue"
    )


def letters() -> Table:
    """Return the list of letters on cases."""
    return Table(
        "case_letters",
        title=gettext_lazy("Letters on cases"),
        columns=(
            Column("head", gettext_lazy("Head of household"), lambda row: head_of(row.case), "link",
                   url=lambda row: reverse("cases:letter", args=[row.pk])),
            Column("state", gettext_lazy("State"), letter_badge, "badge"),
            Column("due_on", gettext_lazy("Due on"), lambda row: row.due_on, "day", sort="due_on"),
            Column("decision", pgettext_lazy("case", "Decision"), decision_of),
            Column("concluded_on", gettext_lazy("Concluded on"), lambda row: row.concluded_on, "day"),
            Column("delivered_on", gettext_lazy("Delivered on"), lambda row: row.delivered_on, "day"),
            Column("way", gettext_lazy("Way"), lambda row: row.get_way_display()),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.case.number, "code"),
        ),
        filters=(
            Filter("owed", gettext_lazy("Still to be delivered"), "yesno",
                   lambda rows, wanted: rows.filter(delivered_on__isnull=wanted)),
            Filter("late", gettext_lazy("Overdue"), "yesno", _late),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area"))),
        ),
        order=("-concluded_on", "-pk"),
        empty=gettext_lazy(
            "No letters. When a case ends, when a household comes to count in another category, or when the removal of "
            "its risk comes to nothing or is rolled back, a letter to it is owed here."
        ),
    )  # fmt: skip


def decision_of(row: CaseLetter) -> str:
    """Name the decision that a letter tells of."""
    if row.verb == CATEGORY_CHANGED:
        return pgettext("case", "Category changed")
    return str(NAMES[row.verb] if row.verb in NAMES else CASE.find(row.verb).label)


def letter_badge(row: CaseLetter) -> Badge:
    """Say whether a letter was delivered, or is owed, in a pill."""
    if row.delivered_on is not None:
        return Badge(_("delivered"), "done")
    late = row.due_on is not None and row.due_on < clock.today()
    return Badge(_("overdue"), "overdue") if late else Badge(_("to be delivered"), "soon")


def _late(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    late = {"delivered_on__isnull": True, "due_on__lt": clock.today()}
    return rows.filter(**late) if wanted else rows.exclude(**late)


def _with_heads(rows: Any) -> Any:
    heads = Resident.objects.present().filter(relation=HEAD)
    return rows.select_related("case__household", "case__area").prefetch_related(
        Prefetch("case__household__residents", heads, to_attr="heads")
    )

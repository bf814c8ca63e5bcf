"""The list of owed follow-ups."""

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.evaluations.selectors import head_name, heads
from assistance.followups.before import ENDED
from assistance.models import FollowUp
from assistance.models.decided import Decided
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table
from households.models import Visit


def rows_for(user: User) -> QuerySet[FollowUp]:
    """Return the owed visits that `user` may see, each with `visited_on`, when its household was last met."""
    met = Visit.objects.filter(household=OuterRef("case__household"), outcome=Visit.Outcome.MET)
    by_household = met.counting().order_by().values("household")
    rows = FollowUp.objects.visible_to(user).owed().select_related("case__household", "case__area")
    return rows.annotate(
        visited_on=Subquery(by_household.annotate(last=Max("happened_on")).values("last"))
    ).prefetch_related(heads("case__household"))


def badge(row: FollowUp) -> Badge:
    """Say whether a visit is overdue, in a pill."""
    today = clock.today()
    if row.is_late(today):
        return Badge(_("overdue"), "overdue")
    return Badge(_("%(count)d days left") % {"count": (row.due_on - today).days})


def why(row: FollowUp) -> str:
    """Say whether the household is monitored, or looked after since its risk was removed before this platform."""
    if row.case.state == ENDED:
        return pgettext("follow-up", "after-care, risk removed in %(month)s") % {
            "month": f"{row.case.ended_on:%Y-%m}"
        }
    return pgettext("follow-up", "monitored")


def table() -> Table:
    """Return the list of owed follow-ups, what is due first on top."""
    return Table(
        "follow_ups",
        title=gettext_lazy("Follow-up visits"),
        columns=(
            Column("head", gettext_lazy("Head of household"), lambda row: head_name(row.case), "link",
                   url=lambda row: reverse("cases:case", args=[row.case_id])),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("due_on", pgettext_lazy("follow-up", "Due on"), lambda row: row.due_on, "day", sort="due_on"),
            Column("level", pgettext_lazy("case", "Risk level"), lambda row: row.get_level_display()),
            Column("why", pgettext_lazy("follow-up", "Visited as"), why),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("group", gettext_lazy("Group"), lambda row: row.case.household.group_name),
            Column("visited", gettext_lazy("Last visit"), lambda row: row.visited_on, "day"),
            Column("household", gettext_lazy("Household number"), lambda row: row.case.household.code, "code"),
        ),
        filters=(
            Filter("late", gettext_lazy("Overdue"), "yesno",
                   lambda rows, yes: rows.filter(due_on__lt=clock.today()) if yes else
                   rows.filter(due_on__gte=clock.today())),
            Filter("level", pgettext_lazy("case", "Risk level"), "choice",
                   lambda rows, level: rows.filter(level=level), choices=lambda _user: Decided.RiskLevel.choices),
            Filter("removed", pgettext_lazy("follow-up", "Risk removed before this platform"), "yesno",
                   lambda rows, yes: rows.filter(case__state=ENDED) if yes else rows.exclude(case__state=ENDED)),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area"))),
        ),
        order=("due_on", "pk"),
        empty=gettext_lazy(
            "No follow-up is owed here. Every monitored household comes to this list with the day of its next visit, "
            "and so does who was removed before this platform."
        ),
    )  # fmt: skip

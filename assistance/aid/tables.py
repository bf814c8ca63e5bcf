"""The two lists of aid: every record of an area, and where promise and payment disagree."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.aid.feeds import feeds
from assistance.aid.months import month_of, moved
from assistance.aid.wording import acknowledged, badge, by_month, given, payer_of, span
from assistance.catalogue.words import CatalogueWords
from assistance.evaluations.selectors import head_name, heads
from assistance.models import AidExplanation, AidGap, AidRecord, Case
from assistance.models.aid_gaps import Side
from foundation.accounts.models import User
from foundation.desk.columns import Badge, ReadyView
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident
from monitoring.comparison.subjects import Subjects


def records_for(user: User) -> QuerySet[AidRecord]:
    """Return the aid records that `user` may see, with what the list shows of them."""
    rows = AidRecord.objects.visible_to(user).select_related(
        "case__household", "case__area", "resident", "department", "measure"
    )
    return rows.prefetch_related(heads("case__household"))


def gaps_for(user: User) -> QuerySet[AidGap]:
    """Return the differences that `user` may see, with what the list shows of them."""
    rows = AidGap.objects.visible_to(user).select_related("case__household", "case__area", "resident")
    return rows.prefetch_related(heads("case__household"))


def records_table(user: User) -> Table:
    """Return the list of records; an office reads masked names, as in its list of tasks."""
    names = Names(user)
    return Table(
        "aid_records",
        title=pgettext_lazy("aid", "Aid that landed"),
        columns=(
            Column("name", pgettext_lazy("aid", "Aid"), lambda row: row.called, "link",
                   url=lambda row: reverse("cases:aid_record", args=[row.pk])),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("who", pgettext_lazy("measure", "For"), names.who),
            Column("given", pgettext_lazy("aid", "What is given"), given),
            Column("span", pgettext_lazy("aid", "When"), span),
            Column("payer", pgettext_lazy("aid", "Payer"), payer_of),
            Column("acknowledged", pgettext_lazy("aid", "Acknowledged"), acknowledged),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("landed", pgettext_lazy("aid", "Landed on"), lambda row: row.landed_on, "day", sort="landed_on"),
            Column("amount", pgettext_lazy("measure", "Amount (yuan)"), lambda row: row.amount, "money"),
            Column("note", pgettext_lazy("aid", "Source"), lambda row: row.note),
        ),
        filters=(
            Filter("kind", pgettext_lazy("measure", "Kind"), "choice", lambda rows, kind: rows.filter(kind=kind),
                   lambda _user: list(CatalogueWords("").kinds().items())),
            Filter("month", pgettext_lazy("aid", "Given in month"), "month", _in_month),
            Filter("acknowledged", pgettext_lazy("aid", "Acknowledged"), "yesno",
                   lambda rows, yes: rows.exclude(acknowledged_how="") if yes else
                   rows.filter(state="recorded", acknowledged_how="")),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area")), nameless=True),
            Filter("struck", pgettext_lazy("aid", "Struck out"), "yesno",
                   lambda rows, yes: rows.filter(state="struck" if yes else "recorded"), more=True),
        ),
        order=("-landed_on", "-pk"),
        empty=pgettext_lazy(
            "aid", "No aid is recorded. It is written down on the page of the case, or on the measure it belongs to."
        ),
        views=(
            ReadyView(pgettext_lazy("view", "Every record"), ""),
            ReadyView(pgettext_lazy("view", "Not acknowledged"), "acknowledged=no"),
        ),
    )  # fmt: skip


def gaps_table() -> Table:
    """Return the list of differences, the newest months first."""
    return Table(
        "aid_gaps",
        title=pgettext_lazy("aid", "Promised and paid"),
        columns=(
            Column("head", gettext_lazy("Head of household"), lambda row: head_name(row.case), "link",
                   url=lambda row: reverse("cases:aid_gap", args=[row.pk])),
            Column("side", pgettext_lazy("aid", "Difference"), side_badge, "badge"),
            Column("feed", pgettext_lazy("aid", "Kind"), feed_name),
            Column("who", pgettext_lazy("measure", "For"), who_of),
            Column("first", pgettext_lazy("aid", "From month"), lambda row: by_month(row, row.first_month)),
            Column("last", pgettext_lazy("aid", "To month"), lambda row: by_month(row, row.last_month),
                   sort="last_month"),
            Column("amount", pgettext_lazy("measure", "Amount (yuan)"), lambda row: row.amount, "money"),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.case.number, "code"),
        ),
        filters=(
            Filter("side", pgettext_lazy("aid", "Difference"), "choice",
                   lambda rows, side: rows.filter(side=side), lambda _user: Side.choices),
            Filter("feed", pgettext_lazy("aid", "Kind"), "choice", lambda rows, feed: rows.filter(feed=feed),
                   lambda _user: [(each.code, each.name) for each in feeds().values()]),
            Filter("month", pgettext_lazy("aid", "In month"), "month",
                   lambda rows, day: rows.filter(first_month__lte=day, last_month__gte=day)),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area")), nameless=True),
        ),
        order=("-last_month", "-pk"),
        empty=pgettext_lazy(
            "aid",
            "Promise and payment agree here. Differences come by themselves when a department delivers its list.",
        ),
        views=(
            ReadyView(pgettext_lazy("view", "Every difference"), ""),
            ReadyView(pgettext_lazy("view", "Promised, not paid"), "side=unpaid"),
            ReadyView(pgettext_lazy("view", "Paid, not recorded"), "side=unrecorded"),
        ),
    )  # fmt: skip


def side_badge(row: AidGap) -> Badge:
    """Return on which side something is missing, in a pill."""
    return Badge(row.get_side_display(), "overdue" if row.side == Side.UNPAID else "soon")


def feed_name(row: AidGap | AidExplanation) -> str:
    """Name the kind of aid that is compared."""
    feed = feeds().get(row.feed)
    return feed.name if feed is not None else row.feed


def who_of(row: AidGap) -> str:
    """Name the member, or say that it is the household."""
    return row.resident.shown_name if row.resident else pgettext("measure", "the household")


def records_who(user: User, row: AidRecord) -> str:
    """Name whom a record is for, as far as `user` may know."""
    return Names(user).who(row)


def feed_label(row: AidRecord) -> str:
    """Name the data that a record was taken over from; empty where somebody entered it."""
    feed = feeds().get(row.feed)
    return feed.name if feed is not None else row.feed


def _in_month(rows: QuerySet[Any], day: Any) -> QuerySet[Any]:
    """Keep what was given in a month: once in it, or every month around it."""
    month = month_of(day)
    once = Q(per=AidRecord.Per.ONCE, landed_on__gte=month)
    ended = Q(until_month__lt=month) | Q(stopped_month__lt=month)
    begun = rows.filter(landed_on__lt=moved(month, 1))
    return begun.filter(once | Q(per=AidRecord.Per.MONTH) & ~ended)


class Names:
    """Whom a record is for, as far as a reader may know."""

    def __init__(self, user: User) -> None:
        """Remember for whom, and which cases are lent to them."""
        self._subjects, self._lent = Subjects(user), frozenset(Case.objects.lent_to(user))

    def who(self, row: AidRecord) -> str:
        """Name the member, or the household by its head."""
        return (
            self.member(row.resident, row.case_id) if row.resident else pgettext("measure", "the household")
        )

    def member(self, resident: Resident, case: int) -> str:
        """Name a member of the household of a case."""
        return resident.shown_name if str(case) in self._lent else self._subjects.name(resident)

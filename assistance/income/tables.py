"""The lists of income sheets: households of the collection, the sheets of one case, and their items."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.evaluations.selectors import head_name, heads
from assistance.income import selectors
from assistance.income.words import names_of, source_of, state_badge
from assistance.models import Case, IncomeLine, IncomeSheet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table
from households.income.items import GROUPS


def collection_rows(user: User) -> QuerySet[Any]:
    """Return the monitored households that `user` sees, with their period and sheet."""
    rows = selectors.with_amounts(selectors.collecting(user)).select_related("household", "area")
    return rows.prefetch_related(heads("household"))


def collection_badge(row: Any) -> Badge:
    """Say how the sheet of the present period stands, in a pill."""
    if row.sheet is not None:
        return Badge(pgettext("income", "confirmed"), "done")
    late = row.due is not None and row.due < clock.today()
    if row.draft is not None:
        return Badge(pgettext("income", "being written"), "overdue" if late else "soon")
    return Badge(
        pgettext("income", "overdue") if late else pgettext("income", "missing"),
        "overdue" if late else "plain",
    )


def collection() -> Table:
    """Return the list of the yearly collection, the households that lack their sheet to be filtered out."""
    return Table(
        "income_collection",
        title=gettext_lazy("Income and expense of monitored households"),
        columns=(
            Column("head", gettext_lazy("Head of household"), head_name, "link",
                   url=lambda row: reverse("cases:income_sheets", args=[row.pk])),
            Column("state", pgettext_lazy("income", "Sheet"), collection_badge, "badge"),
            Column("period", pgettext_lazy("income", "Period"), lambda row: f"{row.first} – {row.last}"),
            Column("due", pgettext_lazy("income", "Due on"), lambda row: row.due, "day"),
            Column("net", gettext_lazy("Net income per head"), lambda row: row.net, "money"),
            Column("reference", gettext_lazy("Reference income per head"),
                   lambda row: row.reference, "money"),
            Column("line", gettext_lazy("Monitoring line"), lambda row: row.line_then, "money"),
            Column("changed", pgettext_lazy("income", "Lists"),
                   lambda row: Badge(pgettext("income", "changed since"), "soon") if row.changed else None, "badge"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("group", gettext_lazy("Group"), lambda row: row.household.group_name),
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=(
            Filter("missing", pgettext_lazy("income", "Sheet missing"), "yesno",
                   lambda rows, yes: rows.filter(sheet__isnull=yes)),
            Filter("late", gettext_lazy("Overdue"), "yesno",
                   lambda rows, yes: rows.filter(sheet__isnull=True, due__lt=clock.today()) if yes else
                   rows.exclude(sheet__isnull=True, due__lt=clock.today())),
            Filter("changed", pgettext_lazy("income", "Lists changed since"), "yesno",
                   lambda rows, yes: rows.filter(changed=yes)),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "area"))),
        ),
        order=("area_id", "pk"),
        empty=gettext_lazy(
            "No monitored household here. Each one comes to this list when it is enrolled, and its income is collected "
            "once a year."
        ),
    )  # fmt: skip


def sheet_rows(user: User, case: Case) -> QuerySet[IncomeSheet]:
    """Return the sheets of a case that `user` sees, every version."""
    rows = IncomeSheet.objects.visible_to(user).filter(case=case)
    return rows.select_related("confirmed_by", "case").prefetch_related("lines")


def sheets() -> Table:
    """Return the sheets of one case with the sum of each letter, the newest first."""
    return Table(
        "income_sheets",
        title=gettext_lazy("Income sheets"),
        columns=(
            Column("from", gettext_lazy("from"), lambda row: str(row.from_day), "link",
                   url=lambda row: reverse("cases:income_sheet", args=[row.pk])),
            Column("until", gettext_lazy("until and including"), lambda row: row.until_day, "day"),
            Column("number", pgettext_lazy("income", "Version"), lambda row: row.number, "number"),
            Column("state", gettext_lazy("State"), state_badge, "badge"),
            Column("net", gettext_lazy("Net income per head"), lambda row: row.net_per_head, "money"),
            Column("reference", gettext_lazy("Reference income per head"), lambda row: row.reference_per_head, "money"),
            Column("line", gettext_lazy("Monitoring line"), lambda row: row.line, "money"),
            Column("members", gettext_lazy("Members counted"), lambda row: row.members, "number"),
            *(_letter(letter) for letter in GROUPS),
            Column("confirmed", pgettext_lazy("income", "Confirmed on"), lambda row: row.confirmed_on, "day"),
            Column("by", pgettext_lazy("income", "Confirmed by"),
                   lambda row: row.confirmed_by.name if row.confirmed_by else ""),
            Column("reason", gettext_lazy("Reason"), lambda row: row.reason),
        ),
        order=("-until_day", "-from_day", "-number", "pk"),
        empty=gettext_lazy(
            "No income sheet yet. Whoever visits the household begins one when a period is over; what departments' "
            "lists know is filled in."
        ),
    )  # fmt: skip


def item_rows(user: User, case: Case) -> QuerySet[IncomeLine]:
    """Return the items of every sheet of a case that `user` sees."""
    rows = IncomeLine.objects.visible_to(user).filter(sheet__case=case)
    return rows.select_related("sheet", "by")


def items(case: Case) -> Table:
    """Return all items of the sheets of one case: what was earned and spent, period by period, with its sources."""
    names = names_of(case.area_id, clock.today())
    return Table(
        "income_items",
        title=gettext_lazy("Items of income and expense"),
        columns=(
            Column("period", pgettext_lazy("income", "Period"),
                   lambda row: f"{row.sheet.from_day} – {row.sheet.until_day}"),
            Column("number", pgettext_lazy("income", "Version"), lambda row: row.sheet.number, "number"),
            Column("state", gettext_lazy("State"), lambda row: state_badge(row.sheet), "badge"),
            Column("code", pgettext_lazy("income", "Item"), lambda row: row.code, "code"),
            Column("name", pgettext_lazy("income", "Name of the item"), lambda row: names.get(row.code, "")),
            Column("amount", pgettext_lazy("income", "Amount (yuan)"), lambda row: row.amount, "money"),
            Column("source", gettext_lazy("Source"), source_of),
            Column("note", gettext_lazy("Note"), lambda row: row.note),
            Column("by", pgettext_lazy("income", "Stated by"), lambda row: row.by.name),
            Column("on", pgettext_lazy("income", "Stated on"), lambda row: row.on, "day"),
        ),
        filters=(
            Filter("holding", pgettext_lazy("income", "Versions that hold"), "yesno",
                   lambda rows, yes: rows.filter(sheet__state="confirmed") if yes else
                   rows.exclude(sheet__state="confirmed")),
        ),
        order=("-sheet__until_day", "-sheet__from_day", "-sheet__number", "code", "pk"),
        page_size=100,
        empty=gettext_lazy("No item was stated yet."),
    )  # fmt: skip


def _letter(letter: str) -> Column:
    def total(row: IncomeSheet) -> Any:
        amounts = [line.amount for line in row.lines.all() if line.code[0] == letter]
        return sum(amounts) if amounts else None

    return Column(f"letter_{letter.lower()}", _labelled(letter), total, "money")


def _labelled(letter: str) -> str:
    return f"{letter} {GROUPS[letter]}"

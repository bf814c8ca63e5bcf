"""The list of deliveries (报送批次)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.accounts.departments import called
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from monitoring.deliveries.looks import badge_of, rejected_of, share_of, title_of, url_of
from monitoring.lifecycle import DELIVERY
from monitoring.models import Dataset, Delivery


def _datasets(user: User) -> list[tuple[str, str]]:
    return [(row.pk, row.name) for row in Dataset.objects.visible_to(user).order_by("department", "pk")]


def _departments(user: User) -> list[tuple[str, str]]:
    rows = Dataset.objects.visible_to(user)
    pairs = rows.order_by("department").values_list("department", "department__name").distinct()
    return [(code, called(code, name)) for code, name in pairs]


def _with_rejects(rows: QuerySet[Any], yes: bool) -> QuerySet[Any]:
    return rows.filter(rows_rejected__gt=0) if yes else rows.exclude(rows_rejected__gt=0)


DELIVERIES = Table(
    "deliveries",
    title=_("Deliveries"),
    columns=(
        Column("delivery", _("Delivery"), title_of, url=url_of),
        Column("state", _("State"), badge_of, kind="badge"),
        Column("department", _("Department"), lambda row: row.dataset.department.called),
        Column("area", _("Area"), lambda row: row.area.name, sort="area_id"),
        Column("read", _("Rows"), lambda row: row.rows_read, kind="number"),
        Column("rejected", _("Rejected"), rejected_of, kind="number"),
        Column("matched", _("Matched"), lambda row: share_of(row.matched, row.rows_accepted), kind="number"),
        Column("received", _("Received on"), lambda row: row.received_on, kind="day", sort="received_on"),
        Column("by", _("Delivered by"), lambda row: row.by.name),
        Column("number", _("Number"), lambda row: row.pk, kind="number"),
    ),
    filters=(
        Filter("dataset", _("Dataset"), "choice", lambda rows, code: rows.filter(dataset=code), _datasets),
        Filter(
            "department",
            _("Department"),
            "choice",
            lambda rows, code: rows.filter(dataset__department=code),
            _departments,
        ),
        Filter(
            "state",
            _("State"),
            "choice",
            lambda rows, state: rows.filter(state=state),
            lambda _user: list(DELIVERY.states.items()),
        ),
        Filter(
            "period",
            _("Period (such as 2026-10)"),
            "text",
            lambda rows, text: rows.filter(period__startswith=text),
        ),
        Filter("area", _("Area (name or code)"), "text", lambda rows, text: rows.filter(in_place(text))),
        Filter("rejects", _("With rejected rows"), "yesno", _with_rejects),
    ),
    order=("-pk",),
    empty=_("Nothing has been delivered yet. A department hands in the file that its system exports."),
)


def deliveries_of(user: User) -> QuerySet[Delivery]:
    """Return the deliveries that `user` may see, with what lists say of them."""
    return Delivery.objects.visible_to(user).select_related("dataset__department", "area", "by")

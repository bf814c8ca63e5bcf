"""Datasets: the list by department, the contract of each as documentation, and its empty workbook."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.departments import called
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.sheets import XLSX
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from monitoring.cells.possible import possible_reasons
from monitoring.cells.reasons import Reason
from monitoring.contracts import contract as declared
from monitoring.contracts import words
from monitoring.contracts.terms import Kind
from monitoring.models import Dataset
from monitoring.selectors import office_of
from monitoring.template_book import empty_workbook


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as the page of its contract shows it."""

    column: declared.Column
    accepts: str
    notes: list[str]
    reasons: tuple[Reason, ...]


def _page(dataset: Dataset) -> str:
    return reverse("monitoring:dataset", args=[dataset.pk])


def _use(dataset: Dataset) -> Badge:
    return Badge(_("only under an authorised check"), "soon") if dataset.on_query else Badge(_("screened"))


def _departments(user: User) -> list[tuple[str, str]]:
    rows = Dataset.objects.visible_to(user).declared()
    pairs = rows.order_by("department").values_list("department", "department__name").distinct()
    return [(code, called(code, name)) for code, name in pairs]


DATASETS = Table(
    "datasets",
    columns=(
        Column("name", _("Dataset"), lambda row: row.name, url=_page),
        Column("department", _("Department"), office_of, sort="department"),
        Column("code", _("code"), lambda row: row.code, kind="code", sort="pk"),
        Column("rhythm", _("Rhythm"), lambda row: words.rhythm(row.contract.rhythm)),
        Column("use", _("Use"), _use, kind="badge"),
    ),
    filters=(
        Filter(
            "department",
            _("Department"),
            "choice",
            lambda rows, code: rows.filter(department=code),
            _departments,
        ),
        Filter(
            "kind",
            _("Kind"),
            "choice",
            lambda rows, kind: rows.filter(kind=kind),
            lambda _user: Kind.choices,
        ),
        Filter(
            "on_query",
            _("Only under an authorised check"),
            "yesno",
            lambda rows, yes: rows.filter(on_query=yes),
        ),
    ),
    order=("department", "pk"),
    empty=_("No dataset is declared for your department yet: a release of the platform brings it."),
    title=_("Contracts of departmental data"),
)


@door(Right.VIEW_DATASETS)
def datasets(request: StaffRequest) -> HttpResponse:
    """List the datasets that the reader may see, by department."""
    rows = Dataset.objects.visible_to(request.user).declared().select_related("department")
    return answer(request, "monitoring/datasets.html", DATASETS.page(rows, request))


@door(Right.VIEW_DATASETS)
def dataset(request: StaffRequest, dataset: str) -> HttpResponse:
    """Show a contract: what is delivered, column by column, why, and what a row can be rejected for."""
    row = _declared_or_404(request, dataset)
    contract = row.contract
    columns = [
        ShownColumn(column, words.accepts(column), words.notes(column), possible_reasons(contract, column))
        for column in contract.columns
    ]
    context = {
        "dataset": row,
        "contract": contract,
        "columns": columns,
        "office": office_of(row),
        "key": "、".join(contract.key),
        "day": words.day_of(contract),
        "rhythm": words.rhythm(contract.rhythm),
        "periods": "、".join(str(form.label) for form in contract.periods),
        "share": words.share(contract.reject_share),
        "legal": words.source(contract.legal),
        "reasons": [reason for reason in Reason if any(reason in each.reasons for each in columns)],
        "rows_reasons": (Reason.DUPLICATE_ROW, Reason.COLUMN_COUNT),
    }
    return render(request, "monitoring/dataset.html", context)


@door(Right.VIEW_DATASETS)
def workbook(request: StaffRequest, dataset: str) -> HttpResponse:
    """Hand out the empty workbook of a dataset."""
    row = _declared_or_404(request, dataset)
    given = HttpResponse(empty_workbook(row.contract), content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename=f"{row.name_zh}.xlsx")
    given["Content-Disposition"] = name or "attachment"
    return given


def _declared_or_404(request: StaffRequest, code: str) -> Dataset:
    rows = Dataset.objects.visible_to(request.user)
    return get_visible_or_404(rows.declared().select_related("department"), request.user, pk=code)

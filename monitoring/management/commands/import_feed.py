"""`./run manage import_feed DATASET FILE --period P --area A [--replaces ID] [--json] [--as USER]` (datasets.md 6)."""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, WrongUsage, opened
from foundation.accounts.models import Area, User
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from monitoring.cells.reasons import Reason
from monitoring.intake.answers import answer
from monitoring.intake.receiving import Delivered, deliver
from monitoring.models import Dataset, Delivery
from monitoring.periods import period_for


class Command(StageCommand):
    """Deliver a department's file as somebody, and take it in this process."""

    help = "Deliver a file of departmental data: CSV, TSV, XLSX or XLS, zipped or not."
    #: Sheets of the workbook of which nothing was read.
    _passed_over: Sequence[str] = ()

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the file is, and of when and where."""
        parser.add_argument("dataset", metavar="DATASET")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--period", required=True, help=_("YYYY-MM, YYYY or YYYY-MM-DD"))
        parser.add_argument("--area", required=True, help=_("code of the area for which it is delivered"))
        parser.add_argument(
            "--replaces", metavar="DELIVERY", type=int, help=_("delivery whose place it takes")
        )
        parser.add_argument(
            "--supplements", metavar="DELIVERY", type=int, help=_("delivery to which it adds corrected rows")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Deliver the file, take it, and return its numbers."""
        dataset = Dataset.objects.declared().filter(code=options["dataset"]).first()
        if dataset is None:
            raise WrongUsage(_("There is no dataset “%(code)s”.") % {"code": options["dataset"]})
        area = Area.objects.filter(code=options["area"]).first()
        if area is None:
            raise WrongUsage(_("There is no area with the code %(code)s.") % {"code": options["area"]})
        _check_period(dataset, options["period"])
        with opened(options["file"]) as file:
            delivered = deliver(
                file,
                name=options["file"].name,
                dataset=dataset,
                area=area,
                period=options["period"],
                by=by,
                replaces=_delivery(options["replaces"], by),
                supplements=_delivery(options["supplements"], by),
                ring=False,
            )
        taken = _taken(delivered, progress)
        self._passed_over = taken.delivery.sheets_without
        return answer(taken)

    def sentences(self, said: Mapping[str, Any]) -> Iterable[str]:
        """Tell the numbers."""
        yield _("Delivery %(delivery)d: %(state)s.") % said
        yield _("%(rows_read)d rows read: %(rows_accepted)d accepted, %(rows_rejected)d rejected.") % said
        for reason, rows in said["rejects"].items():
            yield f"  {reason} {rows}  {Reason(reason).label}"
        yield _("%(matched)d found somebody in the register, %(unmatched)d did not.") % said
        yield _("%(name_differs)d with another name, %(corrections)d corrections.") % said
        if said["columns_dropped"]:
            yield _("Columns left out: %(columns)s.") % {"columns": "、".join(said["columns_dropped"])}
        if self._passed_over:
            yield _("Sheets without a header, passed over: %(sheets)s.") % {
                "sheets": "、".join(self._passed_over)
            }
        yield _("%(seconds)s seconds.") % said


def _taken(delivered: Delivered, progress: Progress) -> Delivered:
    """Take the delivery in this process; one that a killed process left is taken up as if it were new."""
    delivery = delivered.delivery
    if delivery.state != "received":
        return delivered
    run_here(Job.objects.get(uuid=str(delivery.job)), progress=progress)
    return Delivered(Delivery.objects.get(pk=delivery.pk), duplicate=False)


def _check_period(dataset: Dataset, period: str) -> None:
    try:
        period_for(dataset.contract, period)
    except Refused as wrong:
        raise WrongUsage(wrong.sentence) from wrong


def _delivery(pk: int | None, by: User) -> Delivery | None:
    if pk is None:
        return None
    found = Delivery.objects.visible_to(by, Right.DELIVER_DATA).filter(pk=pk).first()
    if found is None:
        raise WrongUsage(_("There is no delivery %(id)d.") % {"id": pk})
    return found

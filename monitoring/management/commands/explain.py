"""`./run manage explain FINDING` and `explain --household N --as-of DAY` (datasets.md section 6)."""

import argparse
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.commands import StageCommand, WrongUsage
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.roles import Right
from households.models import Household
from monitoring.candidates.catching_up import catch_up
from monitoring.comparison import explaining, why_not
from monitoring.comparison.words import REASONS
from monitoring.models import Finding


class Command(StageCommand):
    """Explain a finding, or why a household has no warning, within one's own areas."""

    help = "Explain a finding from its rows, or say standard by standard why a household has no warning."
    timed = False

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare a finding, or a household with its day."""
        parser.add_argument("finding", metavar="FINDING", type=int, nargs="?")
        parser.add_argument("--household", metavar="CODE", help=_("household number"))
        parser.add_argument(
            "--as-of", metavar="DAY", type=datetime.date.fromisoformat, help=_("YYYY-MM-DD (default: today)")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Explain what was asked for."""
        if (options["finding"] is None) == (options["household"] is None):
            raise WrongUsage(_("Name a finding, or a household with --household."))
        if options["finding"] is not None:
            if options["as_of"] is not None:
                raise WrongUsage(_("A finding has its own day: --as-of goes with --household."))
            return _finding(options["finding"], by)
        return _household(options["household"], options["as_of"] or clock.today(), by)

    def sentences(self, said: Mapping[str, Any]) -> Iterable[str]:
        """Tell it in lines."""
        return _why_not_told(said) if "standards" in said else _finding_told(said)


def _finding(pk: int, by: User) -> dict[str, Any]:
    rows = Finding.objects.visible_to(by).select_related("standard", "household", "resident", "run")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise WrongUsage(_("There is no finding %(id)d.") % {"id": pk})
    explained = explaining.explain(found, by=by)
    return explaining.answer(explained)


def _household(code: str, on: datetime.date, by: User) -> dict[str, Any]:
    rows = Household.objects.visible_to(by, Right.VIEW_FINDINGS).select_related("area")
    found = rows.filter(code=code).first()
    if found is None:
        raise WrongUsage(_("There is no household %(code)s.") % {"code": code})
    catch_up(found.area_id)
    return why_not.answer(why_not.why_not(found, on, by=by))


def _finding_told(said: Mapping[str, Any]) -> Iterable[str]:
    yield _("Finding %(finding)d: %(standard)s, household %(household)s, %(subject)s.") % said
    yield _("Measured %(measured)s, line %(line)s: %(line_source)s") % said
    first, last = said["window"]
    yield _("Rows from %(first)s to %(last)s:") % {"first": first or "…", "last": last}
    for row in said["rows"]:
        yield _("  delivery %(delivery)d, line %(line_number)d, %(day)s: %(value)s") % row
    yield {
        "reproduced": _("Worked out once more: the same comes out."),
        "differs": _("Worked out once more: it differs."),
        "rows_deleted": _("Its rows were deleted at the end of their time."),
    }[said["result"]]


def _why_not_told(said: Mapping[str, Any]) -> Iterable[str]:
    yield _("Household %(household)s on %(as_of)s:") % said
    for code, each in said["standards"].items():
        line = f"  {code}: {REASONS[each['reason']]}"
        if each["measured"] is not None:
            line += _(", measured %(measured)s, line %(line)s") % each
        if each["short_by"] is not None:
            line += _(", short by %(short_by)s") % each
        yield line
    yield _("Rows that match nobody but may mean somebody of the household: %(unmatched_candidates)d") % said

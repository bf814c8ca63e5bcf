"""`./run manage compare --area A [--as-of DAY] [--standard CODE]… [--known-at MOMENT] [--json] [--as USER]`."""

import argparse
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, WrongUsage
from foundation.accounts.models import Area, User
from foundation.accounts.progress import Progress
from monitoring.comparison.asking import ask_run, run_now
from monitoring.comparison.counting import counts_of
from monitoring.screening.book import standards


class Command(StageCommand):
    """Compare as somebody, in this process."""

    help = "Compare the households under an area with the warning standards."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what is compared, and as of when."""
        parser.add_argument("--area", required=True, help=_("code of the area whose households are compared"))
        parser.add_argument("--as-of", metavar="DAY", help=_("business day (YYYY-MM-DD); default: today"))
        parser.add_argument(
            "--standard",
            action="append",
            default=[],
            metavar="CODE",
            help=_("only this standard (repeatable)"),
        )
        parser.add_argument(
            "--known-at", metavar="MOMENT", help=_("look back at what was known then (2026-10-31T18:00)")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Compare, and return the counts."""
        if not Area.objects.filter(code=options["area"]).exists():
            raise WrongUsage(_("There is no area with the code %(code)s.") % {"code": options["area"]})
        for code in options["standard"]:
            if code not in standards():
                raise WrongUsage(_("There is no standard “%(code)s”.") % {"code": code})
        run = ask_run(
            options["area"],
            by=by,
            as_of=_day(options["as_of"]),
            standards=options["standard"],
            known_at=_moment(options["known_at"]),
            ring=False,
        )
        return counts_of(run_now(run, progress=progress))

    def sentences(self, said: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield _("Comparison %(run)d as of %(as_of)s.") % said
        for code, counts in said["standards"].items():
            if counts["silent"]:
                yield f"  {code}: " + _("silent")
            elif counts["subjects"]:
                yield (
                    f"  {code}: "
                    + _(
                        "%(findings)d of %(subjects)d (%(new)d new, %(repeated)d repeated, %(held)d held), "
                        "%(retracted)d taken back"
                    )
                    % counts
                )
        yield _("Alerts raised: %(alerts_raised)d.") % said
        yield _("%(seconds)s seconds.") % said


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise WrongUsage(_("“%(text)s” is no day: write YYYY-MM-DD.") % {"text": text})
    return day


def _moment(text: str | None) -> datetime.datetime | None:
    """Read a moment; without an offset it is of the installation's time zone, a mere day is its end."""
    if text is None:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or len(text) <= len("2026-10-31"):
        moment = datetime.datetime.combine(_day(text) or datetime.date.min, datetime.time.max)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment

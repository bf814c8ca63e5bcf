"""`monitored_summary --area A [--as-of D]`: how many households and persons are monitored (datasets.md section 6)."""

import argparse
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.commands import StageCommand, WrongUsage
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import readings
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from households.monitored.summary import labels, summary, told


class Command(StageCommand):
    """Count monitored objects of an area, as somebody, within their areas."""

    help = "Count monitored households and persons: cumulative, removed and current, by category."
    timed = False

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the area and the day."""
        parser.add_argument("--area", metavar="CODE", required=True, help=_("code of an area"))
        parser.add_argument(
            "--as-of", metavar="YYYY-MM-DD", dest="as_of", help=_("on this day (default: today)")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Return the figures by the keys of datasets.md section 6."""
        on = _day(options["as_of"]) if options["as_of"] else clock.today()
        area = _area(options["area"], by)
        return told(summary(by, area.code, on), labels(area.code))

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the figures as a person reads them."""
        names = {"cumulative": _("Cumulative"), "removed": _("Risk removed"), "current": _("Current")}
        for key, name in names.items():
            yield _figures(name, answer[key])
            yield from (f"  {_figures(kind, each)}" for kind, each in answer[key]["by_category"].items())


def _figures(name: str, figures: Mapping[str, Any]) -> str:
    return _("%(name)s: %(households)s households, %(persons)s persons") % {
        "name": name,
        "households": f"{figures['households']:,}",
        "persons": f"{figures['persons']:,}",
    }


def _day(written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as wrong:
        raise WrongUsage(_("%(day)s is no day: write YYYY-MM-DD.") % {"day": written}) from wrong


def _area(written: str, by: User) -> Area:
    """Return the area that a code names, with or without the zeros it is padded with, if `by` may see it."""
    code = written.strip()
    rows = Area.objects.visible_to(by, Right.VIEW_HOUSEHOLDS).in_bulk(readings(code))
    for reading in readings(code):
        if reading in rows:
            return rows[reading]
    raise Refused(_("There is no area %(code)s among your areas.") % {"code": code})

"""Print the alerts of an area (datasets.md section 6)."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from alerts.lifecycle import ALERT
from alerts.listing import listed
from foundation.accounts.commands import StageCommand
from foundation.accounts.models import User
from foundation.accounts.progress import Progress


class Command(StageCommand):
    """List alerts."""

    help = "Print the alerts of an area, the most urgent first, with the signals that they rest on."
    timed = False

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the area and, if wanted, one state."""
        parser.add_argument("--area", required=True, metavar="CODE", help=_("area with everything below it"))
        parser.add_argument("--state", default="", choices=list(ALERT.states), help=_("only in this state"))

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Ask for the list."""
        return {"alerts": listed(options["area"], by=by, state=options["state"])}

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Say each alert in a line."""
        for each in answer["alerts"]:
            reasons = "、".join(str(signal["standard"] or _("report")) for signal in each["signals"])
            state = ALERT.states[each["state"]]
            yield f"{each['alert']}  {each['household']}  {state}  {each['priority']}  {reasons}"
        yield _("%(count)d warnings.") % {"count": len(answer["alerts"])}

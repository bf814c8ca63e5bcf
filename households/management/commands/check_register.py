"""`check_register --area CODE`: ask the rules of data quality of an area, as a job in this process."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.commands import StageCommand, WrongUsage
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import readings
from foundation.accounts.progress import Progress
from foundation.jobs.running import run_here
from households.quality.following import ask
from households.quality.job_kind import CHECK


class Command(StageCommand):
    """Check an area as somebody, and say what changed."""

    help = "Check what the register says of an area (code of 2 to 15 digits) for data quality."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the area."""
        parser.add_argument("--area", metavar="CODE", required=True, help=_("check this area and all below"))

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Run the job to its end and return the counts."""
        area = Area.objects.filter(code__in=readings(options["area"])).order_by("code").first()
        if area is None:
            raise WrongUsage(_("There is no area %(code)s.") % {"code": options["area"]})
        return dict(run_here(ask(area.code, by=by, ring=False), progress=progress).result)

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell the counts."""
        yield from CHECK.tell(answer)
        yield _("%(seconds)s seconds.") % answer

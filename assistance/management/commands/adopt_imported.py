"""`./run manage adopt_imported [--json] [--as USER]`: take over the monitored households that have no case yet."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from assistance.imported.job_kind import ADOPT, ask
from foundation.accounts.commands import StageCommand
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.jobs.running import run_here


class Command(StageCommand):
    """Take over cases from before this platform, in this process; a list that comes in is taken over by itself."""

    help = "Make cases of the monitored households of the register that have none."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare nothing: what has a case already is passed over."""

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Run the job to its end and return its count."""
        area = min(prefixes(by, Right.IMPORT_REGISTER), default="")
        job = run_here(ask(by=by, area=area, ring=False), progress=progress)
        return {"made": job.result["made"]}

    def sentences(self, said: Mapping[str, Any]) -> Iterable[str]:
        """Tell the count."""
        yield from ADOPT.tell(said)

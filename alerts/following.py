"""What follows when signals reach households that somebody looks after already: asked here, answered above.

A later storey adds an object named in `config/composition.py` under SIGNALS_ON_CASES.
"""

from collections.abc import Collection
from typing import Protocol

from foundation.accounts.models import User
from monitoring.models import Run


class SignalsOnCases(Protocol):
    """Who takes new findings on households to their running case, as a new risk to judge there."""

    def __call__(self, findings: Collection[int], run: Run, *, by: User) -> Collection[int]:
        """Take those that belong to a running case, and return their keys; the others go to ordinary alerts.

        In the transaction of the run.
        """

"""Stage 3: what the comparison found becomes one open alert per household (monitoring.followers.ComparisonFollower).

Findings that the run took back go first, so that what they silenced speaks; then what waits is taken up; then every
alert that changed is worked out anew, and those without a living signal end.
"""

from django.db import transaction

from alerts.notices import tell_dispatchers
from alerts.retracting import end_baseless, retract_signals
from alerts.settling import settle
from alerts.taking import take
from foundation.accounts import clock
from foundation.accounts.models import User
from monitoring.followers import TakenUp
from monitoring.models import Run


@transaction.atomic
def after_comparison(run: Run, *, by: User) -> TakenUp:
    """Raise, attach and retract what a run found and took back. A run that looks back changes nothing."""
    if run.looks_back:
        return TakenUp()
    with clock.one_reading():
        bereft = retract_signals(run)
        taken = take(run, by=by)
        settle(bereft | taken.touched, run.as_of)
        end_baseless(bereft)
    for county, count in taken.raised.items():
        tell_dispatchers(county, count)
    return TakenUp(sum(taken.raised.values()), taken.attached)

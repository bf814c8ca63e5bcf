"""The words of outcomes: where a warning may stand after its check, and what an outcome says of its standard."""

from django.db import models
from django.utils.translation import pgettext_lazy


class After(models.TextChoices):
    """Where a warning stands that was checked and has not ended: beside the codes of `outcome_codes`."""

    PROPOSED = "proposed", pgettext_lazy("outcome", "proposed for enrolment")
    WATCHED = "watched", pgettext_lazy("outcome", "watched")
    REFERRED = "referred", pgettext_lazy("outcome", "with a department")
    UNAUTHORISED = "unauthorised", pgettext_lazy("outcome", "not authorised")


#: A household was enrolled; with a correction the warning comes to another outcome.
ENROLLED = "enrolled"
#: The standard was right: the household is enrolled, or the township proposes it.
CONFIRMED = frozenset({ENROLLED, After.PROPOSED.value})
#: Nobody learnt whether the standard was right.
NOT_CHECKED = frozenset(
    {"already_monitored", "duplicate", "deceased", "moved_away", "unreachable", After.UNAUTHORISED.value}
)
#: Somebody was at the door and something goes on: every other visit found nothing.
FOUND_SOMETHING = CONFIRMED | {After.WATCHED.value, After.REFERRED.value, After.UNAUTHORISED.value}

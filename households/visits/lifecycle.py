"""The lifecycle of a visit: written down, corrected on the same day, annulled with a reason; never deleted."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_RECORDED = frozenset({"recorded"})

VISIT = Lifecycle(
    name="visit",
    label=pgettext_lazy("visit", "Visit"),
    initial="recorded",
    created="record",
    states={
        "recorded": pgettext_lazy("visit", "written down"),
        "annulled": pgettext_lazy("visit", "annulled"),
    },
    finals=frozenset({"recorded", "annulled"}),
    moves=(
        Move("amend", pgettext_lazy("visit", "Correct the visit"), _RECORDED, None, Right.VISIT_HOUSEHOLDS),
        Move(
            "annul",
            pgettext_lazy("visit", "Annul the visit"),
            _RECORDED,
            "annulled",
            Right.VISIT_HOUSEHOLDS,
            needs=("reason",),
        ),
        Move(
            "strike",
            pgettext_lazy("visit", "Strike the visit out"),
            _RECORDED,
            "annulled",
            Right.REVIEW_VISITS,
            needs=("reason",),
            checker_of="record",
            clause="who wrote a visit down annuls it; who reviews visits strikes out another's",
        ),
    ),
)

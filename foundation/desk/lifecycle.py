"""Lifecycles of the desk: how a posting is granted."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_TWO_PEOPLE = (
    "Separation of administrator rights (GB/T 22239-2019, 8.1.5): who proposes a grant never approves it"
)

GRANT = Lifecycle(
    name="grant",
    label=_("Grant of a posting"),
    initial="proposed",
    created="propose",
    states={
        "proposed": _("waiting for approval"),
        "returned": _("returned for completion"),
        "granted": _("granted"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
    },
    finals=frozenset({"granted", "refused", "withdrawn"}),
    moves=(
        Move(
            "approve",
            _("Approve"),
            frozenset({"proposed"}),
            "granted",
            Right.APPROVE_GRANTS,
            checker_of="propose",
            clause=_TWO_PEOPLE,
        ),
        Move(
            "return",
            _("Return"),
            frozenset({"proposed"}),
            "returned",
            Right.APPROVE_GRANTS,
            needs=("reason",),
            checker_of="propose",
            returns=True,
            clause=_TWO_PEOPLE,
        ),
        Move(
            "refuse",
            _("Refuse"),
            frozenset({"proposed"}),
            "refused",
            Right.APPROVE_GRANTS,
            needs=("reason",),
            checker_of="propose",
            clause=_TWO_PEOPLE,
        ),
        Move("resubmit", _("Submit again"), frozenset({"returned"}), "proposed", Right.GRANT_POSTINGS),
        Move(
            "withdraw",
            _("Withdraw"),
            frozenset({"proposed", "returned"}),
            "withdrawn",
            Right.GRANT_POSTINGS,
        ),
    ),
)

"""The lifecycle of a local value: proposed by one person, approved by another."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_TWO_PEOPLE = "House rule: whoever proposes a local value never approves it"

LOCAL_VALUE = Lifecycle(
    name="local_value",
    label=_("Local value"),
    initial="proposed",
    created="propose",
    states={
        "proposed": _("waiting for approval"),
        "returned": _("returned for completion"),
        "approved": _("approved"),
        "withdrawn": _("withdrawn"),
        "revoked": _("taken back before it was used"),
    },
    finals=frozenset({"approved", "withdrawn", "revoked"}),
    moves=(
        Move(
            "approve",
            _("Approve"),
            frozenset({"proposed"}),
            "approved",
            Right.APPROVE_VALUES,
            checker_of="propose",
            clause=_TWO_PEOPLE,
        ),
        Move(
            "return",
            _("Return"),
            frozenset({"proposed"}),
            "returned",
            Right.APPROVE_VALUES,
            needs=("reason",),
            checker_of="propose",
            returns=True,
            clause=_TWO_PEOPLE,
        ),
        Move("resubmit", _("Submit again"), frozenset({"returned"}), "proposed", Right.PROPOSE_VALUES),
        Move(
            "withdraw",
            _("Withdraw"),
            frozenset({"proposed", "returned"}),
            "withdrawn",
            Right.PROPOSE_VALUES,
            needs=("reason",),
        ),
        Move(
            "revoke",
            _("Take back"),
            frozenset({"approved"}),
            "revoked",
            Right.APPROVE_VALUES,
            needs=("reason",),
            clause="A value that was used cannot change; one that was not may be taken back",
        ),
    ),
)

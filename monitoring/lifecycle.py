"""The lifecycle of a delivery: read, taken or held for a decision, later superseded or taken back."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_SHARE = "datasets.md section 2: above the dataset's share of rejects the whole delivery waits for a decision"
_PERIOD = (
    "datasets.md section 3: a later roll of the same dataset, area and period takes the place of the earlier"
)

DELIVERY = Lifecycle(
    name="delivery",
    label=_("Delivery"),
    initial="received",
    created="receive",
    states={
        "received": _("being read"),
        "waiting": _("waits for a decision"),
        "accepted": _("accepted"),
        "superseded": _("superseded"),
        "withdrawn": _("withdrawn"),
        "refused": _("refused"),
        "failed": _("could not be read"),
    },
    finals=frozenset({"withdrawn", "refused", "failed"}),
    moves=(
        Move("take", _("Accept"), frozenset({"received"}), "accepted", Right.DELIVER_DATA),
        Move("hold", _("Hold"), frozenset({"received"}), "waiting", Right.DELIVER_DATA, clause=_SHARE),
        Move("fail", _("Give up"), frozenset({"received"}), "failed", Right.DELIVER_DATA),
        Move(
            "release",
            _("Accept all the same"),
            frozenset({"waiting"}),
            "accepted",
            Right.DELIVER_DATA,
            needs=("reason",),
            clause=_SHARE,
        ),
        Move(
            "refuse",
            _("Refuse"),
            frozenset({"waiting"}),
            "refused",
            Right.DELIVER_DATA,
            needs=("reason",),
            clause=_SHARE,
        ),
        Move(
            "withdraw",
            _("Withdraw"),
            frozenset({"accepted"}),
            "withdrawn",
            Right.DELIVER_DATA,
            needs=("reason",),
        ),
        Move(
            "supersede",
            _("Supersede"),
            frozenset({"accepted"}),
            "superseded",
            Right.DELIVER_DATA,
            clause=_PERIOD,
        ),
        Move(
            "restore",
            _("Put back in force"),
            frozenset({"superseded"}),
            "accepted",
            Right.DELIVER_DATA,
            clause=_PERIOD,
        ),
    ),
)

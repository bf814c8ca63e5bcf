"""The lifecycle of a signature: owed until it is given or refused; what was refused may be signed any day."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_RESUMED = (
    "field.md 5.1: a refusal is recorded with who, when, told what; it may be resumed any day on signature"
)

SIGNATURE = Lifecycle(
    name="signature",
    label=_("Signature"),
    initial="owed",
    created="ask",
    states={
        "owed": _("to be signed"),
        "signed": _("signed"),
        "refused": _("refused to sign"),
        "dropped": _("no longer needed"),
    },
    finals=frozenset({"signed", "refused", "dropped"}),
    moves=(
        Move(
            "sign",
            _("Sign"),
            frozenset({"owed", "refused"}),
            "signed",
            Right.VISIT_HOUSEHOLDS,
            clause=_RESUMED,
        ),
        Move(
            "refuse",
            _("Record a refusal"),
            frozenset({"owed"}),
            "refused",
            Right.VISIT_HOUSEHOLDS,
            needs=("told",),
            clause=_RESUMED,
        ),
        Move(
            "undo",
            _("Take the signature back"),
            frozenset({"signed"}),
            "owed",
            Right.VISIT_HOUSEHOLDS,
            needs=("reason",),
            returns=True,
        ),
        Move(
            "drop",
            _("No longer needed"),
            frozenset({"owed", "refused"}),
            "dropped",
            Right.VISIT_HOUSEHOLDS,
        ),
    ),
)

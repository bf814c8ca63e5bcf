"""The lifecycle of an authorisation: signed by all it is in force, until it expires, is withdrawn or replaced."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_PARTIAL = (
    "field.md 5.1: refusal or partial authorisation is recorded and may be resumed any day on signature"
)
_CONSENT = "PIPL 15: consent can be withdrawn; what was done before stays lawful"
_TAKE = Right.TAKE_AUTHORISATIONS
#: States in which signatures are still awaited.
UNSIGNED = frozenset({"pending", "refused"})

AUTHORISATION = Lifecycle(
    name="authorisation",
    label=_("Authorisation"),
    initial="pending",
    created="ask",
    states={
        "pending": _("to be signed"),
        "in_force": pgettext_lazy("authorisation", "in force"),
        "refused": _("not authorised"),
        "expired": pgettext_lazy("authorisation", "expired"),
        "withdrawn": pgettext_lazy("authorisation", "withdrawn"),
        "replaced": pgettext_lazy("authorisation", "replaced"),
        "cancelled": _("entered by mistake"),
    },
    finals=frozenset({"refused", "expired", "withdrawn", "replaced", "cancelled"}),
    moves=(
        Move(
            "withdraw",
            _("Withdraw"),
            frozenset({"in_force"}),
            "withdrawn",
            _TAKE,
            ("reason",),
            clause=_CONSENT,
        ),
        Move(
            "cancel", _("Entered by mistake"), UNSIGNED | {"in_force"}, "cancelled", _TAKE, needs=("reason",)
        ),
        Move("take_effect", _("Comes into force"), UNSIGNED, "in_force", _TAKE),
        Move("refuse", _("Not authorised"), frozenset({"pending"}), "refused", _TAKE, clause=_PARTIAL),
        Move("resume", _("To be signed again"), frozenset({"refused"}), "pending", _TAKE, clause=_PARTIAL),
        Move("fall_back", _("A signature was taken back"), frozenset({"in_force"}), "pending", _TAKE),
        Move("expire", _("Expires"), UNSIGNED | {"in_force"}, "expired", _TAKE),
        Move("replace", _("Replaced by a new one"), frozenset({"in_force"}), "replaced", _TAKE),
    ),
)
#: Moves that people make; the others follow from signatures, or are the night's.
BY_PEOPLE = ("withdraw", "cancel")

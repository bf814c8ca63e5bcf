"""The lifecycle of an income sheet: written, confirmed, and then only followed by a later version or withdrawn."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_FED = "field.md 2.6 [cases]: the helper confirms or corrects with a note"
_SLIP = "field.md 5.27: a mistaken click is corrected, and what was said before stays in the record"

INCOME_SHEET = Lifecycle(
    name="income_sheet",
    label=pgettext_lazy("income", "Income sheet"),
    initial="draft",
    created="begin",
    states={
        "draft": pgettext_lazy("income", "being written"),
        "confirmed": pgettext_lazy("income", "confirmed"),
        "superseded": pgettext_lazy("income", "a later version holds"),
        "withdrawn": pgettext_lazy("income", "withdrawn"),
        "dropped": pgettext_lazy("income", "not used"),
    },
    finals=frozenset({"confirmed", "superseded", "withdrawn", "dropped"}),
    moves=(
        Move("confirm", pgettext_lazy("income", "Confirm"), frozenset({"draft"}), "confirmed",
             Right.VISIT_HOUSEHOLDS, clause=_FED),
        Move("drop", pgettext_lazy("income", "Do not use"), frozenset({"draft"}), "dropped",
             Right.VISIT_HOUSEHOLDS, needs=("reason",), clause=_SLIP),
        Move("supersede", pgettext_lazy("income", "A later version holds"), frozenset({"confirmed"}), "superseded",
             Right.VISIT_HOUSEHOLDS, clause=_SLIP),
        Move("withdraw", pgettext_lazy("income", "Withdraw"), frozenset({"confirmed"}), "withdrawn",
             Right.VISIT_HOUSEHOLDS, needs=("reason",), clause=_SLIP),
    ),
)  # fmt: skip

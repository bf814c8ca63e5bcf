"""What the verbs of the record are called, gathered from every storey (composition LEDGER_VERBS and LIFECYCLES)."""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.accounts.composition import parts

VERBS: dict[str, Promise] = {
    "grant.printed": _("Proposed posting printed"),
    "list.exported": _("List exported"),
    "staff.language_chosen": _("Language chosen"),
    "staff.password_changed": _("Password changed"),
    "view.removed": _("Saved view removed"),
    "view.saved": _("View of a list saved"),
}


@cache
def verb_labels() -> dict[str, str | Promise]:
    """Return the name of every verb, by the verb."""
    labels: dict[str, str | Promise] = {}
    for verbs in parts("LEDGER_VERBS"):
        labels |= verbs
    for lifecycle in parts("LIFECYCLES"):
        labels[lifecycle.ledger_verb(lifecycle.created)] = lifecycle.label
        labels[lifecycle.ledger_verb("step_skipped")] = _("Step skipped")
        labels |= {lifecycle.ledger_verb(move.verb): move.label for move in lifecycle.moves}
    return labels


def verb_label(verb: str) -> str:
    """Return what a verb is called; one that no storey names any more is shown as it stands."""
    return str(verb_labels().get(verb, verb))

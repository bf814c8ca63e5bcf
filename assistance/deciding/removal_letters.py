"""Letters on a removal that came to nothing, or was rolled back: the household stays monitored, or is so again.

The household signed the house check and its name hung on a notice, so that it waits for an answer also where the
answer is no; and who was told “no longer monitored” is told that this was cancelled. `verb` of such a letter is a word
of this module: the case itself did not move, or moves back.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from alerts.verification.letter_words import Part
from assistance.models import CaseLetter, Removal
from foundation.workflow.models import Passage
from households.identity.masking import masked_text
from households.models import Resident

#: The mark was cancelled.
AGAIN = "monitored_again"
#: Move of the removal → the word of its letter.
WORDS = {
    "evaluate_against": "removal_not_passed",
    "refuse": "removal_refused",
    "decline": "removal_declined",
    "confirm_rollback": AGAIN,
}
VERBS = tuple(WORDS.values())
#: What the list of letters calls each decision.
NAMES: dict[str, Any] = {
    "removal_not_passed": pgettext_lazy("case", "Removal: not passed by the villagers"),
    "removal_refused": pgettext_lazy("case", "Removal: refused by the township"),
    "removal_declined": pgettext_lazy("case", "Removal: declined by the county"),
    AGAIN: pgettext_lazy("case", "Removal rolled back"),
}
_MOVE_OF = {word: verb for verb, word in WORDS.items()}


def to_tell(removals: Sequence[Removal]) -> list[tuple[Removal, Passage]]:
    """Return removals that have just come to nothing or were rolled back, with that move.

    A household of which nobody is left gets no letter. One query for the moves and one for the members.
    """
    ended = [row for row in removals if row.state in ("declined", "rolled_back")]
    if not ended:
        return []
    last = {row.object_id: row for row in _moves(ended)}
    there = Resident.objects.present().filter(household__in=[row.case.household_id for row in ended])
    somebody = set(there.values_list("household", flat=True))
    return [
        (row, last[str(row.pk)]) for row in ended if str(row.pk) in last and row.case.household_id in somebody
    ]


def title(letter: CaseLetter) -> str:
    """Return the heading of a letter."""
    if letter.verb == AGAIN:
        return _("Your household is monitored again")
    return _("Your household stays monitored")


def parts(letter: CaseLetter, township: str, telephone: str) -> list[Part]:
    """Return the parts of the letter; never a sum, an illness or a member."""
    asked = {"day": letter.until, "township": township, "telephone": telephone}
    again = _(
        "Until %(day)s you may ask %(township)s to look again: come by, or call %(telephone)s. Saying so is enough."
    )
    return [
        Part(_("What was looked at"), [_looked_at(letter)]),
        Part(_("What came of it"), _outcome(letter)),
        Part(_("If you do not agree"), [again % asked]),
    ]


def _looked_at(letter: CaseLetter) -> str:
    if letter.verb == AGAIN:
        return _(
            "The risk of your household was marked removed. We looked once more at whether that was right."
        )
    return _(
        "We looked at whether the risk of your household is gone: income over time, large expenses, dwelling, "
        "schooling, medical insurance and drinking water, and whether there is a new risk."
    )


def _outcome(letter: CaseLetter) -> list[str]:
    said = {
        "removal_not_passed": _(
            "The villagers' meeting did not agree that the risk of your household is gone."
        ),
        "removal_refused": _(
            "The township has reviewed it: the risk of your household is not marked removed."
        ),
        "removal_declined": _("The county has decided: the risk of your household is not marked removed."),
        AGAIN: _("The county has decided: the mark is cancelled, and your household is monitored again."),
    }
    lines = [said[letter.verb]]
    if reason := _reason(letter):
        lines.append(_("The reason: %(reason)s") % {"reason": reason})
    if letter.verb == AGAIN:
        return [
            *lines,
            _("It counts as if it had been monitored all the time. Help goes on, nothing is asked back."),
        ]
    lines.append(_("Your household stays monitored. Plan and help go on. We look at it again later."))
    return lines


def _reason(letter: CaseLetter) -> str:
    """Return what was written about the decision, numbers of people masked."""
    verb = _MOVE_OF[letter.verb]
    moves = _moves(Removal.objects.filter(case=letter.case_id))
    told = [each for each in moves if each.verb == verb and each.happened_on == letter.concluded_on]
    return masked_text(told[-1].reason.strip()) if told else ""


def _moves(removals: Any) -> list[Passage]:
    """Return the moves by which removals came to nothing or were rolled back, the oldest first."""
    keys = [str(row.pk) for row in removals]
    rows = Passage.objects.filter(model=Removal._meta.label_lower, object_id__in=keys, verb__in=WORDS)
    return list(rows.order_by("pk"))

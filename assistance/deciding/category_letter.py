"""What the letter on another category says: counted as what before and now, why, and that help goes on."""

import datetime

from django.utils.translation import gettext as _

from alerts.verification.letter_words import Part
from assistance.models import CaseLetter, Recategorisation
from households.identity.masking import masked_text
from households.words import Words


def parts(letter: CaseLetter, township: str, telephone: str) -> list[Part]:
    """Return the parts of the letter; never a sum, an illness or a member."""
    asked = {"day": letter.until, "township": township, "telephone": telephone}
    return [
        Part(_("What was looked at"), [_looked_at(letter)]),
        Part(_("What came of it"), _outcome(letter)),
        Part(
            _("If you do not agree"),
            [_again() % asked],
        ),
    ]


def _again() -> str:
    return _(
        "Until %(day)s you may ask %(township)s to look again: come by, or call %(telephone)s. Saying so is enough."
    )


def change_of(letter: CaseLetter) -> Recategorisation | None:
    """Return the change that a letter tells of; a category changes once a day."""
    rows = Recategorisation.objects.filter(case=letter.case_id, state="decided")
    return rows.filter(decided_on=letter.concluded_on).order_by("-pk").first()


def _looked_at(letter: CaseLetter) -> str:
    change = change_of(letter)
    day: datetime.date = change.proposed_on if change else letter.concluded_on
    return _(
        "Your household is monitored and helped. On %(day)s the township looked at what has changed: income, expenses, "
        "what happened since, and what you can do yourselves."
    ) % {"day": day}


def _outcome(letter: CaseLetter) -> list[str]:
    change = change_of(letter)
    if change is None:
        return [_("The category of your household was changed.")]
    words, area = Words(letter.concluded_on), letter.case.area_id
    said = {
        "day": letter.concluded_on,
        "before": words.standing(change.category_before, area),
        "after": words.standing(change.category, area),
    }
    lines = [
        _(
            "The county has decided: from %(day)s your household counts as “%(after)s” instead of “%(before)s”."
        )
        % said,
        _(
            "Your household stays monitored. Plan and help go on, and nothing that was promised is taken away."
        ),
    ]
    if reason := masked_text(change.why.strip()):
        lines.insert(1, _("The reason: %(reason)s") % {"reason": reason})
    return lines

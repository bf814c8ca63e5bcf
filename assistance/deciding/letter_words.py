"""What a letter on a case says, in plain words: what was decided and why, and how to ask for a second check."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alerts.verification.letter_words import Part, Words
from assistance.deciding import category_letter, removal_letters
from assistance.deciding.letters import CATEGORY_CHANGED, LETTERED, note
from assistance.models import Case, CaseLetter
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.workflow.offers import history
from households.codes.scanning import contact_of
from households.identity.masking import masked_text
from households.models import Resident
from households.models.households import HEAD

#: The move that a letter on a removal tells of.
REMOVED = "remove"


def words_of(letter: CaseLetter) -> Words:
    """Return what a letter says, in the language of the page."""
    case, contact = letter.case, contact_of(letter.case.area_id)
    head = Resident.objects.present().filter(household=case.household_id, relation=HEAD).first()
    township = contact.township.name if contact.township else case.area.name
    title, parts = _("What became of your case"), _parts
    if letter.verb == CATEGORY_CHANGED:
        title, parts = _("Your household counts in another category"), category_letter.parts
    elif letter.verb in removal_letters.VERBS:
        title, parts = removal_letters.title(letter), removal_letters.parts
    return Words(
        title=title,
        to=_("To the household of %(name)s") % {"name": head.shown_name if head else case.household.code},
        parts=parts(letter, township, contact.telephone),
        office=township,
        telephone=contact.telephone,
    )


def _parts(letter: CaseLetter, township: str, telephone: str) -> list[Part]:
    return [
        Part(_("What was looked at"), _looked_at(letter)),
        Part(_("What came of it"), _outcome(letter)),
        Part(_("If you do not agree"), _again(letter, township, telephone)),
    ]


@transaction.atomic
def printed(letter: CaseLetter, *, by: User) -> Opened:
    """Return a letter as PDF, in Chinese, because the household reads it; that it was printed is on record."""
    actor = by.authority(Right.VIEW_CASES, letter.case.area_id)
    note("case.letter_printed", letter, clock.today(), actor=actor)
    with translation.override(settings.LANGUAGE_CODE):
        words = words_of(letter)
        content = pdf.render("letter", _content(letter, words, by))
    return Opened(iter([content]), f"{words.title} {letter.case.number}.pdf", PDF, len(content))


def _content(letter: CaseLetter, words: Words, by: User) -> dict[str, Any]:
    return {
        "title": words.title,
        "watermark": watermark(by, letter.case.area.name),
        "to": words.to,
        "parts": [{"heading": part.heading, "lines": part.lines} for part in words.parts],
        "call": _("Telephone"),
        "telephone": words.telephone,
        "office": words.office,
        "day": letter.concluded_on.isoformat(),
        "number": _("Household number %(code)s, case %(number)s")
        % {"code": letter.case.household.code, "number": letter.case.number},
        "ways": [str(label) for label in CaseLetter.Way.labels],
        "lines": [_("Taken by (name or fingerprint)"), pgettext("letter", "Delivered by"), _("Day")],
    }


def _looked_at(letter: CaseLetter) -> list[str]:
    """Say what was weighed, never a sum, an illness or a member."""
    case = letter.case
    if letter.verb == REMOVED:
        return _looked_at_removal(case)
    lines = [
        _("Since %(day)s we looked at whether your household is taken into monitoring and help.")
        % {"day": case.opened_on}
    ]
    if case.visit is not None:
        lines.append(_("On %(day)s we came to look at how you live.") % {"day": case.visit.happened_on})
    lines.append(
        _(
            "Weighed were income, expenses that you paid yourselves, hardships, and what you can do yourselves."
        )
    )
    return lines


def _looked_at_removal(case: Case) -> list[str]:
    """Say what was weighed before the risk was marked removed, never a sum, an illness or a member."""
    return [
        _("Your household was monitored and helped. We looked at whether the risk is gone."),
        _(
            "Weighed were income over time, large expenses, dwelling, schooling, medical insurance and drinking water, "
            "and whether there is a new risk."
        ),
    ]


def _outcome(letter: CaseLetter) -> list[str]:
    said = {
        "evaluate_against": _(
            "The villagers' meeting did not agree that your household is taken into monitoring this time."
        ),
        "refuse": _("The township has reviewed it: your household is not taken into monitoring this time."),
        "decline": _("The county has decided: your household is not taken into monitoring this time."),
        "withdraw": _("You withdrew your application: your case is closed. You may apply again at any time."),
        "mark_unauthorised": _(
            "Without your permission to ask the departments your case rests. Give it, and we go on at once."
        ),
        REMOVED: _(
            "The county has decided: the risk of your household is removed, and it is no longer monitored."
        ),
        "confirm_correction": _(
            "The county has decided that your household was wrongly identified: it is no longer monitored."
        ),
    }
    lines = [said.get(letter.verb, _("Your case is closed."))]
    if reason := _reason(letter):
        lines.append(_("The reason: %(reason)s") % {"reason": reason})
    if letter.verb == REMOVED:
        return [
            *lines,
            _("Help that was promised goes on to its own end, and we come to see you every year."),
        ]
    lines.append(
        _(
            "Income alone never decides: expenses, difficulties and what you can do yourselves were weighed too."
        )
    )
    return lines


def _reason(letter: CaseLetter) -> str:
    """Return what was written about the decision, numbers of people masked."""
    moves = history(letter.case).filter(verb=letter.verb, to_state__in=LETTERED).order_by("-pk")
    return masked_text(next((each.reason.strip() for each in moves if each.reason.strip()), ""))


def _again(letter: CaseLetter, township: str, telephone: str) -> list[str]:
    asked = {"day": letter.until, "township": township, "telephone": telephone}
    return [
        _(
            "Until %(day)s you may ask %(township)s to look again: come by, or call %(telephone)s. Saying so is enough."
        )
        % asked,
        _("If things get harder later, report it at any time, to the village or by the telephone below."),
    ]

"""What a letter to a household says, in plain words: what was looked at, what came of it, how to ask again."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alerts import wording
from alerts.models import Letter
from alerts.verification.concluding import plain_words
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.codes.scanning import contact_of
from households.models import Resident
from households.models.households import HEAD


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its sentences."""

    heading: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The whole letter; `office` signs it, `telephone` is whom the household calls."""

    title: str
    to: str
    parts: list[Part]
    office: str
    telephone: str


def words_of(letter: Letter) -> Words:
    """Return what a letter says, in the language of the page."""
    alert, contact = letter.alert, contact_of(letter.alert.area_id)
    head = Resident.objects.present().filter(household=alert.household_id, relation=HEAD).first()
    township = contact.township.name if contact.township else alert.area.name
    return Words(
        title=_("What came of the check at your home"),
        to=_("To the household of %(name)s") % {"name": head.shown_name if head else alert.household.code},
        parts=[
            Part(_("Why we came"), _why(letter)),
            Part(_("What came of it"), _outcome(letter)),
            Part(_("If you do not agree"), _again(letter, township, contact.telephone)),
        ],
        office=township,
        telephone=contact.telephone,
    )


@transaction.atomic
def printed(letter: Letter, *, by: User) -> Opened:
    """Return a letter as PDF, in Chinese, because the household reads it; that it was printed is on record."""
    alert = letter.alert
    actor = by.authority(Right.VIEW_ALERTS, alert.area_id)
    today = clock.today()
    details = {"letter": letter.pk}
    record(
        Act("alert.letter_printed", "alerts.alert", str(alert.pk), today, today, area=alert.area_id, details=details),
        by=actor,
    )  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        words = words_of(letter)
        content = pdf.render("letter", _content(letter, words, by))
    return Opened(iter([content]), f"{words.title} {alert.household.code}.pdf", PDF, len(content))


def _content(letter: Letter, words: Words, by: User) -> dict[str, Any]:
    return {
        "title": words.title,
        "watermark": watermark(by, letter.alert.area.name),
        "to": words.to,
        "parts": [{"heading": part.heading, "lines": part.lines} for part in words.parts],
        "call": _("Telephone"),
        "telephone": words.telephone,
        "office": words.office,
        "day": letter.concluded_on.isoformat(),
        "number": _("Household number %(code)s, warning %(number)d")
        % {"code": letter.alert.household.code, "number": letter.alert_id},
        "ways": [str(label) for label in Letter.Way.labels],
        "lines": [_("Taken by (name or fingerprint)"), pgettext("letter", "Delivered by"), _("Day")],
    }


def _why(letter: Letter) -> list[str]:
    """Say when somebody came and because of what: kind and month, never a sum or a hospital."""
    alert = letter.alert
    lines = []
    if alert.visit is not None:
        lines.append(_("On %(day)s we came to look at how you live.") % {"day": alert.visit.happened_on})
    causes: dict[str, None] = {}
    signals = alert.signals.living().select_related("standard", "resident", "finding").order_by("day", "pk")
    for told in (wording.told(each, exact=False) for each in signals):
        said = {"what": told.what, "month": f"{told.signal.day:%Y-%m}"}
        causes[_("The reason: %(what)s (%(month)s).") % said] = None
    return [*lines, *causes]


def _outcome(letter: Letter) -> list[str]:
    said = {
        "not_eligible": _("As things stand, your household is not taken into monitoring this time."),
        "solved_by_policy": _(
            "Help that you receive already answers the difficulty: your household is not taken into monitoring."
        ),
        "wrong_information": _("The information that brought us to you was wrong. You need do nothing."),
        "watched": _("Your household is not taken into monitoring now. We keep watching, and come again."),
    }
    lines = [said[letter.outcome]]
    lines += plain_words(letter.alert.visit.answers) if letter.alert.visit is not None else []
    if letter.outcome == "watched" and letter.alert.relook_on:
        lines.append(_("We look again around %(day)s.") % {"day": letter.alert.relook_on})
    lines.append(
        _(
            "Income alone never decides: expenses, difficulties and what you can do yourselves were weighed too."
        )
    )
    return lines


def _again(letter: Letter, township: str, telephone: str) -> list[str]:
    asked = {"day": letter.until, "township": township, "telephone": telephone}
    return [
        _(
            "Until %(day)s you may ask %(township)s to look again: come by, or call %(telephone)s. Saying so is enough."
        )
        % asked,
        _("If things get harder later, report it at any time, to the village or by the telephone below."),
    ]

"""The letter that tells a household which village answers for it now, in Chinese."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.codes.scanning import contact_of
from households.models import HouseholdMove, Resident
from households.models.households import HEAD
from households.moving.tables import place_words


@transaction.atomic
def for_household(row: HouseholdMove, *, by: User) -> Opened:
    """Return the letter; refused before the move is made, and for who does not answer for the household now.

    That it was printed is on record.
    """
    if row.state != "accepted" or row.person_id is not None:
        raise Refused(_("The household is told once it belongs to the other village."))
    today = clock.today()
    actor = by.authority(Right.EDIT_HOUSEHOLDS, row.household.area_id)
    act = Act(
        "household_move.printed", "households.householdmove", str(row.pk), today, today, area=row.to_area_id
    )
    record(act, by=actor)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Your household belongs to another village now")
        content = pdf.render(
            "letter", {"title": title, "watermark": watermark(by, row.to_area.name), **_letter(row)}
        )
    return Opened(iter([content]), f"{title} {row.household.code}.pdf", PDF, len(content))


def _letter(row: HouseholdMove) -> dict[str, object]:
    """Say in plain words which village answers, since when, that help goes on, and whom to call."""
    head = Resident.objects.present().filter(household=row.household_id, relation=HEAD).first()
    contact = contact_of(row.to_area_id)
    said = {"day": row.effective_on, "old": place_words(row.from_area), "new": place_words(row.to_area)}
    return {
        "to": _("To the household of %(name)s") % {"name": head.shown_name if head else row.household.code},
        "parts": [
            {"heading": pgettext("letter", "Where you belong now"), "lines": [
                _("Since %(day)s your household is in the care of %(new)s; before it was %(old)s.") % said,
            ]},
            {"heading": pgettext("letter", "What this means for you"), "lines": [
                _("You need not apply anew: what was decided about your household stays, and running help goes on."),
                _("The code of your household stays the same. Somebody of the new village will come and see you."),
                _("If something changes or does not arrive, tell the village, or call us."),
            ]},
        ],
        "call": _("Telephone"),
        "telephone": contact.telephone,
        "office": contact.township.name if contact.township else row.to_area.name,
        "day": clock.today().isoformat(),
        "number": _("Household number %(code)s") % {"code": row.household.code},
        "ways": [
            pgettext("letter", "handed over"), pgettext("letter", "read out"), pgettext("letter", "by telephone"),
        ],
        "lines": [_("Taken by (name or fingerprint)"), pgettext("letter", "Delivered by"), _("Day")],
    }  # fmt: skip

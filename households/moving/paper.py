"""The letter that tells a household, or a person who went alone, which village answers for them now, in Chinese."""

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
from households.models import Household, HouseholdMove, Resident
from households.models.households import HEAD
from households.moving.tables import place_words


@transaction.atomic
def for_household(row: HouseholdMove, *, by: User) -> Opened:
    """Return the letter; refused before the move is made, and for who does not answer for the household now.

    Of a person it goes to them, in the household that they joined, as long as they are a member there. That it was
    printed is on record.
    """
    home = _where(row)
    if home is None:
        raise Refused(_not_now(row))
    today = clock.today()
    actor = by.authority(Right.EDIT_HOUSEHOLDS, home.area_id)
    act = Act(
        "household_move.printed", "households.householdmove", str(row.pk), today, today, area=row.to_area_id
    )
    record(act, by=actor)
    with translation.override(settings.LANGUAGE_CODE):
        if row.of_person:
            title = _("You belong to another household and village now")
            said = _letter(row, home, _to_person(row, home))
        else:
            title = _("Your household belongs to another village now")
            said = _letter(row, home, _to_home(row))
        content = pdf.render("letter", {"title": title, "watermark": watermark(by, row.to_area.name), **said})
    return Opened(iter([content]), f"{title} {home.code}.pdf", PDF, len(content))


def offered(row: HouseholdMove, user: User) -> bool:
    """Say whether `user` may print the letter now."""
    home = _where(row)
    return home is not None and user.holds(Right.EDIT_HOUSEHOLDS, home.area_id)


def _where(row: HouseholdMove) -> Household | None:
    """Return the household that the letter goes to; None before the move is made, and where the person left again."""
    if row.state != "accepted":
        return None
    if not row.of_person:
        return row.household
    return row.into if _member(row) is not None else None


def _not_now(row: HouseholdMove) -> str:
    if row.of_person:
        return _("The person is told once they are a member of the other household, and as long as they are.")
    return _("The household is told once it belongs to the other village.")


def _member(row: HouseholdMove) -> Resident | None:
    """Return who went alone, in the household that they joined by this move."""
    if row.event_id is None:
        return None
    found: Resident | None = Resident.objects.present().filter(lineage_came__act=row.event_id).first()
    return found


def _letter(row: HouseholdMove, home: Household, said: dict[str, object]) -> dict[str, object]:
    """Return what both letters have: whom to call, how it was delivered, and the number of the household."""
    contact = contact_of(row.to_area_id)
    return said | {
        "call": _("Telephone"),
        "telephone": contact.telephone,
        "office": contact.township.name if contact.township else row.to_area.name,
        "day": clock.today().isoformat(),
        "number": _("Household number %(code)s") % {"code": home.code},
        "ways": [
            pgettext("letter", "handed over"), pgettext("letter", "read out"), pgettext("letter", "by telephone"),
        ],
        "lines": [_("Taken by (name or fingerprint)"), pgettext("letter", "Delivered by"), _("Day")],
    }  # fmt: skip


def _to_home(row: HouseholdMove) -> dict[str, object]:
    """Say in plain words which village answers, since when, that help goes on, and whom to call."""
    head = Resident.objects.present().filter(household=row.household_id, relation=HEAD).first()
    return {
        "to": _("To the household of %(name)s") % {"name": head.shown_name if head else row.household.code},
        "parts": [
            {"heading": pgettext("letter", "Where you belong now"), "lines": [
                _("Since %(day)s your household is in the care of %(new)s; before it was %(old)s.") % _places(row),
            ]},
            {"heading": pgettext("letter", "What this means for you"), "lines": [
                _("You need not apply anew: what was decided about your household stays, and running help goes on."),
                _("The code of your household stays the same. Somebody of the new village will come and see you."),
                _("If something changes or does not arrive, tell the village, or call us."),
            ]},
        ],
    }  # fmt: skip


def _to_person(row: HouseholdMove, home: Household) -> dict[str, object]:
    """Say in plain words to which household and village somebody belongs, what goes with them, and whom to call."""
    person = _member(row)
    head = Resident.objects.present().filter(household=home, relation=HEAD).first()
    told = _places(row) | {"name": head.shown_name if head else home.code}
    return {
        "to": person.shown_name if person is not None else home.code,
        "parts": [
            {"heading": pgettext("letter", "Where you belong now"), "lines": [
                _("Since %(day)s you are a member of the household of %(name)s, in the care of %(new)s; "
                  "before it was %(old)s.") % told,
            ]},
            {"heading": pgettext("letter to one person", "What this means for you"), "lines": [
                _("What you count as by yourself, and help that is for you alone, go with you. What was decided about "
                  "the household that you left stays with that household."),
                _("The new village looks after you from now on. Somebody of it will come and see you."),
                _("If something changes or does not arrive, tell the village, or call us."),
            ]},
        ],
    }  # fmt: skip


def _places(row: HouseholdMove) -> dict[str, object]:
    return {"day": row.effective_on, "old": place_words(row.from_area), "new": place_words(row.to_area)}

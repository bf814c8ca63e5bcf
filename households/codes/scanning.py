"""What somebody who scans a code is shown: their household to staff, a telephone to everybody else."""

from dataclasses import dataclass

from foundation.accounts.composition import parts
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Level
from foundation.accounts.selectors import successors_of
from foundation.regulations.lookup import value
from households.codes.tokens import Scanned
from households.models import Household, HouseholdCode

#: The regulation value: by which telephone people reach the office of their area.
TELEPHONE = "public_telephone"


@dataclass(frozen=True, slots=True)
class ScanLink:
    """A public page of a place that the page behind a code leads on to: what it is, and where."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: the places from the county down to the scanned one, the telephone, and whose it is.

    `whose` is None where no area of these has set a telephone: it is the one of the whole country then.
    """

    places: tuple[Area, ...]
    telephone: str
    whose: Area | None

    @property
    def township(self) -> Area | None:
        """The township, where the code names one that exists."""
        return next((area for area in self.places if area.level == Level.TOWNSHIP), None)


def household_of(scanned: Scanned, user: User) -> Household | None:
    """Return the household whose code in force this is, if `user` may see it."""
    codes = HouseholdCode.objects.in_force().filter(token=scanned.token)
    return Household.objects.visible_to(user).filter(pk__in=codes.values("household")).first()


def links_of(code: str) -> list[ScanLink]:
    """Return the public pages of a scanned place, from every part named in SCAN_LINKS of the composition.

    Each is asked with the code of the area alone, so that nothing depends on a household.
    """
    found = [part(code) for part in parts("SCAN_LINKS")] if code else []
    return [link for link in found if link is not None]


def contact_of(code: str) -> Contact:
    """Return whom to call in an area, by the values of today; it asks nothing about any household.

    A code that has given way leads on to the area that took its place; one that nobody knows, to the nearest known
    area above it.
    """
    place = _living(code)
    lines = Area.objects.filter(code__in=[*ancestors(place), place]) if place else Area.objects.none()
    places = tuple(area for area in lines.order_by("code") if area.level >= Level.COUNTY)
    found = value(TELEPHONE, area=place)
    holds = found.value.area if found.value is not None else ""
    whose = next((area for area in places if area.code == holds), None)
    return Contact(places, found.text, whose)


def _living(code: str) -> str:
    """Return the code of the area that answers for a scanned one today ("": none)."""
    if not code:
        return ""
    known = {area.code: area for area in Area.objects.filter(code__in=[code, *ancestors(code)])}
    if (area := known.get(code)) is not None:
        if area.retired_on is None:
            return code
        if len(after := successors_of(code)) == 1:
            return after[0].code
    above = [each for each in reversed(ancestors(code)) if each in known and known[each].retired_on is None]
    return above[0] if above else ""

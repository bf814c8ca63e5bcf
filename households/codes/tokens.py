"""What stands in a code: an address under which nothing is said of the household.

    https://watch.example.gov.cn/c/999901001-kW3…/     a household's: its township, and 128 random bits
    https://watch.example.gov.cn/c/999901001005/       a village's: on the leaflet

The public page is worked out from the area in the address alone, and nobody looks the random part up for a visitor:
so a code that was revoked, or never given out, gets the same page in the same time as one in force.
"""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from foundation.accounts.roles import Level

_BYTES = 16
_WORD = re.compile(r"(?P<township>[0-9]{9})-(?P<token>[A-Za-z0-9_-]{22})|(?P<place>[0-9]{9}|[0-9]{12})")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What an address says: the code of an area ("": none that can be read), and the random part ("": none)."""

    area: str = ""
    token: str = ""


def new_token() -> str:
    """Return 128 random bits as 22 characters that stand in an address."""
    return secrets.token_urlsafe(_BYTES)


def household_address(area: str, token: str) -> str:
    """Return what the code of a household shows; `area` is the village that is responsible for it."""
    return _address(f"{area[: Level.TOWNSHIP]}-{token}")


def village_address(area: str) -> str:
    """Return what the code of a village shows."""
    return _address(area)


def read(word: str) -> Scanned:
    """Return what the last part of an address says; whatever cannot be read says nothing."""
    found = _WORD.fullmatch(word)
    if found is None:
        return Scanned()
    return Scanned(found["township"] or found["place"], found["token"] or "")


def _address(word: str) -> str:
    return f"{settings.SHOUWANG_ADDRESS.rstrip('/')}{reverse('scan', args=[word])}"

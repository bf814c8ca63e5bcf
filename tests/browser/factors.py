"""Telephones of the browser tests: secrets that the tests know, and the codes they show."""

import base64

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils import timezone

from foundation.accounts.entry import second_factor
from foundation.accounts.models import SecondFactor, User
from foundation.vault.sealing import seal

#: Everybody's whose post asks for a second factor.
SECRET = b"twenty bytes of tests"[:20]


def plant_factors() -> None:
    """Give everybody who must have a second factor one whose secret the tests know; with the server's keys."""
    for user in User.objects.filter(is_built_in=False):
        if second_factor.is_required_of(user):
            sealed = seal(SECRET, f"staff:{user.pk}:second factor".encode())
            told = {"secret": sealed, "confirmed_at": timezone.now()}
            SecondFactor.objects.update_or_create(user=user, defaults=told)


def code_now(words: str = "", *, later: int = 0) -> str:
    """Return what a telephone shows now (or so many steps later) for a secret in words; without any, the tests' own."""
    letters = words.replace(" ", "")
    secret = base64.b32decode(letters + "=" * (-len(letters) % 8)) if letters else SECRET
    moment = int(timezone.now().timestamp()) + 30 * later
    return TOTP(secret, 6, SHA1(), 30).generate(moment).decode()

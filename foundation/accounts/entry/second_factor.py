"""A second factor at sign-in: a code of six digits from an application on the telephone (TOTP, RFC 6238).

The secret lies sealed in the database; a code is taken once, even by two requests at the same moment; ten codes on
paper stand in for a lost telephone. Who holds a post that asks for a second factor reaches nothing but the page to set
it up until it is (safety.md L06); in the demonstration nobody is asked.
"""

import base64
import datetime
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.entry import proof
from foundation.accounts.models import RecoveryCode, SecondFactor, User
from foundation.accounts.ordinances import ordinances
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record
from foundation.vault.sealing import open_sealed, seal

DIGITS, STEP_SECONDS, SECRET_BYTES = 6, 30, 20
#: Clocks of telephones go wrong: a code counts one step earlier and later.
DRIFT = 1
RECOVERY_CODES = 10
#: Without what is easily misread.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_SALT = "foundation.accounts.entry.second_factor"


def is_required_of(user: User) -> bool:
    """Say whether one of this person's posts of today asks for a second factor; never in the demonstration."""
    duties = user.duties()
    asked = ordinances().second_factor_roles({duty.area for duty in duties}, clock.today())
    return any(duty.role in asked[duty.area] for duty in duties) and not clock.is_demonstration()


def is_set_up(user: User) -> bool:
    """Say whether this person has a confirmed second factor."""
    return SecondFactor.objects.filter(user=user).exists()


def begin(user: User) -> str:
    """Return a new secret, sealed, as text for the session of who sets it up: it is kept once it is confirmed."""
    return base64.b64encode(seal(secrets.token_bytes(SECRET_BYTES), _context(user))).decode()


def address(user: User, begun: str) -> str:
    """Return the address (otpauth:) of a begun secret, which a telephone reads."""
    return _totp(user, base64.b64decode(begun)).get_provisioning_uri(
        user.username, settings.SECOND_FACTOR_ISSUER
    )


def secret_words(uri: str) -> str:
    """Return the secret of an otpauth address in groups of four, for who cannot take a picture of it."""
    text = uri.partition("secret=")[2].partition("&")[0]
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@transaction.atomic
def confirm(user: User, begun: str, code: str) -> list[str]:
    """Let a begun secret count from now on, with a first code; returns the codes for paper, shown this once."""
    sealed = base64.b64decode(begun)
    step = _step_of(user, sealed, code)
    if step is None:
        raise Refused(
            _("This code does not fit. Wait for the next one, and check the telephone's clock."), field="code"
        )
    told = {"secret": sealed, "confirmed_at": timezone.now(), "last_step": step}
    _factor, made = SecondFactor.objects.get_or_create(user=user, defaults=told)
    if not made:
        raise Refused(_("A second factor is set up already: take it away first."))
    _note("staff.second_factor_set_up", user)
    return _new_paper(user)


def new_paper(user: User, code: str) -> list[str]:
    """Make the codes on paper anew, with a code as proof; the old ones are worth nothing any more."""
    proof.ask(user, piece(user, code))
    with transaction.atomic():
        _note("staff.recovery_codes_renewed", user)
        return _new_paper(user)


def piece(user: User, code: str) -> proof.Piece:
    """Return a code as a piece of a proof (proof.ask)."""
    return proof.Piece("code", lambda: accept(user, code))


@transaction.atomic
def accept(user: User, code: str) -> bool:
    """Take a code of the telephone or one from paper, once; of two requests with the same code one is taken."""
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        return False
    typed = "".join(code.split()).replace("-", "").lower()
    step = _step_of(user, bytes(factor.secret), typed)
    if step is not None:
        return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step))
    used = RecoveryCode.objects.filter(user=user, digest=_digest(user, typed), used_at__isnull=True)
    if used.update(used_at=timezone.now()):
        _note("staff.recovery_code_used", user)
        return True
    return False


def take_away(user: User, *, password: str) -> None:
    """Go back to the password alone; who must have a second factor sets up another one at once."""
    proof.ask(user, proof.password(user, password))
    with transaction.atomic():
        remove(user)
        _note("staff.second_factor_removed", user)


def codes_left(user: User) -> int:
    """Return how many codes on paper are still good."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def remove(user: User) -> None:
    """Forget secret and codes; who may, the caller has asked."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _new_paper(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(_LETTERS) for _place in range(10)) for _code in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _step_of(user: User, sealed: bytes, code: str) -> int | None:
    """Return the time step that a code belongs to, or None where it belongs to none that counts now."""
    now, totp = int(timezone.now().timestamp()), _totp(user, sealed)
    for away in (0, *(sign * each for each in range(1, DRIFT + 1) for sign in (-1, 1))):
        moment = now + away * STEP_SECONDS
        try:
            totp.verify(code.strip().encode(), moment)
        except InvalidToken:
            continue
        return moment // STEP_SECONDS
    return None


def _totp(user: User, sealed: bytes) -> TOTP:
    # SHA-1 is what every application on a telephone knows; as a MAC it is sound (RFC 6238, 1.2).
    return TOTP(open_sealed(sealed, _context(user)), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303


def _context(user: User) -> bytes:
    return f"staff:{user.pk}:second factor".encode()


def _digest(user: User, code: str) -> str:
    return salted_hmac(_SALT, f"{user.pk}:{code}", algorithm="sha256").hexdigest()


def _note(verb: str, user: User) -> None:
    first = next(iter(user.duties()), None)
    actor = Actor(f"staff:{user.pk}", first.role if first else "", first.area if first else "")
    day: datetime.date = clock.today()
    record(Act(verb, "staff", str(user.pk), day, day, area=first.area if first else ""), by=actor)

"""After five wrong passwords a name waits a quarter of an hour, there where they were typed and nowhere else.

Counted are pairs of a name and a place, so that nobody shuts out another by typing wrong passwords from elsewhere. A
browser in which this person signed in before is a place of its own, and only that place is counted: neither who shares
the network of an office nor who guesses from a thousand networks can shut its holder out there (OWASP, device cookies).
In browsers that nobody knows two wide limits hold beside it, one of the name and one of the network: a guesser with
many networks is slowed as well. Every attempt counts before the password is looked at, and a right one takes its count
back: of attempts at once no more are looked at than of attempts in a row (safety.md L03, 6.3.1).
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from foundation.accounts.limits import Limit, forgive, network_of, take_back, wait
from foundation.accounts.models import User
from foundation.accounts.models.people import normal_username

#: Wrong passwords for one name from one place, and how long it waits then.
FAILURES, SECONDS = 5, 15 * 60
#: Wrong passwords for one name in all unknown browsers together, in the same time: four places' worth. Who moves
#: between office, home and telephone comes to three; a guesser with any number of networks is held to 1,920 a day,
#: against passwords of twelve signs that are on no list. A proposal of the platform: no rule names a number.
NAME_ATTEMPTS = 20
#: Wrong passwords of a whole network, for whatever names, in unknown browsers: a county's offices may share an address.
NETWORK_ATTEMPTS = 1000
KNOWN_DAYS = 180
_SALT = "foundation.accounts.entry.locking"


def attempt(request: HttpRequest, username: str) -> bool:
    """Count an attempt to sign in as `username`; says whether it may be looked at."""
    return not wait(_limits(request, username))


def succeeded(request: HttpRequest, user: User) -> None:
    """Take back what was counted against this name in this place, and this one attempt from the wide limits."""
    own, *wide = _limits(request, user.username)
    forgive([own])
    take_back(wide)


def remember(response: HttpResponse, request: HttpRequest, user: User) -> None:
    """Let this browser be known as one in which `user` signed in."""
    response.set_cookie(
        _cookie(user.username),
        signing.dumps(_oath(user), salt=_SALT),
        max_age=KNOWN_DAYS * 24 * 3600,
        path="/sign-in/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _limits(request: HttpRequest, username: str) -> list[Limit]:
    """Return what holds here, that of the place first; a known browser has no other."""
    name, network = normal_username(username), network_of(request)
    if known := _known_as(request, name):
        return [Limit("sign-in of a name", f"{name}|known|{known}", FAILURES, SECONDS, holds=True)]
    return [
        Limit("sign-in of a name", f"{name}|{network}", FAILURES, SECONDS, holds=True),
        Limit("sign-in of a name from anywhere", name, NAME_ATTEMPTS, SECONDS),
        Limit("sign-in from a network", network, NETWORK_ATTEMPTS, SECONDS),
    ]


def _known_as(request: HttpRequest, name: str) -> str:
    """Return the cookie by which this browser is known for `name`, or "" where it is not, or no longer."""
    given = request.COOKIES.get(_cookie(name), "")
    if not given:
        return ""
    user = User.objects.filter(username=name).first()
    try:
        sworn = signing.loads(given, salt=_SALT, max_age=KNOWN_DAYS * 24 * 3600)
    except signing.BadSignature:
        return ""
    return given if user is not None and sworn == _oath(user) else ""


def _oath(user: User) -> str:
    """Say what a known browser was told: it is over with the password, and where all sessions were ended."""
    return salted_hmac(_SALT, user.get_session_auth_hash(), algorithm="sha256").hexdigest()


def _cookie(username: str) -> str:
    """Return the name of the cookie for a login name; it does not tell the name.

    Where cookies travel by TLS alone its name says so, and no page that came without it can plant one.
    """
    before = "__Secure-known-" if settings.SESSION_COOKIE_SECURE else "known-"
    return before + salted_hmac(_SALT, normal_username(username), algorithm="sha256").hexdigest()[:16]

"""Tokens: how a program signs in. Made by a person for one of their own postings, shown once, kept as a digest.

A token is worth what its posting is worth at the moment of each request. It ends by itself with its last day, with the
posting, with the account, and with the password and the sessions of the person who made it. Whoever signs in with a
second factor gives a code of it when making one, and tokens of such posts last days, not months: a stolen one would
walk around the factor.
"""

import datetime
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.entry import proof, second_factor
from foundation.accounts.models import ApiToken, Posting, User
from foundation.accounts.ordinances import ordinances
from foundation.accounts.refusals import Refused
from foundation.accounts.staff import authority_over
from foundation.ledger.record import Act, Actor, record

#: What every token begins with, so that whoever finds one in a file knows what it is.
PREFIX = "shouwang_"
#: Random bytes of a token.
_BYTES = 32
#: Tokens of one person that count at the same time.
MOST = 10
_SALT = "foundation.accounts.programs.tokens"


@dataclass(frozen=True, slots=True)
class Wish:
    """A token somebody asks for: what it is for, for which of their postings, and how many days it lasts."""

    name: str
    posting: Posting
    days: int


def make(wish: Wish, *, password: str, code: str, by: User) -> tuple[ApiToken, str]:
    """Make a token for one of one's own postings; returns it with the word that is shown this once.

    The person proves anew who they are: with the password, and with a code where a second factor is set up. That comes
    before the transaction: a wrong code stays counted whatever becomes of the rest.
    """
    asked = [proof.password(by, password)]
    if second_factor.is_set_up(by):
        asked.append(second_factor.piece(by, code))
    proof.ask(by, *asked)
    return _made(wish, by)


@transaction.atomic
def _made(wish: Wish, by: User) -> tuple[ApiToken, str]:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    posting = own_postings(by).get(wish.posting.pk)
    if posting is None:
        raise Refused(_("This is no posting that you hold today."), field="posting")
    longest = longest_days(posting)
    if not 1 <= wish.days <= longest:
        raise Refused(_("A token of this post lasts 1 to %(days)d days.") % {"days": longest}, field="days")
    name = " ".join(wish.name.split())[:60]
    if not name:
        raise Refused(_("Say which program the token is for."), field="name")
    if sum(is_good(each) for each in by.api_tokens.all()) >= MOST:
        raise Refused(_("You have %(count)d tokens: revoke one that is no longer needed.") % {"count": MOST})
    word, today = PREFIX + secrets.token_urlsafe(_BYTES), clock.today()
    token = ApiToken.objects.create(
        user=by,
        posting=posting,
        name=name,
        digest=_digest(word),
        oath=_oath(by),
        made_on=today,
        expires_on=today + datetime.timedelta(days=wish.days - 1),
    )
    actor = Actor(f"staff:{by.pk}", posting.role, posting.area_id)
    _note("staff.token_made", token, by=actor)
    return token, word


@transaction.atomic
def revoke(token: ApiToken, *, by: User, reason: str = "") -> None:
    """End a token: its owner, or who manages the owner's account, with the reason."""
    if token.user_id == by.pk:
        actor = Actor(f"staff:{by.pk}", token.posting.role, token.posting.area_id)
    else:
        actor = authority_over(token.user, by=by)
        if not reason.strip():
            raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if not ApiToken.objects.filter(pk=token.pk, revoked_on__isnull=True).update(revoked_on=clock.today()):
        raise Refused(_("This token was revoked already."))
    _note("staff.token_revoked", token, by=actor, reason=reason)


def bearer(word: str) -> ApiToken | None:
    """Return the token that a program shows, with its person; None where it is none, or no longer counts.

    The person acts by the token's posting alone. The day of the last use is written down once a day.
    """
    if not word.startswith(PREFIX):
        return None
    found = ApiToken.objects.select_related("user", "posting").filter(digest=_digest(word)).first()
    if found is None or not is_good(found):
        return None
    found.user.acts_by = found.posting_id
    if not found.user.duties():
        return None
    today = clock.today()
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    return found


def find(key: int) -> ApiToken | None:
    """Return a token by its key, with its person and posting; whose it is, the caller asks."""
    return ApiToken.objects.select_related("user", "posting__area").filter(pk=key).first()


def is_good(token: ApiToken) -> bool:
    """Say whether a token still counts: not revoked, not over, its posting, account and password the same."""
    today, user, posting = clock.today(), token.user, token.posting
    return (
        token.revoked_on is None
        and token.expires_on >= today
        and user.is_active
        and not user.is_built_in
        and posting.withdrawn_on is None
        and posting.from_day <= today
        and (posting.until_day is None or posting.until_day >= today)
        and constant_time_compare(token.oath, _oath(user))
    )


def tokens_of(user: User) -> list[tuple[ApiToken, bool]]:
    """Return somebody's tokens, the latest first, each with whether it still counts; old ones fall off the end."""
    rows = ApiToken.objects.filter(user=user).select_related("user", "posting__area")
    return [(row, is_good(row)) for row in rows[:50]]


def own_postings(user: User) -> dict[int, Posting]:
    """Return the postings that somebody holds today, by key: those for which they may make tokens."""
    rows = user.postings.in_force().select_related("area", "department")
    return {posting.pk: posting for posting in rows}


def longest_days(posting: Posting) -> int:
    """Return how many days a token of this posting may last: few where its post asks for a second factor."""
    asked = ordinances().second_factor_roles({posting.area_id}, clock.today())[posting.area_id]
    few: int = settings.API_TOKEN_DAYS_WITH_SECOND_FACTOR
    many: int = settings.API_TOKEN_DAYS
    return few if posting.role in asked else many


def _digest(word: str) -> str:
    return salted_hmac(_SALT, word, algorithm="sha256").hexdigest()


def _oath(user: User) -> str:
    """Say under which sign-in a token was made: over with the password, and where all sessions were ended."""
    return salted_hmac(_SALT, user.get_session_auth_hash(), algorithm="sha256").hexdigest()


def _note(verb: str, token: ApiToken, *, by: Actor, reason: str = "") -> None:
    today = clock.today()
    details = {"posting": token.posting_id, "until": token.expires_on.isoformat()}
    area = token.posting.area_id
    act = Act(verb, "staff", str(token.user_id), today, today, area=area, basis=reason, details=details)
    record(act, by=by)

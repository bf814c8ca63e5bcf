"""Accounts of staff: open, correct, disable, enable, give a password for the first sign-in.

System administrators manage accounts, security administrators grant postings (三员分立, safety.md L09). Whoever
manages an account has all of it in hand, so their area must cover every area the person works in.
"""

import datetime
import re
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.entry import second_factor
from foundation.accounts.models import Area, User
from foundation.accounts.models.people import normal_username
from foundation.accounts.names import person_initials
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import ADMINISTRATORS, Right
from foundation.ledger.record import Act, Actor, record

BUILT_IN = frozenset({"system", "shell"})
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
#: A mobile or an identity number typed as a login name would put it on every page.
_PERSONAL_NUMBER = re.compile(r"1\d{10}|\d{15}|\d{17}[\dx]")
#: No letter or digit that is mistaken for another when read from paper.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to open for the work of an area."""

    username: str
    name: str
    area: Area


@transaction.atomic
def open_account(new: NewAccount, *, by: User) -> User:
    """Open an account that nobody can sign in with until it gets a password, and that may do nothing yet."""
    actor = by.authority(Right.MANAGE_ACCOUNTS, new.area.code)
    username, name = check_login_name(new.username), check_name(new.name)
    if new.area.retired_on is not None:
        raise Refused(_("This area is retired: choose the one that followed it."), field="area")
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username, name=name, initials=person_initials(name), home=new.area, created_on=clock.today()
            )
    except IntegrityError as taken:
        raise Refused(_("This login name is taken: choose another."), field="username") from taken
    _note("staff.opened", user, new.area.code, by=actor, personal={"username": username, "name": name})
    return user


@transaction.atomic
def correct_name(account: User, name: str, *, by: User) -> User:
    """Write a person's name as it should be; the login name stays."""
    actor = authority_over(account, by=by)
    corrected, before = check_name(name), account.name
    if corrected == before:
        raise Refused(_("The account already has this name."), field="name")
    changed = User.objects.filter(pk=account.pk, name=before).update(
        name=corrected, initials=person_initials(corrected)
    )
    _check_changed(changed)
    account.name, account.initials = corrected, person_initials(corrected)
    _note("staff.name_corrected", account, by=actor, personal={"before": before, "after": corrected})
    return account


@transaction.atomic
def disable(account: User, *, by: User, reason: str) -> User:
    """Close an account: its sessions die with their next request and stay dead after it is enabled again."""
    actor = authority_over(account, by=by)
    _check_reason(reason)
    changed = User.objects.filter(pk=account.pk, is_active=True).update(
        is_active=False, sessions_ended=F("sessions_ended") + 1
    )
    if changed != 1:
        raise Refused(_("The account is already disabled."))
    account.refresh_from_db(fields=["is_active", "sessions_ended"])
    _note("staff.disabled", account, by=actor, reason=reason)
    return account


@transaction.atomic
def enable(account: User, *, by: User, reason: str) -> User:
    """Let a disabled account sign in again."""
    actor = authority_over(account, by=by)
    _check_reason(reason)
    if (
        User.objects.filter(pk=account.pk, is_active=False).update(is_active=True, enabled_on=clock.today())
        != 1
    ):
        raise Refused(_("The account is not disabled."))
    account.is_active = True
    _note("staff.enabled", account, by=actor, reason=reason)
    return account


@transaction.atomic
def set_one_time_password(account: User, *, by: User) -> str:
    """Set a random password and return it, the only time it can be seen; the person must choose their own next.

    Every session of the account dies. The password of an administrator is set from a higher area or by the
    operator's command, never by the system administrator beside them, who would hold both offices that way.
    """
    actor = authority_over(account, by=by)
    if not account.is_active:
        raise Refused(_("The account is disabled: enable it first."))
    _check_no_takeover(account, by)
    password = one_time_password()
    account.password, account.must_change_password = hashed_once(password), True
    account.save(update_fields=["password", "must_change_password"])
    _note("staff.password_set", account, by=actor)
    return password


@transaction.atomic
def reset_second_factor(account: User, *, by: User, reason: str) -> None:
    """Take away the second factor of somebody who lost telephone and paper, and every session with it.

    As with passwords, that of an administrator is taken away one level higher.
    """
    actor = authority_over(account, by=by)
    _check_reason(reason)
    _check_no_takeover(account, by)
    if not second_factor.is_set_up(account):
        raise Refused(_("This person has no second factor."))
    User.objects.filter(pk=account.pk).update(sessions_ended=F("sessions_ended") + 1)
    account.refresh_from_db(fields=["sessions_ended"])
    second_factor.remove(account)
    _note("staff.second_factor_reset", account, by=actor, reason=reason)


def authority_over(account: User, *, by: User) -> Actor:
    """Return the actor who manages `account`: their areas cover all areas it works in; refuse anybody else."""
    if account.is_built_in:
        raise Refused(_("The platform's own accounts are not managed."))
    if account.pk == by.pk:
        raise Refused(_("Nobody manages their own account: ask another system administrator."))
    codes = areas_of(account)
    if not by.is_built_in and not all(by.holds(Right.MANAGE_ACCOUNTS, code) for code in codes or [""]):
        raise Refused(_("This person also works outside your areas: let the next level up do it."))
    return by.authority(Right.MANAGE_ACCOUNTS, min(codes, key=len, default=""))


def manages(account: User, *, by: User) -> bool:
    """Say whether `by` manages `account`: what the pages ask before they offer an act."""
    try:
        authority_over(account, by=by)
    except Refused:
        return False
    return True


def areas_of(account: User) -> list[str]:
    """Return the codes an account works or stands in for now or later, or else the area it was opened for."""
    today = clock.today()
    own = account.postings.overlapping(today, None).values_list("area_id", flat=True)
    stood_in = account.stands_in.overlapping(today, None).values_list("posting__area_id", flat=True)
    return sorted({*own, *stood_in}) or ([account.home_id] if account.home_id else [])


def check_login_name(username: str) -> str:
    """Return a login name in its normal form, refusing what cannot be one."""
    normal = normal_username(username)
    if not _LOGIN.fullmatch(normal):
        raise Refused(
            _("A login name has 2 to 60 letters a-z, digits, dots, hyphens or underscores."), field="username"
        )
    if _PERSONAL_NUMBER.fullmatch(normal):
        raise Refused(
            _("A telephone or identity number is no login name: choose one that says nothing private."),
            field="username",
        )
    if normal in BUILT_IN:
        raise Refused(_("This login name is taken: choose another."), field="username")
    return normal


def check_name(name: str) -> str:
    """Return a person's name without stray blanks, refusing an empty or endless one."""
    plain = " ".join(name.split())
    if not plain or len(plain) > 60:
        raise Refused(_("A name has 1 to 60 characters."), field="name")
    return plain


def one_time_password() -> str:
    """Return 16 random symbols in four groups: 79 bits, easy to read from paper."""
    symbols = [secrets.choice(_ALPHABET) for _n in range(16)]
    return "-".join("".join(symbols[at : at + 4]) for at in range(0, 16, 4))


def hashed_once(password: str) -> str:
    """Return the stored form of a password made by `one_time_password`, cheaply enough for thousands at once.

    Stretching protects what people choose. 79 random bits need none, and the first sign-in stores it anew
    with the house's slow hash; 1,414 slow hashes would take minutes.
    """
    return PBKDF2PasswordHasher().encode(password, secrets.token_hex(16), iterations=1)


def _check_no_takeover(account: User, by: User) -> None:
    if by.is_built_in:
        return
    offices = account.postings.overlapping(clock.today(), None).filter(role__in=ADMINISTRATORS)
    for area in offices.values_list("area_id", flat=True):
        if not any(
            area != duty.area and area.startswith(duty.area)
            for duty in by.duties()
            if duty.holds(Right.MANAGE_ACCOUNTS)
        ):
            raise Refused(
                _(
                    "An administrator's password is set one level higher, or on the server with "
                    "“./run manage set_password”: nobody takes over the office beside theirs."
                )
            )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")


def _check_changed(rows: int) -> None:
    if rows != 1:
        raise Refused(_("Somebody else changed this account meanwhile: look at it again."))


def _note(
    verb: str,
    account: User,
    area: str | None = None,
    *,
    by: Actor,
    reason: str = "",
    personal: dict[str, str] | None = None,
) -> None:
    """Write one entry about an account; what is personal is only committed to."""
    day: datetime.date = clock.today()
    record(
        Act(verb, "staff", str(account.pk), day, day, area=area, basis=reason, personal=personal or {}),
        by=by,
    )

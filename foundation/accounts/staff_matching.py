"""Decide one row of the staff workbook: whose account it means, and whether the post is new, held or forbidden."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db.models import F, Func, Value
from pypinyin import lazy_pinyin

from foundation.accounts import clock
from foundation.accounts.eligibility import Grant, Held, check_grant, held_by_many, lock
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role
from foundation.accounts.staff_file import AREA, DEPARTMENT, FIRST, LAST, LOGIN, NAME, ROLE, Reason, Reject
from foundation.accounts.staff_wishes import Wish

_DIGITS = "0123456789"
_LONGEST_STEM = 40
#: Column of the workbook that a refused field of a grant belongs to.
_COLUMNS = {"user": NAME, "role": ROLE, "area": AREA, "department": DEPARTMENT, "until_day": LAST}


@dataclass(frozen=True, slots=True)
class Decision:
    """A row that is taken: the account, whether it is opened now, and the posting to grant, if any."""

    user: User
    opens: bool = False
    posting: Posting | None = None
    #: The post is right, but it takes the other administrator's file to grant it.
    waits: bool = False


@dataclass(slots=True)
class Known:
    """The people a file may mean and what they hold, read together; rows taken earlier are added."""

    by_login: dict[str, User]
    visible: set[int]
    by_name: dict[str, list[User]]
    postings: dict[str, list[Posting]]
    held: dict[str, list[Held]]
    names: Counter[str]
    stems: dict[str, set[str]]
    #: Whether the sender's right to grant counts for this file (see `staff_import`).
    may_grant: bool = True
    seen: set[tuple[str, str, tuple[Role, str, str | None]]] = field(default_factory=set)

    @classmethod
    def read(cls, wishes: Iterable[Wish], *, by: User) -> Self:
        """Read accounts by login name and by name, their postings and roles; locks those accounts."""
        rows = list(wishes)
        logins = {wish.login for wish in rows if wish.login}
        names = {wish.name for wish in rows}
        people = User.objects.visible_to(by)
        by_login = {user.username: user for user in User.objects.filter(username__in=logins)}
        named = list(people.filter(name__in=names))
        found = {user.pk: user for user in (*by_login.values(), *named)}
        lock(*found.values())
        visible = set(people.filter(pk__in=found).values_list("pk", flat=True))
        by_name: dict[str, list[User]] = {}
        for user in named:
            by_name.setdefault(user.name, []).append(user)
        postings: dict[str, list[Posting]] = {}
        for posting in Posting.objects.standing().filter(user_id__in=found):
            postings.setdefault(found[posting.user_id].username, []).append(posting)
        held = {found[pk].username: roles for pk, roles in held_by_many(found).items()}
        return cls(by_login, visible, by_name, postings, held, _people_per_name(rows), _taken_logins(rows))


def decide(wish: Wish, known: Known, *, by: User) -> Decision | Reject:
    """Return what becomes of a row; what was decided is known to the rows after it."""
    key = (wish.login, wish.name, wish.post)
    if key in known.seen:
        return wish.line.reject(NAME, Reason.DUPLICATE_ROW)
    known.seen.add(key)
    user = _account(wish, known)
    if isinstance(user, Reject):
        return user
    if user is None:
        if not by.holds(Right.MANAGE_ACCOUNTS, wish.area.pk):
            return wish.line.reject(LOGIN, Reason.ACCOUNT_MISSING)
        login = wish.login or _free_login(wish.name, known)
        if not login:
            return wish.line.reject(LOGIN, Reason.LOGIN_MISSING)
        return _post(wish, User(username=login, name=wish.name, home=wish.area), known, by, opens=True)
    if user.pk is not None and user.pk == by.pk:
        return wish.line.reject(NAME, Reason.OWN_ROW)
    return _post(wish, user, known, by)


def _account(wish: Wish, known: Known) -> User | Reject | None:
    """Return the account a row means, None where it has yet to be opened, or why that cannot be said."""
    if wish.login:
        user = known.by_login.get(wish.login)
        if user is None:
            return None
        if user.pk is not None and user.pk not in known.visible:
            return wish.line.reject(LOGIN, Reason.LOGIN_TAKEN)
        return user if user.name == wish.name else wish.line.reject(NAME, Reason.NAME_DIFFERS)
    namesakes = known.by_name.get(wish.name, [])
    holders = [
        user
        for user in namesakes
        if any(_is_of(post, wish) for post in known.postings.get(user.username, []))
    ]
    waiting = [
        user for user in namesakes if user.home_id == wish.area.pk and not known.postings.get(user.username)
    ]
    meant = holders or waiting
    if known.names[wish.name] > 1 or len(meant) > 1 or (namesakes and not meant):
        return wish.line.reject(LOGIN, Reason.NAME_AMBIGUOUS)
    return meant[0] if meant else None


def _post(wish: Wish, user: User, known: Known, by: User, *, opens: bool = False) -> Decision | Reject:
    """Decide about the post itself, now that it is clear whose it is."""
    first = wish.first or clock.today()
    held = _held_already(wish, first, known.postings.get(user.username, []))
    if held is not None:
        return Decision(user) if held else wish.line.reject(FIRST, Reason.HELD_OTHERWISE)
    grant = Grant(user, wish.role, wish.area, first, wish.last, wish.department)
    try:
        check_grant(grant, held=known.held.get(user.username, []))
    except Refused as refused:
        return wish.line.reject(_COLUMNS.get(refused.field or "", ROLE), Reason.NOT_ALLOWED, refused.sentence)
    posting = Posting(
        user=user,
        role=wish.role,
        area=wish.area,
        department=wish.department,
        from_day=first,
        until_day=wish.last,
    )
    if opens:
        known.by_login[user.username] = user
    known.held.setdefault(user.username, []).append(Held(wish.role, first, wish.last))
    if not (known.may_grant and by.holds(Right.GRANT_POSTINGS, wish.area.pk)):
        return Decision(user, opens=opens, waits=True)
    known.postings.setdefault(user.username, []).append(posting)
    return Decision(user, opens=opens, posting=posting)


def _held_already(wish: Wish, first: datetime.date, postings: Iterable[Posting]) -> bool | None:
    """Say whether the post is held as wished (True) or with other days (False); None where it is not held.

    A row without a first day means "from now on": whoever holds the post today keeps it as it is.
    """
    for posting in postings:
        if not _is_of(posting, wish):
            continue
        if not Held(wish.role, posting.from_day, posting.until_day).overlaps(first, wish.last):
            continue
        same_first = wish.first is None or wish.first == posting.from_day
        same_last = posting.until_day == wish.last or (wish.first is None and wish.last is None)
        return same_first and same_last
    return None


def _is_of(posting: Posting, wish: Wish) -> bool:
    return (Role(posting.role), posting.area_id, posting.department_id) == wish.post


def _people_per_name(rows: Iterable[Wish]) -> Counter[str]:
    """Count the people a name may mean in the file: each login name, and each row without one, is somebody."""
    people = {(wish.name, wish.login, None if wish.login else wish.post) for wish in rows}
    return Counter(name for name, _login, _post in people)


def _taken_logins(rows: Iterable[Wish]) -> dict[str, set[str]]:
    """Return the login names in use that begin with a name's pinyin, by that pinyin; one query."""
    stems = {_stem(wish.name) for wish in rows if not wish.login}
    stem = Func(F("username"), Value(_DIGITS), function="rtrim")
    taken: dict[str, set[str]] = {stem: set() for stem in stems}
    for username, found in (
        User.objects.annotate(stem=stem).filter(stem__in=stems).values_list("username", "stem")
    ):
        taken[found].add(username)
    for wish in rows:
        if wish.login.rstrip(_DIGITS) in taken:
            taken[wish.login.rstrip(_DIGITS)].add(wish.login)
    return taken


def _free_login(name: str, known: Known) -> str:
    """Return a name's pinyin, with a number where it is taken; empty where the name has no letters."""
    stem = _stem(name)
    if len(stem) < 2:
        return ""
    taken = known.stems[stem]
    number = next(n for n in range(1, len(taken) + 2) if (stem if n == 1 else f"{stem}{n}") not in taken)
    login = stem if number == 1 else f"{stem}{number}"
    taken.add(login)
    return login


def _stem(name: str) -> str:
    letters = "".join(lazy_pinyin(name)).lower()
    return "".join(c for c in letters if c.isascii() and c.isalpha())[:_LONGEST_STEM]

"""What people do to their own account: choose a password and a language, look at their posts."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.entry import passwords, proof
from foundation.accounts.labels import role_labels_of_many
from foundation.accounts.models import Posting, StandIn, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.ledger.record import Act, Actor, record


def change_password(*, old: str, new: str, by: User) -> None:
    """Give oneself a new password, with the present one as proof; every other session of this person ends with it."""
    proof.ask(by, proof.password(by, old, field="old"))
    if old == new:
        raise Refused(_("The new password is the old one: choose another."), field="new")
    with transaction.atomic():
        passwords.check_new(by, new)
        passwords.choose(by, new)
        _note("staff.password_changed", by, {})


@transaction.atomic
def choose_language(language: str, *, by: User) -> None:
    """Speak `language` with this person from now on, on every device."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("The platform does not speak this language."), field="language")
    if by.language == language:
        return
    before, by.language = by.language, language
    by.save(update_fields=["language"])
    _note("staff.language_chosen", by, {"before": before, "after": language})


@dataclass(frozen=True, slots=True)
class Post:
    """A post as its holder reads it: the role in the area's own words, the period, and who stands in now."""

    label: str
    area: str
    department: str
    from_day: datetime.date
    until_day: datetime.date | None
    stand_in: StandIn | None = None
    absent: str = ""


def own_posts(user: User) -> list[Post]:
    """Return a person's postings in force today and those still to begin, each with its present stand-in."""
    today = clock.today()
    postings = user.postings.standing().exclude(until_day__lt=today).select_related("area", "department")
    stand_ins = {
        each.posting_id: each
        for each in StandIn.objects.in_force().filter(posting__user=user).select_related("substitute")
    }
    called = role_labels_of_many(posting.area_id for posting in postings)
    return [_post(posting, called, stand_in=stand_ins.get(posting.pk)) for posting in postings]


def posts_stood_in(user: User) -> list[Post]:
    """Return the posts of others in which a person stands in today or soon."""
    rows = (
        user.stands_in.standing()
        .exclude(until_day__lt=clock.today())
        .select_related("posting__user", "posting__area", "posting__department")
    )
    called = role_labels_of_many(each.posting.area_id for each in rows)
    return [
        _post(
            each.posting,
            called,
            absent=each.posting.user.name,
            from_day=each.from_day,
            until_day=each.until_day,
        )
        for each in rows
    ]


def _post(posting: Posting, called: dict[str, dict[Role, str]], **changes: Any) -> Post:
    facts: dict[str, Any] = {
        "label": called[posting.area_id][Role(posting.role)],
        "area": posting.area.name,
        "department": posting.department.called if posting.department else "",
        "from_day": posting.from_day,
        "until_day": posting.until_day,
    }
    return Post(**(facts | changes))


def _note(verb: str, user: User, details: dict[str, Any]) -> None:
    """Write an entry about one's own account; no right is used, so the first duty names role and area."""
    first = next(iter(user.duties()), None)
    actor = Actor(f"staff:{user.pk}", first.role if first else "", first.area if first else "")
    today = clock.today()
    record(Act(verb, "staff", str(user.pk), today, today, details=details), by=actor)

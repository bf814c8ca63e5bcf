"""Load the demonstration into an empty database: all of it in one transaction, or nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock, staff
from foundation.accounts.demo.cast import CAST
from foundation.accounts.demo.stage import Stage
from foundation.accounts.demo.story import LAST_DAY, scenes
from foundation.accounts.labels import role_label
from foundation.accounts.models import Area, Installation, User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Refused
from foundation.accounts.statistics import look_again

_LOCK = 0x44454D4F  # "DEMO": one loading at a time


@dataclass(frozen=True, slots=True)
class Printed:
    """An account as it is shown once, with the password that nobody can read again."""

    login: str
    name: str
    role: str
    area: str
    password: str


@transaction.atomic
def load_demo(*, by: User, if_empty: bool = False, progress: Progress = unseen) -> list[Printed]:
    """Play the story and return the accounts with their passwords; a kill in the middle leaves nothing behind.

    Refused in production and where anybody works or any area is known; with `if_empty` the second is no
    refusal but an empty answer.
    """
    if settings.PRODUCTION:
        raise Refused(_("The demonstration is never loaded in the production profile."))
    if not by.is_built_in:
        raise Refused(_("The demonstration is loaded by the platform itself: leave --as out."))
    _one_at_a_time()
    if is_in_use():
        if if_empty:
            return []
        raise Refused(
            _("There are areas or staff already: the demonstration is only loaded into an empty database.")
        )
    Installation.objects.update_or_create(id=1, defaults={"demo": True, "pinned_day": LAST_DAY})
    stage = _played(by, progress)
    look_again("accounts_area", "accounts_user", "accounts_posting", "accounts_standin")
    with clock.at(LAST_DAY):
        return [_printed(player.username, stage) for player in CAST]


def is_in_use() -> bool:
    """Say whether any area or any member of staff is known here."""
    return Area.objects.exists() or User.objects.filter(is_built_in=False).exists()


def _played(by: User, progress: Progress) -> Stage:
    """Play every scene on its own business day."""
    story = scenes()
    stage = Stage(shell=by, day=story[0].day)
    for number, scene in enumerate(story, start=1):
        stage.day = scene.day
        with clock.at(scene.day):
            scene.play(stage)
        progress(number, len(story))
    return stage


def _printed(username: str, stage: Stage) -> Printed:
    """Give an account its password, which stays until somebody changes it: there is nobody here to deceive."""
    account = stage.people[username]
    password = staff.set_one_time_password(account, by=stage.shell)
    User.objects.filter(pk=account.pk).update(must_change_password=False)
    duty = account.duties()[0]
    area = Area.objects.get(code=duty.area)
    return Printed(username, account.name, role_label(duty.role, duty.area), area.name, password)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Refused(_("The demonstration is being loaded by another command: wait until it has ended."))

"""What a password must be, how long it lasts, and which ones are not taken again (safety.md L02)."""

import datetime
import re

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.accounts.clock import is_demonstration
from foundation.accounts.entry.bounds import LENGTH, PASSWORD_DAYS
from foundation.accounts.models import OldPassword, User
from foundation.accounts.refusals import Refused

_PERSONAL_NUMBER = re.compile(r"1[3-9]\d{9}|\d{17}[\dxX]")


class NoPersonalNumber:
    """Refuses a password that is built on a mobile or an identity number (setting AUTH_PASSWORD_VALIDATORS)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where such a number stands in the password."""
        if _PERSONAL_NUMBER.search(password):
            raise ValidationError(
                _("A telephone or identity number is known to others: leave it out of the password.")
            )

    def get_help_text(self) -> str:
        """Say so beside the field."""
        return _("No telephone or identity number.")


def is_over(user: User) -> bool:
    """Say whether the password is older than it may be; never in the demonstration."""
    oldest = timezone.now() - datetime.timedelta(days=PASSWORD_DAYS.strictest(user))
    return user.password_chosen_at < oldest and not is_demonstration()


def check_new(user: User, new: str) -> None:
    """Refuse a new password that is weak, too short for this person's posts, or one of the last ones."""
    try:
        validate_password(new, user)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages), field="new") from weak
    least = LENGTH.strictest(user)
    if len(new) < least:
        raise Refused(
            ngettext(
                "A password of your posts has at least %(count)d character.",
                "A password of your posts has at least %(count)d characters.",
                least,
            )
            % {"count": least},
            field="new",
        )
    before = OldPassword.objects.filter(user=user).order_by("-pk").values_list("password", flat=True)
    if any(check_password(new, old) for old in [user.password, *before[: settings.PASSWORDS_REMEMBERED - 1]]):
        raise Refused(_("You had this password not long ago: choose another."), field="new")


def choose(user: User, new: str) -> None:
    """Let `new` be the password from now on, remembering the one before; every other session ends with it."""
    OldPassword.objects.create(user=user, password=user.password)
    remembered = OldPassword.objects.filter(user=user).order_by("-pk")[: settings.PASSWORDS_REMEMBERED]
    OldPassword.objects.filter(user=user).exclude(
        pk__in=list(remembered.values_list("pk", flat=True))
    ).delete()
    user.set_password(new)
    user.must_change_password, user.password_chosen_at = False, timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_chosen_at"])

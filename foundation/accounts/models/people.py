"""Accounts of staff. What somebody may do never stands here: it stands in their postings."""

import datetime
import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock, scope
from foundation.accounts.querysets import ScopedQuerySet, UserQuerySet
from foundation.accounts.roles import Right
from foundation.accounts.scope import Duty
from foundation.ledger.record import Actor


def normal_username(username: str) -> str:
    """Return a login name in the one form that counts: no blanks, half width, lower case (safety.md L01)."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts; there is no superuser to make."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Open an account; without a password nobody can sign in with it."""
        user: User = self.model(username=normal_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its login name however it is typed."""
        found: User = self.get(username=normal_username(username or ""))
        return found

    def built_in(self, username: str) -> "User":
        """Return the platform's own account `system` (nightly work) or `shell` (commands), making it once."""
        user: User
        user, _made = self.get_or_create(
            username=username, defaults={"name": username, "is_built_in": True, "password": "!"}
        )
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff, or one of the two built-in accounts that nobody can sign in with.

    Django's superuser is refused by the database (safety.md L09): rights come from postings alone.
    """

    username = models.CharField(_("login name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    initials = models.CharField(_("pinyin initials"), max_length=60, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_built_in = models.BooleanField(_("account of the platform itself"), default=False, editable=False)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)
    password_chosen_at = models.DateTimeField(_("password chosen at"), default=timezone.now, editable=False)
    enabled_on = models.DateField(_("opened again on"), null=True, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    created_on = models.DateField(_("opened on"), null=True, blank=True, editable=False)
    home = models.ForeignKey(
        "accounts.Area",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("area the account was opened for"),
        help_text=_("Who manages the account as long as it has no posting."),
    )
    sessions_ended = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Sessions begun under a lower number are dead.")
    )

    objects = UserManager()

    #: Duties by day, read once for each object (foundation.accounts.scope).
    remembered_duties: dict[datetime.date, scope.DutiesOfDay] | None = None
    #: The one posting by which a program acts (foundation.accounts.programs.tokens); None: a person, by all of theirs.
    acts_by: int | None = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="nobody_is_superuser", condition=Q(is_superuser=False)),
        ]
        indexes = [
            models.Index(fields=["initials"], name="staff_by_initials", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Bring the login name into its normal form before validation."""
        self.username = normal_username(self.username)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie a session to the password and to how often sessions were ended, so that ended ones stay dead."""
        return salted_hmac(
            "foundation.accounts.session",
            f"{self.password}/{self.sessions_ended}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @property
    def is_staff(self) -> bool:
        """Whether the administration site opens; it asks each page again for the right."""
        return self.is_active and self.holds(Right.USE_ADMIN_SITE)

    def duties(self, on: datetime.date | None = None) -> tuple[Duty, ...]:
        """Return what this person may act as on a day (default: the business day)."""
        return scope.duties_of(self, on)

    def holds(self, right: Right, area: str | None = None, *, of: models.Model | None = None) -> bool:
        """Say whether this person holds `right` in `area`, or (without one) anywhere at all, today.

        `of` is the record in question: some rights go with a record that is lent (scope.GOES_WITH_A_LOAN).
        """
        if area is None:
            return bool(scope.prefixes(self, right))
        return scope.covers(self, right, area, of=of)

    def borrows(self, model: str) -> bool:
        """Say whether a row of `model` (its label) is lent to this person today."""
        today = clock.today()
        running = self.loans.filter(model=model, ended_on__isnull=True)
        return running.filter(from_day__lte=today, until_day__gte=today).exists()

    def was_lent(self, record: models.Model) -> bool:
        """Say whether `record` is lent to this person today: a loan in force and guardian's permission on it."""
        rows = type(record)._default_manager.all()
        return isinstance(rows, ScopedQuerySet) and str(record.pk) in rows.lent_to(self)

    def authority(self, right: Right, area: str, *, of: models.Model | None = None) -> Actor:
        """Return the actor to name in the ledger, refusing who does not hold `right` in `area`, nor was lent `of`."""
        return scope.authority(self, right, area, of=of)

"""What lets staff in: their sessions, their second factor, and the codes for the day it is lost."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models.people import User


class StaffSession(AbstractBaseSession):
    """A session in a browser, with whom it belongs to: that is how all sessions of somebody are found."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="sessions",
        verbose_name=_("member of staff"),
    )

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")  # type: ignore[assignment]
        verbose_name_plural = _("sessions")  # type: ignore[assignment]


class SecondFactor(models.Model):
    """The secret that somebody's telephone shares with the platform (RFC 6238), sealed; kept once it is confirmed.

    `last_step` is the time step (30 seconds) of the last code that was taken: none is taken twice.
    """

    user = models.OneToOneField(
        User,
        models.CASCADE,
        primary_key=True,
        related_name="second_factor",
        verbose_name=_("member of staff"),
    )
    secret = models.BinaryField(_("secret, sealed"))
    confirmed_at = models.DateTimeField(_("confirmed at"))
    last_step = models.BigIntegerField(_("last step taken"), default=0)

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code on paper that stands in for the telephone, once; kept as a digest under the server's secret."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="recovery_codes", verbose_name=_("member of staff")
    )
    digest = models.CharField(_("digest"), max_length=64)
    used_at = models.DateTimeField(_("used at"), null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="a_recovery_code_is_given_once"),
            models.CheckConstraint(condition=~Q(digest=""), name="a_recovery_code_has_a_digest"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class OldPassword(models.Model):
    """A password somebody had before, hashed: it is not taken again (safety.md L02)."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="old_passwords", verbose_name=_("member of staff")
    )
    password = models.CharField(_("hash"), max_length=200)
    until = models.DateTimeField(_("until"), auto_now_add=True)

    class Meta:
        verbose_name = _("old password")
        verbose_name_plural = _("old passwords")

    def __str__(self) -> str:
        return str(self.user)

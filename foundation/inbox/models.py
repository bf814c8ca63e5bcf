"""Tables of the inbox: notices, what each person wants to hear how, and messages on their way out."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.inbox.kinds import kind_of


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices belong to one person and are seen by nobody else."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own notices."""
        return self.filter(recipient=user)

    def unread(self) -> Self:
        """Keep what was not read yet."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """Something a person should know. Unread notices of one kind and group are one row that counts up.

    `place` is a path of this platform where the person acts; nothing in a row is personal.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("for")
    )
    kind = models.CharField(_("kind"), max_length=40)
    group = models.CharField(_("group"), max_length=80, blank=True)
    place = models.CharField(_("place to act"), max_length=200)
    count = models.PositiveIntegerField(_("count"), default=1)
    day = models.DateField(_("business day"))
    first_at = models.DateTimeField(_("first at"), auto_now_add=True)
    last_at = models.DateTimeField(_("last at"), auto_now=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    digested_on = models.DateField(_("in the digest of"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-last_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "group"],
                condition=models.Q(read_at__isnull=True),
                name="one_row_per_person_and_group_is_unread",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "-last_at"], name="notices_of_person")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What the person reads, in their language."""
        return kind_of(self.kind).say(self.count)


class Preference(models.Model):
    """How one person wants to hear about one kind. Without a row: on the page, and in the morning digest."""

    class Outside(models.TextChoices):
        """How a notice leaves the platform."""

        DIGEST = "digest", _("in the morning digest")
        AT_ONCE = "at_once", _("at once")
        NEVER = "never", _("only on the page")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(_("kind"), max_length=40)
    outside = models.CharField(_("outside the platform"), max_length=10, choices=Outside.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="a_person_chooses_once_per_kind")
        ]


class Address(models.Model):
    """Where messages reach a person outside: a mail address, and whether the webhook may carry theirs.

    The mail address is an office address that the person enters; it is shown to nobody else.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="outside_address", primary_key=True
    )
    email = models.EmailField(_("office mail address"), blank=True)
    by_webhook = models.BooleanField(_("also by the county's message gateway"), default=False)

    class Meta:
        verbose_name = _("address outside")
        verbose_name_plural = _("addresses outside")


class Outgoing(models.Model):
    """A message on its way out. Written in the transaction that caused it; sent, tried again, or given up later."""

    class Way(models.TextChoices):
        """How it goes out."""

        EMAIL = "email", _("mail")
        WEBHOOK = "webhook", _("message gateway")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        GIVEN_UP = "given_up", _("given up")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="outgoing")
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    key = models.CharField(_("key"), max_length=80, unique=True, help_text=_("The same message never twice."))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"))
    error = models.CharField(_("last error"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(state="waiting"), name="outgoing_messages_due"
            ),
        ]

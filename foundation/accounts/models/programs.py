"""What lets programs in, and what makes their requests safe to send again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models.people import User
from foundation.accounts.models.postings import Posting


class ApiToken(models.Model):
    """A word by which a program acts as one posting of one person; only its digest is kept.

    It counts while the posting is in force and the account open, until its last day, and no longer than the password
    under which it was made (`oath`): whoever changes theirs, or signs out everywhere, ends it as well.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="api_tokens", verbose_name=_("member of staff")
    )
    posting = models.ForeignKey(Posting, models.CASCADE, related_name="+", verbose_name=_("posting"))
    name = models.CharField(_("what it is for"), max_length=60)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    oath = models.CharField(_("digest of the sign-in under which it was made"), max_length=64)
    made_on = models.DateField(_("made on"))
    expires_on = models.DateField(_("last day"))
    last_used_on = models.DateField(_("last used on"), null=True)
    revoked_on = models.DateField(_("revoked on"), null=True)

    class Meta:
        verbose_name = _("token of a program")
        verbose_name_plural = _("tokens of programs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(digest=""), name="a_token_has_a_digest"),
            models.CheckConstraint(condition=~Q(name=""), name="a_token_says_what_it_is_for"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on")), name="a_token_ends_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """The answer to a request that came with an Idempotency-Key, kept with what the request did, in one transaction.

    `asked` is a digest of the request; `body` is sealed, because an answer may name people.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("member of staff"))
    key = models.CharField(_("key"), max_length=255)
    asked = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(_("headers"), default=dict)
    body = models.BinaryField(_("answer, sealed"))
    kept_at = models.DateTimeField(_("kept at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="a_key_is_answered_once"),
            models.CheckConstraint(condition=~Q(key=""), name="a_kept_answer_has_a_key"),
            models.CheckConstraint(
                condition=Q(status__gte=200, status__lt=400), name="a_kept_answer_is_of_what_was_done"
            ),
        ]

    def __str__(self) -> str:
        return self.key

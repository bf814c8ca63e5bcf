"""Acts on many alerts at once, with what became of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.models.alerts import Alert
from alerts.models.rules import Rule
from alerts.querysets import BulkActQuerySet, BulkItemQuerySet
from foundation.accounts.models import Area


class BulkAct(models.Model):
    """One act on many alerts, asked for by one person. Few are done at once, many by the job `job`.

    `wanted` holds what the act was given (codes, days, keys; nothing that was typed): alerts.bulk.acts.Wanted.
    `filters` says which view they were chosen from, without typed words.
    """

    class Kind(models.TextChoices):
        """What is done."""

        DISPATCH = "dispatch", pgettext_lazy("bulk", "Dispatch")
        ASSIGN = "assign", pgettext_lazy("bulk", "Assign a visit")
        CLOSE = "close", pgettext_lazy("bulk", "Close with a cool-down")
        SNOOZE = "snooze", pgettext_lazy("bulk", "Put off")
        WAKE = "wake", pgettext_lazy("bulk", "Take up again")
        QUIET = "quiet", pgettext_lazy("bulk", "Change the cool-down")
        URGE = "urge", pgettext_lazy("bulk", "Urge")

    kind = models.CharField(_("act"), max_length=10, choices=Kind.choices)
    #: The act that this one takes back.
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )
    #: The rule that asked for it in its keeper's name; null where they did it by hand.
    rule = models.ForeignKey(
        Rule, models.PROTECT, null=True, blank=True, related_name="acts", verbose_name=_("rule")
    )
    wanted = models.JSONField(_("what was asked"), default=dict)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    filters = models.CharField(_("chosen from"), max_length=1000, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_on = models.DateField(_("asked on"))
    job = models.UUIDField(_("job"), null=True, blank=True, unique=True)

    objects = BulkActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on many warnings")
        verbose_name_plural = _("acts on many warnings")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def label(self) -> str:
        """What is done, in words; an undoing says what it takes back."""
        said = str(self.get_kind_display())
        return str(_("Undo: %(act)s")) % {"act": said} if self.undoes_id else said


class BulkItem(models.Model):
    """One alert of an act on many: the version that was chosen, and what became of it.

    `before` keeps the columns that an undoing puts back; `left` is the version in which the act left the alert.
    """

    class Result(models.TextChoices):
        """What became of it."""

        DONE = "done", pgettext_lazy("bulk", "done")
        REFUSED = "refused", pgettext_lazy("bulk", "not done")

    bulk = models.ForeignKey(BulkAct, models.CASCADE, related_name="items", verbose_name=_("act"))
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="+", verbose_name=_("warning"))
    version = models.PositiveIntegerField(_("version chosen"))
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, blank=True)
    why = models.CharField(_("why not"), max_length=300, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    left = models.PositiveIntegerField(_("version left"), null=True, blank=True)

    objects = BulkItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning of an act on many")
        verbose_name_plural = _("warnings of acts on many")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "alert"], name="an_act_on_many_names_an_alert_once")
        ]
        indexes = [models.Index(fields=["bulk", "id"], name="items_to_do", condition=Q(result=""))]

    def __str__(self) -> str:
        return f"{self.bulk_id} {self.alert_id}"

"""What somebody has typed of a visit and not sent yet, kept so that a lost connection loses nothing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.models.households import Household
from households.models.visits import Questionnaire


class VisitDraft(models.Model):
    """The begun form of one person at one household; nobody else reads it, and it is no act.

    `key` is the key the visit will have. `fields` maps names of the form to `{"v": version, "is": [values]}`: the
    device counts each field's version up, and of two versions the greater one stands (households.visits.drafts).
    """

    key = models.UUIDField(_("key of the form"))
    household = models.ForeignKey(
        Household, models.CASCADE, related_name="visit_drafts", verbose_name=_("household")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("begun by")
    )
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="+", verbose_name=_("questionnaire")
    )
    fields = models.JSONField(_("typed so far"), default=dict)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = pgettext_lazy("visit", "begun form")
        verbose_name_plural = pgettext_lazy("visit", "begun forms")
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="a_form_is_begun_once"),
        ]
        indexes = [models.Index(fields=["by", "household"], name="visit_drafts_of_person")]

    def __str__(self) -> str:
        return str(self.key)

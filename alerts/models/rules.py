"""Rules by which warnings are dispatched and assigned without a hand (自动调度、自动指派)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.querysets import RuleQuerySet
from foundation.accounts.models import Area


class Rule(models.Model):
    """What happens to fitting alerts of an area at the end of each night, in the name of who keeps the rule.

    It works with the rights of its keeper: where they have left their post it rests, and their office is told.
    `standards` and `bands` empty: any. An assignment goes to who works in the village (stand-ins too) and has least
    open, nobody beyond `most_open`.
    """

    class Kind(models.TextChoices):
        """What is done."""

        DISPATCH = "dispatch", pgettext_lazy("rule", "dispatch to the township")
        ASSIGN = "assign", pgettext_lazy("rule", "assign to who works in the village")

    kind = models.CharField(_("what is done"), max_length=10, choices=Kind.choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    standards = ArrayField(
        models.CharField(max_length=40), verbose_name=_("standards"), default=list, blank=True
    )
    bands = ArrayField(
        models.CharField(max_length=10), verbose_name=_("priority bands"), default=list, blank=True
    )
    most_open = models.PositiveSmallIntegerField(_("most open work of one person"), null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until and including"), null=True, blank=True)
    #: The day on which the keeper was found to have no right there any more; null while it works.
    rests_since = models.DateField(_("rests since"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of dispatch")
        verbose_name_plural = _("rules of dispatch")
        ordering = ["kind", "area", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.area_id}"

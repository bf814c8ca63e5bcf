"""A value that an area proposes for itself, and that a second person approves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right
from foundation.regulations.lifecycle import LOCAL_VALUE
from foundation.regulations.models.values import Content, Subject, Value
from foundation.workflow.models import Stateful


class LocalValueQuerySet(ScopedQuerySet["LocalValue"]):
    """Proposed local values by their area."""

    area_field = "area__code"
    read_right = Right.VIEW_VALUES


class LocalValue(Content, Stateful):
    """A proposed value of an area (本地规定值). Approving it makes the `value` that is looked up from then on."""

    lifecycle = LOCAL_VALUE

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="proposals", verbose_name=_("subject"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    why = models.TextField(_("why it is proposed"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    value = models.OneToOneField(
        Value, models.SET_NULL, null=True, blank=True, related_name="proposal", verbose_name=_("value")
    )

    objects = LocalValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed local value")
        verbose_name_plural = _("proposed local values")
        ordering = ["-id"]
        indexes = [models.Index(fields=["area", "state"], name="local_values_waiting")]

    def __str__(self) -> str:
        return f"{self.subject} · {self.area} · {self.from_day}"

    @property
    def area_code(self) -> str:
        """Area in which the rights to propose and approve are needed."""
        return self.area_id

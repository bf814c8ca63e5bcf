"""This installation: whether it is a demonstration, and the day its clock is pinned at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """One row at most. Without it, or with `demo` false, the clock is real and no door opens by one press."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    demo = models.BooleanField(_("demonstration"), default=False)
    pinned_day = models.DateField(_("pinned business day"), null=True, blank=True)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installation")
        constraints = [
            models.CheckConstraint(name="there_is_one_installation", condition=Q(id=1)),
            models.CheckConstraint(
                name="only_a_demonstration_pins_its_day",
                condition=Q(demo=True) | Q(pinned_day__isnull=True),
            ),
        ]

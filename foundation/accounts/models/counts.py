"""How often something was done, so that it can be done too often."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActCount(models.Model):
    """How often somebody did something since `began_at` (real time); the key is a digest that names nobody."""

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    began_at = models.DateTimeField(_("began at"), db_index=True)
    window = models.DurationField(_("how long it counts"))
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("count of acts")
        verbose_name_plural = _("counts of acts")

    def __str__(self) -> str:
        return f"{self.count} × {self.key[:8]}"

"""What was put off: until when, why, and by whom (暂缓)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.models.alerts import Alert


class Snooze(models.Model):
    """One time that an alert was put off. `Alert.snoozed_until` repeats the day of the one that runs, for the queue.

    What comes in anew ends it (alerts.attaching, alerts.reporting), and so does the night after its last day.
    """

    class Ended(models.TextChoices):
        """Why it ended."""

        NIGHT = "night", pgettext_lazy("snooze", "its day came")
        HAND = "hand", pgettext_lazy("snooze", "taken up again")
        NEWS = "news", pgettext_lazy("snooze", "something new came in")

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="snoozes", verbose_name=_("warning"))
    until = models.DateField(_("put off until"))
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("put off by")
    )
    since = models.DateField(_("since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended = models.CharField(_("ended because"), max_length=5, choices=Ended.choices, blank=True)

    class Meta:
        verbose_name = _("putting off")
        verbose_name_plural = _("puttings off")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["alert"],
                name="an_alert_is_put_off_once_at_a_time",
                condition=Q(ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.until}"

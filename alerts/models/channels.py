"""Through which channel somebody learned that a household may be in difficulty."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """Through which of the three channels a signal came (发现渠道)."""

    FEED = "feed", pgettext_lazy("channel", "department data")
    VISIT = "visit", pgettext_lazy("channel", "cadre's visit")
    SELF_REPORT = "self_report", pgettext_lazy("channel", "household's own report")

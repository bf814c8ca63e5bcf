"""What a department's headers mean, as a person once confirmed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from monitoring.models.datasets import Dataset
from monitoring.querysets import HeaderMeaningQuerySet


class HeaderMeaning(models.Model):
    """A header that the contract does not know, and the column that it means in the files of one department's area.

    `header` is in the form of `monitoring.contracts.headers.normal_header`; `column` is a header of the contract, or
    empty: it means none, and is not asked again.
    """

    dataset = models.ForeignKey(
        Dataset, models.CASCADE, related_name="header_meanings", verbose_name=_("dataset")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    header = models.CharField(_("header"), max_length=100)
    column = models.CharField(_("column"), max_length=40, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_on = models.DateField(_("confirmed on"))

    objects = HeaderMeaningQuerySet.as_manager()

    class Meta:
        verbose_name = _("meaning of a header")
        verbose_name_plural = _("meanings of headers")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "area", "header"], name="a_header_means_one_thing_in_an_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"

"""What the headers of somebody else's blank sheet mean, as a person once said: kept for the next time it comes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BlankLayout(models.Model):
    """The columns of one of our lists under the headers of one blank; `digest` is of its headers in their order.

    `columns` gives for each header, in the form that counts (foundation.tables.columns.header_name), the key of a
    column, `#` for a running number, or "" where it stays empty.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("member of staff")
    )
    table = models.CharField(_("list"), max_length=60)
    digest = models.CharField(_("digest of the headers"), max_length=64)
    columns = models.JSONField(_("columns"), default=dict)
    used_on = models.DateField(_("last used on"))

    class Meta:
        verbose_name = _("layout of a blank sheet")
        verbose_name_plural = _("layouts of blank sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "table", "digest"], name="a_layout_is_remembered_once_for_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.digest[:8]}"

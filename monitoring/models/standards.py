"""What the database knows of warning standards: one row for each declaration, for findings and lists to stand on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.regulations.units import in_language
from monitoring.models.datasets import Dataset
from monitoring.querysets import StandardQuerySet
from monitoring.screening import book
from monitoring.screening.standard import Standard
from monitoring.screening.terms import About, Kind, Theme


class DeclaredStandard(models.Model):
    """A warning standard (监测预警标准). The declaration is the file (`declaration`); the columns here repeat what
    lists are filtered by, and are written by `monitoring.screening.loading` alone.

    A standard whose file is gone stays for what was found by it; `withdrawn` then says so.
    """

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    label_zh = models.CharField(_("name in Chinese"), max_length=80)
    label_en = models.CharField(_("name in English"), max_length=120)
    theme = models.CharField(_("theme"), max_length=10, choices=Theme.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    about = models.CharField(_("about"), max_length=10, choices=About.choices)
    line = models.CharField(_("regulation value"), max_length=60)
    core = models.BooleanField(_("evaluated everywhere"))
    opens_alert = models.BooleanField(_("opens an alert"))
    datasets = models.ManyToManyField(Dataset, related_name="standards", verbose_name=_("datasets"))
    digest = models.CharField(_("digest of the declaration"), max_length=64)
    withdrawn = models.BooleanField(_("no longer declared"), default=False)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning standard")
        verbose_name_plural = _("warning standards")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Name in the language of the page."""
        return in_language(self.label_zh, self.label_en)

    @property
    def declaration(self) -> Standard:
        """The declaration; KeyError for a withdrawn standard, which has none any more."""
        return book.standard(self.code)

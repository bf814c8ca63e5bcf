"""What the database knows of datasets: one row for each declaration, for keys, lists and scope to stand on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Department
from foundation.regulations.units import in_language
from monitoring.contracts import book
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Every, Kind
from monitoring.querysets import DatasetQuerySet


class Dataset(models.Model):
    """A dataset that a department delivers. The declaration is the file (`contract`); the columns here repeat what
    lists are filtered by, and are written by `monitoring.loading` alone.

    A dataset whose file is gone stays for what was delivered under it; `withdrawn` then says so.
    """

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="datasets", verbose_name=_("department")
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on_query = models.BooleanField(_("only under an authorised check"))
    every = models.CharField(_("rhythm"), max_length=10, choices=Every.choices)
    digest = models.CharField(_("digest of the declaration"), max_length=64)
    withdrawn = models.BooleanField(_("no longer declared"), default=False)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["department", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return in_language(self.name_zh, self.name_en)

    @property
    def contract(self) -> Contract:
        """The declaration; KeyError for a withdrawn dataset, which has none any more."""
        return book.contract(self.code)

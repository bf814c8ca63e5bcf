"""What the parts of a comparison found, until its end writes it down as findings."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from monitoring.models.comparison import Run


class StagedFinding(models.Model):
    """One answer over the line, found by one part of a run. Written by COPY, read set-wise, gone with the run's end.

    Ids are plain numbers: the row lives for minutes. `tree` is the area that the part compared, `finding` the living
    finding of the same pair, `held_because` the brake that holds it.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="staged", db_index=False)
    tree = models.CharField(max_length=15)
    bucket = models.PositiveSmallIntegerField()
    standard = models.CharField(max_length=40)
    household = models.BigIntegerField()
    resident = models.BigIntegerField(null=True)
    village = models.CharField(max_length=15)
    population = models.CharField(max_length=12)
    measured = models.DecimalField(max_digits=16, decimal_places=4)
    line = models.DecimalField(max_digits=16, decimal_places=4)
    comparator = models.CharField(max_length=2)
    line_value = models.BigIntegerField(null=True)
    line_source = models.TextField()
    day = models.DateField()
    window_first = models.DateField(null=True)
    window_last = models.DateField()
    rows = models.PositiveIntegerField()
    evidence = models.JSONField()
    consulted = ArrayField(models.BigIntegerField())
    name_differs = models.BooleanField()
    digest = models.CharField(max_length=64)
    finding = models.BigIntegerField(null=True)
    held_because = models.CharField(max_length=20, default="", db_default="")

    class Meta:
        verbose_name = _("finding on its way")
        verbose_name_plural = _("findings on their way")
        indexes = [models.Index(fields=["run", "standard", "tree"], name="staged_findings_of_run")]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "standard", "household", "resident"],
                name="a_run_stages_a_subject_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.household}"

"""One person in two households: found by an import or by likeness, decided by people (field.md 5.12)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import Area
from households.models.households import Household, Resident
from households.models.identities import Identity
from households.models.revisions import Revision
from households.querysets import DuplicateQuerySet


class Duplicate(models.Model):
    """A pair: somebody is a living member of `household`, and seems to be of another one too.

    By `NUMBER`: a file named the same ID number elsewhere (`revision`), or somebody who entered an arrival noted it
    (`noted_by`); it was not taken, and what it said stands in `claimed_code`, `claimed_area` and `claimed_name`.
    By `LIKENESS`: `resident` and `other`, members of two households of one village, have the same name, birth date
    and sex; then the claim is what the register says of `other`.
    Found again, the pair stays the one it is.
    """

    class Basis(models.TextChoices):
        """What speaks for one person."""

        NUMBER = "number", pgettext_lazy("pair", "same ID number")
        LIKENESS = "likeness", pgettext_lazy("pair", "same name, birth date and village")

    basis = models.CharField(
        pgettext_lazy("pair", "found by"), max_length=10, choices=Basis.choices, default=Basis.NUMBER
    )
    identity = models.ForeignKey(
        Identity, models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("identity"),
        editable=False,
    )  # fmt: skip
    resident = models.ForeignKey(
        Resident, models.CASCADE, null=True, blank=True, related_name="likenesses", editable=False
    )
    other = models.ForeignKey(
        Resident, models.CASCADE, null=True, blank=True, related_name="likenesses_of_others", editable=False
    )
    household = models.ForeignKey(
        Household, models.CASCADE, related_name="duplicates", verbose_name=_("household")
    )
    claimed_code = models.CharField(_("household number in the file"), max_length=40)
    claimed_area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=_("village in the file")
    )
    claimed_name = models.CharField(_("name in the file"), max_length=60)
    found_on = models.DateField(_("found on"))
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="duplicates", editable=False
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=pgettext_lazy("pair", "noted by"),
    )  # fmt: skip
    #: Last day on which it is decided or passed up, and when the night reminded of it and told that it is late.
    due_on = models.DateField(pgettext_lazy("pair", "to be decided or passed up by"), null=True, blank=True)
    reminded_on = models.DateField(pgettext_lazy("pair", "reminded on"), null=True, blank=True)
    escalated_on = models.DateField(pgettext_lazy("pair", "overdue, told on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("person in two households")
        verbose_name_plural = _("people in two households")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "identity", "household", "claimed_code", name="a_pair_of_households_is_found_once"
            ),
            models.UniqueConstraint(fields=["resident", "other"], name="a_pair_of_people_is_compared_once"),
            models.CheckConstraint(
                name="a_pair_names_a_number_or_two_people",
                condition=Q(basis="number", identity__isnull=False) & ~Q(revision=None, noted_by=None)
                | Q(basis="likeness", resident__isnull=False, other__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["household"],
                name="duplicate_waiting",
                condition=Q(decided_on__isnull=True),
            ),
            # The night asks for what is due, and for what has no last day yet.
            models.Index(fields=["due_on"], name="duplicate_due", condition=Q(decided_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.household} / {self.claimed_code}"

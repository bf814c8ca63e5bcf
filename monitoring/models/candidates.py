"""People who may be meant by rows that found nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.workflow.models import Stateful
from households.models import Resident
from monitoring.candidates.lifecycle import CANDIDATE
from monitoring.models.deliveries import Delivery
from monitoring.querysets import CandidateQuerySet


class RowCandidate(Stateful):
    """Somebody of the register who may be meant by one row of a delivery.

    A row whose check digit is wrong may be one digit, or two neighbours changed places, away from a person of the same
    name (`kind` repaired); an accepted row that found nobody may mean somebody of the same name, birth date and sex
    (unmatched). Nothing of the number is kept here, nor anything derived from it: the resident alone.
    """

    class Kind(models.TextChoices):
        """How the person was found."""

        REPAIRED = "repaired", _("check digit wrong: one digit away, same name")
        UNMATCHED = "unmatched", _("number of nobody: same name, birth date and sex")

    lifecycle = CANDIDATE

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="candidates", verbose_name=_("delivery")
    )
    line = models.BigIntegerField(_("line"))
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    resident = models.ForeignKey(
        Resident, models.CASCADE, related_name="candidate_of", verbose_name=_("who may be meant")
    )
    found_on = models.DateField(_("found on"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    corrected_by = models.ForeignKey(
        Delivery,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("delivery of the corrected row"),
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate of a row")
        verbose_name_plural = _("candidates of rows")
        ordering = ["-delivery", "sheet", "line", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "sheet", "line", "resident"], name="a_person_is_proposed_once_for_a_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}:{self.sheet}{self.line}"

    @property
    def area_code(self) -> str:
        """The area that the delivery was made for: the right to deliver is needed there."""
        return self.delivery.area_id

    def recusal_keys(self) -> frozenset[str]:
        """The household of who may be meant: its own people and kin do not decide."""
        return frozenset(self.resident.household.recusal_keys)

"""Changes of the register that deliveries propose."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from households.models import Household, Identity, Resident, Revision
from monitoring.contracts.terms import Field
from monitoring.models.datasets import Dataset
from monitoring.models.deliveries import Delivery
from monitoring.proposals.lifecycle import PROPOSAL
from monitoring.querysets import ProposalQuerySet


class RegisterProposal(Stateful):
    """What a row of a delivery says of a household or a member, where the register says something else.

    `present` is what the register said when it was proposed, `proposed` what it would say; null: the department's
    row puts a question and names no value (a certificate that was cancelled, a dwelling said to be repaired). Who is
    born, moves in or marries in has no row of the register yet: `subject` and the name in `proposed` stand for them.
    `known_on` is the day of which the department speaks. `said_again` counts later deliveries that said the same.
    """

    class Why(models.TextChoices):
        """What kind of statement it is, where a row does more than to name a value."""

        SAID = "", _("The department states another value.")
        CANCELLED = "cancelled", _("The certificate was cancelled: is the person still disabled?")
        REPAIRED = "repaired", _("The unsafe dwelling is said to be repaired: have it graded anew.")
        DROPPED_OUT = "dropped_out", _("The child is said to have dropped out: look at the school stage.")
        NO_GRADE = "no_grade", _("The child is back at school, the row names no grade: ask for it.")
        SOLVED = "solved", _("Every problem of the drinking water is said to be solved.")
        NOT_IN_ROLL = "not_in_roll", _("The person is not in the newest roll.")
        DELIVERY_GONE = "delivery_gone", _("The delivery that this value came from no longer counts.")

    lifecycle = PROPOSAL

    household = models.ForeignKey(
        Household, models.CASCADE, related_name="proposals", verbose_name=_("household")
    )
    resident = models.ForeignKey(
        Resident,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("member"),
    )
    subject = models.ForeignKey(
        Identity,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who is to be entered"),
    )
    #: Repeats the household's; its followers keep it so.
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("village")
    )
    field = models.CharField(_("field"), max_length=40, choices=Field.choices)
    present = models.JSONField(_("the register says"), null=True, blank=True)
    proposed = models.JSONField(_("the delivery says"), null=True, blank=True)
    for_person = models.BooleanField(_("always for a person"), default=False)
    why = models.CharField(_("why"), max_length=20, choices=Why.choices, blank=True)
    mark = models.CharField(_("what makes it the same"), max_length=32, editable=False)
    dataset = models.ForeignKey(
        Dataset, models.PROTECT, related_name="+", db_index=False, verbose_name=_("dataset")
    )
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="proposals", verbose_name=_("delivery")
    )
    line = models.BigIntegerField(_("line"))
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    known_on = models.DateField(_("as of"))
    proposed_on = models.DateField(_("proposed on"))
    said_again = models.PositiveIntegerField(_("said again"), default=0)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change of the register")
        verbose_name_plural = _("proposed changes of the register")
        ordering = ["-id"]
        constraints = [
            # What waits, or was refused, is not asked a second time.
            models.UniqueConstraint(
                fields=["mark"],
                name="the_same_change_is_proposed_once",
                condition=Q(state__in=["proposed", "refused"]),
            ),
        ]
        indexes = [
            # The worklist of an area, in its order.
            models.Index(
                fields=["area", "household", "id"],
                name="proposals_that_wait",
                opclasses=["varchar_pattern_ops", "int8_ops", "int8_ops"],
                condition=Q(state="proposed"),
            ),
            # What a new delivery of a dataset renews or ends in its area.
            models.Index(
                fields=["dataset", "area"],
                name="proposals_of_dataset",
                opclasses=["varchar_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} · {self.household}"

    @property
    def area_code(self) -> str:
        """The village of the household."""
        return self.area_id

    @property
    def column(self) -> str:
        """The column of the register that it is about."""
        return self.field.partition(".")[2]

    @property
    def event(self) -> Mapping[str, str]:
        """What the police or the crematorium registered: `event`, `on`, of newcomers `name`; empty for other fields."""
        return self.proposed if self.field == Field.MEMBERSHIP.value and self.proposed else {}

    def recusal_keys(self) -> frozenset[str]:
        """The household number: whoever declared it as kin does not decide here."""
        return frozenset(self.household.recusal_keys)

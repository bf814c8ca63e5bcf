"""Authorisations: what was told to a household, what it allows for what, and whom it covers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.regulations.models import Value
from foundation.workflow.models import Stateful
from households.authorisations.lifecycle import AUTHORISATION
from households.models.households import Household, Resident
from households.querysets import AuthorisationQuerySet


class Authorisation(Stateful):
    """What may be looked up about a household (授权承诺书), on which basis, and from when until when.

    Everything that is signed stands in these columns as it was told: `text` in Chinese, purposes and kinds as items
    with code, zh and en. households.authorisations.document makes the signed bytes of them.
    """

    class Basis(models.TextChoices):
        """On what the use of data rests (PIPL 13, 29; 核对办法)."""

        WRITTEN = "written_authorisation", pgettext_lazy("basis", "written authorisation")
        CONSENT = "separate_consent", pgettext_lazy("basis", "separate consent")
        DUTY = "statutory_duty", pgettext_lazy("basis", "statutory duty")

    lifecycle = AUTHORISATION

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="authorisations", verbose_name=_("household")
    )
    household_code = models.CharField(_("household number as told"), max_length=40)
    basis = models.CharField(_("basis"), max_length=25, choices=Basis.choices)
    clause = models.CharField(_("clause of the law"), max_length=200, blank=True)
    purposes = models.JSONField(_("purposes"))
    kinds = models.JSONField(_("kinds of data"))
    text = models.TextField(_("text that is signed"))
    #: The dated value that the text was taken from.
    text_value = models.ForeignKey(
        Value, models.PROTECT, related_name="+", verbose_name=_("version of the text")
    )
    asked_on = models.DateField(pgettext_lazy("authorisation", "asked on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until and including"))
    in_force_on = models.DateField(pgettext_lazy("authorisation", "in force since"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="an_authorisation_ends_after_it_begins", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="a_statutory_duty_names_its_clause", condition=~Q(basis="statutory_duty", clause="")
            ),
        ]
        indexes = [
            # What the night lets expire, and what ends soon.
            models.Index(
                fields=["valid_until"],
                name="authorisations_by_end",
                condition=Q(state__in=["pending", "refused", "in_force"]),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Authorisation of household %(code)s") % {"code": self.household_code}

    @property
    def area_code(self) -> str:
        """The village of the household: the right to take it, and to record its end, is needed there."""
        return self.household.area_id

    @property
    def goes_with(self) -> Household:
        """The household: somebody of another village to whom it is lent does what goes with a visit."""
        return self.household

    @property
    def purpose_codes(self) -> frozenset[str]:
        """Codes of the purposes."""
        return frozenset(each["code"] for each in self.purposes)

    @property
    def kind_codes(self) -> frozenset[str]:
        """Codes of the kinds of data."""
        return frozenset(each["code"] for each in self.kinds)

    def recusal_keys(self) -> frozenset[str]:
        """The household: its own people and kin among the staff neither take nor end it."""
        return frozenset(self.household.recusal_keys)


class AuthorisationMember(models.Model):
    """A member of the household whom an authorisation covers.

    The signed bytes hold a commitment to the name and not the name: where a person is erased, name and salt go and
    what the others signed stays proved.
    """

    authorisation = models.ForeignKey(
        Authorisation, models.CASCADE, related_name="members", verbose_name=_("authorisation")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="authorised", verbose_name=_("member")
    )
    name = models.CharField(_("name as told"), max_length=60)
    salt = models.BinaryField(_("salt"), max_length=32)
    commitment = models.CharField(_("commitment to the name"), max_length=64)

    class Meta:
        verbose_name = _("member covered")
        verbose_name_plural = _("members covered")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorisation", "resident"], name="an_authorisation_covers_a_member_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

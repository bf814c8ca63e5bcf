"""Who works where as what, and the exceptions: stand-ins, loans, kin."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from foundation.accounts.departments import called
from foundation.accounts.models.areas import Area
from foundation.accounts.models.people import User
from foundation.accounts.querysets import PeriodQuerySet, PostingQuerySet, StandInQuerySet
from foundation.accounts.roles import ADMINISTRATORS, Role


def period() -> Func:
    """Return the days from `from_day` until and including `until_day` as a range."""
    return Func("from_day", "until_day", Value("[]"), function="daterange", output_field=DateRangeField())


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint that a period ends on or after its first day."""
    return models.CheckConstraint(
        name=name, condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day"))
    )


class Department(models.Model):
    """A kind of county department (domain.md 1.7); the area of a posting says which county's."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """Its name in the reader's language, as long as it has the one that was shipped."""
        return called(self.code, self.name)


class Posting(models.Model):
    """A person's role in an area (and department) for a period: the only truth of bulk scope.

    Never deleted: ending it sets `until_day`. One that is taken back before it held for a whole day has no
    last day to set: it is `withdrawn_on` that day and counts for nothing from then on. Who granted it and why
    stands in the ledger.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name=_("member of staff"))
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="postings", verbose_name=_("area"))
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name=_("department"),
    )
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until and including"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["area", "role", "id"]
        constraints = [
            ends_after_it_begins("a_posting_ends_after_it_begins"),
            ExclusionConstraint(
                name="nobody_holds_two_administrator_roles",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=[role.value for role in ADMINISTRATORS], withdrawn_on__isnull=True),
            ),
            ExclusionConstraint(
                name="the_same_posting_is_held_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (Func("department", Value(""), function="coalesce"), RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_on__isnull=True),
            ),
        ]
        indexes = [
            # Who works here as what today: owners, vacancies, pickers.
            models.Index(fields=["area", "role"], name="postings_of_area"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.area}"


class StandIn(models.Model):
    """Somebody acts in an absent person's posting for a period (leave, birth, secondment; field.md 2.0).

    Cancelled before it held for a whole day it is `withdrawn_on` that day; later its last day is brought forward.
    """

    posting = models.ForeignKey(
        Posting, models.PROTECT, related_name="stand_ins", verbose_name=_("absent posting")
    )
    substitute = models.ForeignKey(User, models.PROTECT, related_name="stands_in", verbose_name=_("stand-in"))
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until and including"))
    reason = models.CharField(_("reason"), max_length=200)
    withdrawn_on = models.DateField(_("cancelled on"), null=True, blank=True, editable=False)

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["-from_day", "id"]
        constraints = [
            ends_after_it_begins("a_stand_in_ends_after_it_begins"),
            ExclusionConstraint(
                name="a_posting_has_one_stand_in_at_a_time",
                expressions=[("posting", RangeOperators.EQUAL), (period(), RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} → {self.posting}"


class RoleLabel(models.Model):
    """What a role is called in an area from a day on (村协查员, 村级监测员, …); the nearest area's label wins."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="role_labels", verbose_name=_("area"))
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    label = models.CharField(_("called"), max_length=40)
    from_day = models.DateField(_("from"))

    class Meta:
        verbose_name = _("local name of a role")
        verbose_name_plural = _("local names of roles")
        constraints = [
            models.UniqueConstraint("area", "role", "from_day", name="a_role_has_one_label_per_area_and_day"),
        ]

    def __str__(self) -> str:
        return self.label


class Kin(models.Model):
    """A household that a member of staff declares as own or kin's: no act on it by them, at any stage (5.8).

    The household is a plain reference (户编号), because accounts stand below the register.
    """

    class Relation(models.TextChoices):
        """How the household is related to the member of staff."""

        OWN = "own", _("own household")
        KIN = "kin", _("kin")
        OTHER = "other", _("other close interest")

    user = models.ForeignKey(User, models.PROTECT, related_name="kin", verbose_name=_("member of staff"))
    household = models.CharField(_("household number"), max_length=40)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)
    declared_on = models.DateField(_("declared on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("declared own or kin household")
        verbose_name_plural = _("declared own and kin households")
        constraints = [
            models.UniqueConstraint(
                "user",
                "household",
                name="a_household_is_declared_once",
                condition=Q(withdrawn_on__isnull=True),
            ),
        ]


class Loan(models.Model):
    """A single record lent to one person across areas, with period and reason; guardian holds the permission."""

    borrower = models.ForeignKey(User, models.PROTECT, related_name="loans", verbose_name=_("lent to"))
    model = models.CharField(_("kind of record"), max_length=60)
    object_id = models.CharField(_("record"), max_length=64)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area of the record"))
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until and including"))
    reason = models.CharField(_("reason"), max_length=200)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan of a record")
        verbose_name_plural = _("loans of records")
        constraints = [ends_after_it_begins("a_loan_ends_after_it_begins")]
        indexes = [models.Index(fields=["borrower", "model"], name="loans_of_borrower")]

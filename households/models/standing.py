"""Standing: what a household or a member counts as, from when until when, and on which basis.

Rules of comparison read this table and nothing else. It is written by households.standing, by files (set-wise), and, of
single members, by households.benefits and households.own_standings.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.models.postings import ends_after_it_begins, period
from households.models.households import Household, Resident
from households.models.revisions import Revision
from households.models.versions import keep_versions
from households.querysets import StandingQuerySet
from households.querysets_of_standings import StandingMemberQuerySet


@keep_versions()
class Standing(models.Model):
    """One standing for a period. `from_day` null: it holds on every earlier day too (datasets.md section 5).

    `resident` null: the household as a whole. `until_day` is the last day on which it holds.
    """

    class Kind(models.TextChoices):
        """What one counts as; the labels of the three categories are values of the area (category_names)."""

        LIFTED_OUT = "lifted_out", _("lifted out of poverty")
        UNSTABLE = "unstable", _("unstable household lifted out of poverty")
        MARGINAL = "marginal", _("marginal household liable to poverty")
        SUDDEN = "sudden", _("household in sudden serious difficulty")
        DIBAO = "dibao", _("dibao")
        TEKUN = "tekun", _("person in extreme difficulty")
        DIBAO_MARGIN = "dibao_margin", _("dibao-margin household")
        RIGID_EXPENSE = "rigid_expense", _("household in difficulty from rigid expenditure")

    #: The three categories of monitored objects (三类对象).
    MONITORED = (Kind.UNSTABLE, Kind.MARGINAL, Kind.SUDDEN)

    household = models.ForeignKey(Household, models.PROTECT, related_name="standings")
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="standings", verbose_name=_("member")
    )
    kind = models.CharField(_("standing"), max_length=15, choices=Kind.choices)
    from_day = models.DateField(_("from"), null=True, blank=True)
    until_day = models.DateField(_("until and including"), null=True, blank=True)
    risk_types = ArrayField(
        models.CharField(max_length=10), verbose_name=_("risk types"), default=list, blank=True
    )
    removal_way = models.CharField(_("way of removal"), max_length=10, blank=True)
    helper = models.CharField(_("helper"), max_length=60, blank=True)
    measures = ArrayField(
        models.CharField(max_length=200), verbose_name=_("measures"), default=list, blank=True
    )
    net_income_per_head = models.DecimalField(
        _("net income per head at entry (yuan a year)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    basis = models.CharField(_("basis"), max_length=20, choices=Revision.Kind.choices)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="standings", editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["household", F("from_day").asc(nulls_first=True), "id"]
        constraints = [
            ends_after_it_begins("a_standing_ends_after_it_begins"),
            ExclusionConstraint(
                name="a_standing_is_held_once_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (Func("resident", Value(0), function="coalesce"), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="a_household_is_in_one_category_at_a_time",
                expressions=[("household", RangeOperators.EQUAL), (period(), RangeOperators.OVERLAPS)],
                condition=Q(kind__in=["unstable", "marginal", "sudden"]),
            ),
        ]


class StandingMember(models.Model):
    """Somebody who is counted in a household's standing as a monitored object (persons of a case).

    `from_day` is the first day of who came later (born, married in), `until_day` the first day on which somebody who
    died or left does not count any more; both empty: counted as long as the standing holds.
    """

    standing = models.ForeignKey(Standing, models.CASCADE, related_name="members")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="counted_in")
    from_day = models.DateField(pgettext_lazy("standing", "counted from"), null=True, blank=True)
    until_day = models.DateField(pgettext_lazy("standing", "counted until before"), null=True, blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="standing_members", editable=False)

    objects = StandingMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("standing", "resident", name="a_person_counts_once_in_a_standing"),
            models.CheckConstraint(
                name="a_person_counts_until_after_counting_began", condition=Q(until_day__gte=F("from_day"))
            ),
        ]


class CategoryChange(models.Model):
    """That a monitored household came from one category into another while its standing went on (类别调整).

    The identification stays the same one: the standing keeps its first day, and counts of days before `from_day` keep
    the category `before`. Written by households.standing.recategorise, never changed.
    """

    standing = models.ForeignKey(Standing, models.PROTECT, related_name="category_changes")
    before = models.CharField(_("category before"), max_length=15, choices=Standing.Kind.choices)
    after = models.CharField(_("category after"), max_length=15, choices=Standing.Kind.choices)
    from_day = models.DateField(_("from"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="category_changes", editable=False)

    class Meta:
        verbose_name = _("change of category")
        verbose_name_plural = _("changes of category")
        ordering = ["from_day", "id"]
        constraints = [
            models.UniqueConstraint("standing", "from_day", name="a_category_changes_once_on_a_day"),
            models.CheckConstraint(name="a_change_of_category_changes_it", condition=~Q(before=F("after"))),
        ]

    def __str__(self) -> str:
        return f"{self.standing_id} {self.from_day}"

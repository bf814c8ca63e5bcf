"""Households and their members (domain.md 2.2, 2.3; datasets.md section 5)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Substr
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from households.models.identities import Identity
from households.models.revisions import Revision
from households.models.versions import keep_versions
from households.querysets import HouseholdQuerySet, ResidentQuerySet

#: Code of the head in the list `relations_to_head`.
HEAD = "01"
#: What stands in the place of an erased person's name.
NAMELESS = "*"
#: Search looks up township by township: few enough live in one, and a province has not too many.
TOWNSHIP = Left("area", 9)
_VILLAGE = OpClass("area", "varchar_pattern_ops")


class Sourced(models.Model):
    """A row of the register whose every field knows where it comes from and of which day it is.

    `source` and `source_day` hold for all fields but those named in `field_sources`
    ({"phone": ["hand", "2026-10-05"]}): a value checked by hand is not overwritten silently by an older or equal
    file (households.provenance).
    """

    source = models.CharField(_("source"), max_length=20, choices=Revision.Kind.choices)
    source_day = models.DateField(_("as of"))
    field_sources = models.JSONField(_("fields with a source of their own"), default=dict, blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="%(class)ss", editable=False)

    class Meta:
        abstract = True


@keep_versions()
class Household(Sourced):
    """A farmer household 农户. `area` is responsible for it (who acts); `stay_area` is where it lives now."""

    class Grade(models.TextChoices):
        """Grade of the dwelling (房屋安全鉴定): C and D are unsafe."""

        A = "A", "A"
        B = "B", "B"
        C = "C", "C"
        D = "D", "D"

    code = models.CharField(_("household number"), max_length=40, unique=True)
    area = models.ForeignKey(
        Area, models.PROTECT, db_index=False, related_name="households", verbose_name=_("village")
    )
    stay_area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="households_staying",
        verbose_name=_("place of stay"),
    )
    group_name = models.CharField(_("villager group"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.ForeignKey(
        Identity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="households_reached",
        verbose_name=_("telephone"),
    )
    net_income_per_head = models.DecimalField(
        _("net income per head as stated (yuan a year)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    #: A word that is no grade is kept as it was sent.
    house_grade = models.CharField(
        _("grade of the dwelling"), max_length=10, choices=Grade.choices, blank=True
    )
    water_safe = models.BooleanField(_("safe drinking water"), null=True, blank=True)
    #: First day, where an act said it (a split made the household); empty: before what the register knows.
    began_on = models.DateField(pgettext_lazy("lineage", "began on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["area", "code"]
        constraints = [
            # Target of the residents' composite key: a resident's area is always the household's.
            models.UniqueConstraint(fields=["id", "area"], name="a_household_has_one_responsible_area"),
            models.CheckConstraint(name="a_household_has_a_number", condition=~Q(code="")),
            models.CheckConstraint(
                name="a_household_ends_after_it_begins", condition=Q(dissolved_on__gte=F("began_on"))
            ),
        ]
        indexes = [
            # Lists and scope: everything under a prefix, in the order of the number.
            models.Index(
                fields=["area", "code"],
                name="household_by_area",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
            # The list in its order: a page of it costs the same whatever lies behind it.
            models.Index(fields=["area", "code", "id"], name="household_in_order"),
            # Search by the beginning of the number.
            models.Index(TOWNSHIP, OpClass("code", "varchar_pattern_ops"), name="household_search_code"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def recusal_keys(self) -> tuple[str, ...]:
        """The household number: whoever declared it as kin does not act here (foundation.accounts.kin)."""
        return (self.code,)


@keep_versions()
class Resident(Sourced):
    """A member of a household. Codes are those of the lists in foundation.regulations (relations_to_head, …).

    Who died or left stays, with the day. `area` repeats the household's; the database keeps it so.
    """

    class Aid(models.TextChoices):
        """Whether somebody is in dibao or tekun, as the register states it; empty: not stated."""

        NONE = "none", _("none")
        RURAL = "rural", _("rural")
        URBAN = "urban", _("urban")

    class Departure(models.TextChoices):
        """Why somebody is no longer a member (人员减少)."""

        DIED = "died", _("died")
        MARRIED_OUT = "married_out", _("married out")
        MOVED_OUT = "moved_out", _("moved out")
        SPLIT_OFF = "split_off", _("split off")
        OTHER = "other", _("other")

    household = models.ForeignKey(
        Household,
        models.PROTECT,
        # The composite key on (household, area) stands for this one.
        db_constraint=False,
        related_name="residents",
        verbose_name=_("household"),
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="residents",
        verbose_name=_("village"),
    )
    identity = models.ForeignKey(
        Identity,
        models.PROTECT,
        db_column="subject",
        null=True,
        blank=True,
        db_index=False,
        related_name="residents",
        verbose_name=_("identity"),
    )
    name = models.CharField(_("name"), max_length=60)
    initials = models.CharField(_("pinyin initials"), max_length=60, blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=1, blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    #: Codes of their lists; a word that no list knows is kept as it was sent (households.register.contract).
    relation = models.CharField(_("relation to the head"), max_length=20)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    education = models.CharField(_("education"), max_length=20, blank=True)
    school_stage = models.CharField(_("school stage"), max_length=20, blank=True)
    health = ArrayField(models.CharField(max_length=10), verbose_name=_("health"), default=list, blank=True)
    labour = models.CharField(_("ability to work"), max_length=20, blank=True)
    work_place = models.CharField(_("place of work"), max_length=100, blank=True)
    work_months = models.PositiveSmallIntegerField(_("months worked"), null=True, blank=True)
    insured = models.BooleanField(_("medical insurance"), null=True, blank=True)
    dibao = models.CharField(_("dibao"), max_length=5, choices=Aid.choices, blank=True)
    tekun = models.CharField(_("tekun"), max_length=5, choices=Aid.choices, blank=True)
    #: First day as a member here, where an act said it; empty: before what the register knows.
    came_on = models.DateField(pgettext_lazy("lineage", "came on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    departure = models.CharField(_("reason of leaving"), max_length=12, choices=Departure.choices, blank=True)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        ordering = ["household", "relation", "id"]
        constraints = [
            # datasets.md section 5: id_in_other_household, head_duplicate.
            models.UniqueConstraint(
                "identity", condition=Q(left_on__isnull=True), name="a_person_lives_in_one_household"
            ),
            models.UniqueConstraint(
                "household",
                condition=Q(relation=HEAD, left_on__isnull=True),
                name="a_household_has_one_head",
            ),
            models.CheckConstraint(
                name="who_left_left_for_a_reason",
                condition=Q(left_on__isnull=True, departure="") | Q(left_on__isnull=False) & ~Q(departure=""),
            ),
            models.CheckConstraint(
                name="who_left_left_after_they_came", condition=Q(left_on__gte=F("came_on"))
            ),
            models.CheckConstraint(
                name="a_year_of_work_has_twelve_months",
                condition=Q(work_months__isnull=True) | Q(work_months__lte=12),
            ),
        ]
        # Search: each stops after its first hits (households.search); the village last, to narrow in the index.
        indexes = [
            models.Index(
                TOWNSHIP, OpClass("name", "varchar_pattern_ops"), _VILLAGE, name="resident_search_name"
            ),
            # Two characters inside a name: names of three characters have them at the second, longer ones see 0012.
            models.Index(
                TOWNSHIP,
                OpClass(Substr("name", 2), "text_pattern_ops"),
                _VILLAGE,
                name="resident_search_inside",
            ),
            models.Index(
                TOWNSHIP,
                OpClass("initials", "varchar_pattern_ops"),
                _VILLAGE,
                name="resident_search_initials",
            ),
            # Who left is found by the full number too; the living by a_person_lives_in_one_household.
            models.Index(fields=["identity"], name="resident_who_left", condition=Q(left_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_erased(self) -> bool:
        """Whether the person was erased: the row stays, nameless, because counts stand on it."""
        return self.name == NAMELESS

    @property
    def shown_name(self) -> str:
        """The name as pages show it."""
        return gettext("erased person") if self.is_erased else self.name

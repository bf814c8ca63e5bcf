"""Family events of the register (household lineage): one act each, with what it wrote and its way back."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from households.models.households import Household, Resident
from households.models.revisions import Revision
from households.querysets import LineageActQuerySet


class LineageAct(models.Model):
    """One family event: somebody was born, died, married, was adopted, came or left; a household split or merged.

    Day, who entered it, when and why stand in its Revision, the only one that it wrote under. `changes` lists what it
    wrote, in order: {"row", "pk", "did", "before", "after"} with codes and days, never a name. `followed` keeps what
    each follower needs to go back. Written by households.lineage alone; the way back is an act of its own (`undoes`).
    """

    class Kind(models.TextChoices):
        """What happened."""

        BIRTH = "birth", pgettext_lazy("lineage", "birth")
        MARRIAGE_IN = "marriage_in", pgettext_lazy("lineage", "marriage in")
        ADOPTION = "adoption", pgettext_lazy("lineage", "adoption")
        CAME = "came", pgettext_lazy("lineage", "came for another reason")
        DEATH = "death", pgettext_lazy("lineage", "death")
        MARRIAGE_OUT = "marriage_out", pgettext_lazy("lineage", "marriage out")
        MOVED_OUT = "moved_out", pgettext_lazy("lineage", "moved out")
        SPLIT_OFF = "split_off", pgettext_lazy("lineage", "split off, to outside the register")
        LEFT = "left", pgettext_lazy("lineage", "left for another reason")
        MARRIAGE = "marriage", pgettext_lazy("lineage", "marriage between two households")
        SPLIT = "split", pgettext_lazy("lineage", "split of a household")
        MERGE = "merge", pgettext_lazy("lineage", "merge of households")
        RETURNED = "returned", pgettext_lazy("lineage", "departure taken back")
        UNDONE = "undone", pgettext_lazy("lineage", "family event taken back")

    kind = models.CharField(pgettext_lazy("lineage", "what happened"), max_length=12, choices=Kind.choices)
    #: Which paper was seen (certificate, household booklet, minutes), or who said so.
    paper = models.CharField(pgettext_lazy("lineage", "paper seen"), max_length=200, blank=True)
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="lineage", editable=False)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by",
        verbose_name=pgettext_lazy("lineage", "takes back"),
    )  # fmt: skip
    changes = models.JSONField(pgettext_lazy("lineage", "what it wrote"), default=list)
    followed = models.JSONField(pgettext_lazy("lineage", "what followed it"), default=dict)

    objects = LineageActQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("lineage", "family event")
        verbose_name_plural = pgettext_lazy("lineage", "family events")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="what_takes_back_names_what",
                condition=Q(kind="undone", undoes__isnull=False) | ~Q(kind="undone") & Q(undoes__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def home(self) -> "LineagePart":
        """The household on whose page it was entered."""
        return next(part for part in self.parts.all() if part.role == LineagePart.Role.HOME)

    @property
    def area_code(self) -> str:
        """The village of the household on whose page it was entered."""
        home: Any = self.home.household
        return str(home.area_id)

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return hasattr(self, "undone_by")


class LineagePart(models.Model):
    """A household in a family event. `code` is its number then: the number of a split that was undone stays told."""

    class Role(models.TextChoices):
        """What the household is in it."""

        HOME = "home", pgettext_lazy("lineage", "household")
        OTHER = "other", pgettext_lazy("lineage", "other household")
        FOUNDED = "founded", pgettext_lazy("lineage", "new household")

    act = models.ForeignKey(LineageAct, models.CASCADE, related_name="parts")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="lineage_parts"
    )
    code = models.CharField(pgettext_lazy("lineage", "household number"), max_length=40)
    role = models.CharField(pgettext_lazy("lineage", "part"), max_length=8, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint("act", "role", name="a_family_event_has_one_household_of_each_part"),
        ]


class LineagePerson(models.Model):
    """Somebody in a family event: their row in the household they were in, and the row in the one they joined.

    Of who came into the register only `became` is there, of who left it only `resident`. Where the coming was undone,
    the row is gone and both may be empty: nobody is named.
    """

    act = models.ForeignKey(LineageAct, models.CASCADE, related_name="people")
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="lineage_left")
    became = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="lineage_came")
    #: Only another relation to the head was written of them.
    stayed = models.BooleanField(pgettext_lazy("lineage", "stayed in the household"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("act", "resident", name="a_person_leaves_once_in_a_family_event"),
            models.UniqueConstraint("act", "became", name="a_person_comes_once_in_a_family_event"),
        ]

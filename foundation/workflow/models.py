"""Tables of the workflow: what moved and by whom (Passage), and the path an object follows (Path, Course)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from foundation.accounts.roles import Role
from foundation.workflow.lifecycle import Lifecycle


class Stateful(models.Model):
    """A row with a state. Only foundation.workflow.move writes `state` and `version`.

    A subclass names its `lifecycle`, says in which area it stands (`area_code`) and which households make a
    member of staff withdraw from it (`recusal_keys`, 户编号).
    """

    lifecycle: ClassVar[Lifecycle]

    state = models.CharField(_("state"), max_length=30, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def area_code(self) -> str:
        """Significant code of the area in which moves of this row need their right."""
        raise NotImplementedError

    def recusal_keys(self) -> frozenset[str]:
        """Household numbers whose own people and kin may not act here (field.md 5.8); none by default."""
        return frozenset()

    @property
    def goes_with(self) -> models.Model | None:
        """The record with which moves of this row may be lent to somebody of another area; None: with none."""
        return None

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return str(self.lifecycle.states[self.state])


class Passage(models.Model):
    """One move that was made: the row that display, rounds and the rule “maker is never checker” read.

    The evidence is the ledger entry of the same transaction; this row is its searchable twin.
    """

    model = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=64)
    verb = models.CharField(_("verb"), max_length=40)
    from_state = models.CharField(_("from"), max_length=30, blank=True)
    to_state = models.CharField(_("to"), max_length=30)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    role = models.CharField(_("role"), max_length=30, choices=[*Role.choices, ("platform", _("Platform"))])
    reason = models.TextField(_("reason"), blank=True)
    happened_on = models.DateField(_("happened on"))
    entered_on = models.DateField(_("entered on"))
    entry = models.UUIDField(_("ledger entry"), unique=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["id"]
        indexes = [
            # History of one object, and who made its last step.
            models.Index(fields=["model", "object_id", "id"], name="passages_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.model}:{self.object_id}"


class Path(models.Model):
    """The steps that an area asks for, from a day on, for one kind of object. Never edited: a new day, a new row."""

    kind = models.CharField(_("for"), max_length=40)
    #: Shipped examples name areas that an installation need not have.
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: whole country."),
    )
    from_day = models.DateField(_("from"))
    steps = models.JSONField(_("steps"))
    digest = models.CharField(_("digest of the file"), max_length=64)
    source = models.JSONField(_("source"))

    class Meta:
        verbose_name = _("path")
        verbose_name_plural = _("paths")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "from_day"],
                name="a_path_begins_once_per_area_and_day",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_id or '*'} {self.from_day}"


class Course(models.Model):
    """The path that one object began with, and keeps, whatever the area decides later."""

    model = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=64)
    path = models.ForeignKey(Path, models.PROTECT, related_name="courses")
    began_on = models.DateField(_("began on"))

    class Meta:
        verbose_name = _("course of an object")
        verbose_name_plural = _("courses of objects")
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="an_object_follows_one_path"),
        ]


class CourseStep(models.Model):
    """One step of one object that was taken or skipped; a step without a row still lies ahead."""

    class Ending(models.TextChoices):
        """How the step ended."""

        DONE = "done", _("done")
        SKIPPED = "skipped", _("skipped")
        RETURNED = "returned", _("returned")

    course = models.ForeignKey(Course, models.PROTECT, related_name="taken")
    step = models.CharField(_("step"), max_length=40)
    ending = models.CharField(_("ended"), max_length=10, choices=Ending.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        ordering = ["id"]
        indexes = [models.Index(fields=["course", "step"], name="steps_of_course")]

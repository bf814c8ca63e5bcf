"""Subjects (what is asked) and values (what holds where, from which day, for whom, by which document)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.regulations.sources import SourceKind
from foundation.regulations.units import Comparator, Group, Population, Unit, in_language

#: Area code of a value for the whole country.
WHOLE_COUNTRY = ""


class Kind(models.TextChoices):
    """What a value is made of; `ended` ends the line of its area, so that the next area up holds again."""

    AMOUNT = "amount", _("amount")
    EXPRESSION = "expression", _("sum of other values")
    YES_NO = "yes/no", _("yes or no")
    TEXT = "text", _("text")
    LIST = "list", _("list")
    ENDED = "ended", _("ended")


class Origin(models.TextChoices):
    """Who brought the value in."""

    SHIPPED = "shipped", _("shipped with the platform")
    LOCAL = "local", _("set by the area")


class Subject(models.Model):
    """One thing the law says something about (规定事项), loaded from the one file that has its name.

    `units` holds the unit, or several where areas really differ (days here, working days there). `local` lets
    areas set their own value, not below or above what the area above has where a bound says so. A `yearly`
    value is expected to be renewed each year: an older one still holds, and every page says how old it is.
    Something is measured against the values of a `compared` subject: each says whether reaching it is enough.
    """

    key = models.CharField(_("key"), max_length=60, primary_key=True)
    group = models.CharField(_("group"), max_length=20, choices=Group.choices)
    label_zh = models.CharField(_("name in Chinese"), max_length=80)
    label_en = models.CharField(_("name in English"), max_length=120)
    asks_zh = models.CharField(_("question in Chinese"), max_length=200)
    asks_en = models.CharField(_("question in English"), max_length=200)
    units = models.JSONField(_("units"))
    choices = models.JSONField(_("permitted texts"), default=list)
    classes = models.JSONField(_("population classes"), default=list)
    local = models.BooleanField(_("areas may set their own"))
    floor_from_above = models.BooleanField(_("not below the area above"), default=False)
    ceiling_from_above = models.BooleanField(_("not above the area above"), default=False)
    yearly = models.BooleanField(_("renewed each year"), default=False)
    compared = models.BooleanField(_("line of a comparison"), default=False)
    checked_on = models.DateField(_("last compared with its sources on"))
    file = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("digest of the file"), max_length=64)

    class Meta:
        verbose_name = _("subject of regulation")
        verbose_name_plural = _("subjects of regulation")
        ordering = ["group", "key"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Name in the language of the page."""
        return in_language(self.label_zh, self.label_en)

    @property
    def asks(self) -> str:
        """The question in the language of the page."""
        return in_language(self.asks_zh, self.asks_en)

    @property
    def unit(self) -> Unit | None:
        """The unit where there is only one, else None."""
        return Unit(self.units[0]) if len(self.units) == 1 else None


class Content(models.Model):
    """What a value says and where it comes from; the same columns for values and for proposals of values."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("subject"))
    population = models.CharField(
        _("for"), max_length=20, choices=Population.choices, blank=True, help_text=_("Empty: everybody.")
    )
    from_day = models.DateField(_("in force from"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=6, null=True, blank=True)
    text_zh = models.TextField(_("text in Chinese"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    items = models.JSONField(_("items"), default=list, blank=True)
    expression = models.CharField(_("sum"), max_length=200, blank=True)
    comparator = models.CharField(
        _("comparison"),
        max_length=2,
        choices=Comparator.choices,
        blank=True,
        help_text=_("Empty: nothing is measured against it."),
    )
    note_zh = models.TextField(_("note in Chinese"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    source_kind = models.CharField(_("source"), max_length=12, choices=SourceKind.choices)
    source_title = models.CharField(_("title of the document"), max_length=300, blank=True)
    source_number = models.CharField(_("document number"), max_length=80, blank=True)
    source_issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    source_issued = models.CharField(_("day of issue"), max_length=10, blank=True)
    source_clause = models.CharField(_("clause"), max_length=120, blank=True)
    source_href = models.URLField(_("address at the issuer's own site"), max_length=400, blank=True)
    source_reason_zh = models.TextField(_("reason in Chinese"), blank=True)
    source_reason_en = models.TextField(_("reason in English"), blank=True)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        """The text in the language of the page."""
        return in_language(self.text_zh, self.text_en)

    @property
    def note(self) -> str:
        """The note in the language of the page."""
        return in_language(self.note_zh, self.note_en)

    @property
    def source_reason(self) -> str:
        """Why this is only a proposal, in the language of the page."""
        return in_language(self.source_reason_zh, self.source_reason_en)

    @property
    def is_proposal(self) -> bool:
        """Whether no document stands behind the value."""
        return self.source_kind == SourceKind.PROPOSAL


class Value(Content):
    """What holds in an area from a day on, until a later value or an end (规定值).

    History is appended: once `used_on` is set, a database trigger refuses every change and deletion.
    `fingerprint` is the digest of what the value says; `file` and `digest` name the file it was loaded from.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="values", verbose_name=_("subject"))
    area = models.CharField(_("area code"), max_length=15, blank=True, help_text=_("Empty: whole country."))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    fingerprint = models.CharField(_("digest of the value"), max_length=64)
    file = models.CharField(_("file"), max_length=120, blank=True)
    digest = models.CharField(_("digest of the file"), max_length=64, blank=True)
    loaded_on = models.DateField(_("known here since"))
    used_on = models.DateField(_("first used on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["subject", "area", "population", "from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "area", "population", "from_day", "origin"],
                name="one_value_per_subject_area_class_and_day",
            ),
            models.CheckConstraint(
                name="an_amount_stands_where_the_kind_says_so",
                condition=Q(kind__in=[Kind.AMOUNT, Kind.YES_NO], amount__isnull=False)
                | Q(kind__in=[Kind.EXPRESSION, Kind.TEXT, Kind.LIST, Kind.ENDED], amount__isnull=True),
            ),
            models.CheckConstraint(
                name="a_value_names_its_source",
                condition=~Q(source_title="", source_kind__in=[SourceKind.DOCUMENT, SourceKind.REPORT])
                & ~Q(source_reason_zh="", source_kind=SourceKind.PROPOSAL),
            ),
            models.CheckConstraint(
                name="the_area_of_a_value_is_a_code",
                condition=Q(area__regex=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.area or '*'} {self.from_day}"


class Revision(models.Model):
    """A random mark that changes whenever values or holidays change; processes compare it with their cache.

    Random, not counted: a rolled-back change can never leave a number behind that a later one uses again.
    """

    name = models.CharField(max_length=20, primary_key=True)
    mark = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

"""Holidays and 调休: the days on which the rule of the week does not hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """One day that differs from its weekday: a day of rest, or a working Saturday or Sunday (调休).

    `area` empty means the whole country; the nearest area's row for a day wins (三月三 in Guangxi).
    """

    class Kind(models.TextChoices):
        """What the day is."""

        REST = "rest", _("day of rest")
        WORK = "work", _("worked instead")

    day = models.DateField(_("day"))
    area = models.CharField(_("area code"), max_length=15, blank=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("holiday or moved working day")
        verbose_name_plural = _("holidays and moved working days")
        ordering = ["day", "area"]
        constraints = [
            models.UniqueConstraint(fields=["day", "area"], name="a_day_is_one_thing_per_area"),
            models.CheckConstraint(
                name="the_area_of_a_holiday_is_a_code",
                condition=Q(area__regex=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarYear(models.Model):
    """A year whose holidays are complete in an area, and by whose word. Any other year is provisional there."""

    year = models.PositiveSmallIntegerField(_("year"))
    area = models.CharField(_("area code"), max_length=15, blank=True, help_text=_("Empty: whole country."))
    source = models.CharField(_("source"), max_length=200)
    completed_on = models.DateField(_("complete since"))

    class Meta:
        verbose_name = _("year with published holidays")
        verbose_name_plural = _("years with published holidays")
        ordering = ["-year", "area"]
        constraints = [
            models.UniqueConstraint(fields=["year", "area"], name="a_year_is_complete_once_per_area"),
        ]

    def __str__(self) -> str:
        return str(self.year)

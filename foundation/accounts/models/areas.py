"""Areas by significant code (datasets.md section 6): the code is the key, its prefixes are the ancestors."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from foundation.accounts.querysets import AreaQuerySet
from foundation.accounts.roles import Level

CODE_LENGTHS = tuple(level.value for level in Level)


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes above `code`, highest first, without itself."""
    return tuple(code[:length] for length in CODE_LENGTHS if length < len(code))


def padded(code: str) -> str:
    """Return a code as people write it: padded with zeros to 12 digits (groups keep their 15)."""
    return code.ljust(12, "0")


def readings(code: str) -> list[str]:
    """Return the significant codes a typed code may stand for: itself, and without the zeros it is padded with."""
    found = [code]
    if len(code) == Level.VILLAGE and code.isdecimal():
        shorter = [level.value for level in sorted(Level, reverse=True) if level < Level.VILLAGE]
        found += [code[:length] for length in shorter if not int(code[length:])]
    return found


class Area(models.Model):
    """A province, city, county, township, village or villager group (省 市 县 乡 村 组).

    The code has 2, 4, 6, 9, 12 or 15 digits and the level of its length, also when it ends in zeros: 4419 and
    441900 are two areas. An area whose parent is not known yet is an orphan (`parent` null) until it arrives.
    A retired area stays for the records of its time; `AreaSuccession` says what became of it.
    """

    code = models.CharField(_("area code"), max_length=15, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    initials = models.CharField(_("pinyin initials"), max_length=80, blank=True, editable=False)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="an_area_code_is_digits_of_its_level",
                condition=Q(code__regex=r"^[0-9]+$") & Exact(Length("code"), models.F("level")),  # type: ignore[arg-type]
            ),
        ]
        indexes = [
            # What lies below an area, and orphans. (No second index for LIKE, as db_index would make.)
            models.Index(fields=["parent"], name="area_by_parent"),
            # Pickers: search by pinyin initials.
            models.Index(fields=["initials"], name="area_by_initials", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def padded_code(self) -> str:
        """The code as people write it, 12 digits."""
        return padded(self.code)


class AreaName(models.Model):
    """What an area was called before it was renamed: from its first day until the day before the change."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="former_names")
    name = models.CharField(_("former name"), max_length=80)
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("former name of an area")
        verbose_name_plural = _("former names of areas")
        ordering = ["area", "-until"]


class AreaSuccession(models.Model):
    """What became of a retired code: one row per successor, dated (renumbered, merged, split)."""

    class Kind(models.TextChoices):
        """How the predecessor ended."""

        RENUMBERED = "renumbered", _("new code")
        MERGED = "merged", _("merged into")
        SPLIT = "split", _("split into")

    predecessor = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Area, models.PROTECT, related_name="origins")
    kind = models.CharField(_("how"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("on"))
    reason = models.CharField(_("document or reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("succession of areas")
        verbose_name_plural = _("successions of areas")
        constraints = [
            models.UniqueConstraint(
                "predecessor", "successor", "on", name="an_area_is_succeeded_once_by_each_successor"
            ),
        ]

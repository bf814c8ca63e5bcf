"""Visits that the village is asked for in which a household lives (协助走访)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_stays import StayVisitQuerySet
from assistance.stay_visits.lifecycle import STAY_VISIT, WAITING
from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from households.models import Visit


class StayVisit(Stateful):
    """That another village is asked to visit a household which lives there; the own village stays responsible.

    `head` (masked) and `persons` are all that the asked village reads of the household before somebody accepts.
    """

    lifecycle = STAY_VISIT

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="stay_visits", verbose_name=pgettext_lazy("case", "case")
    )
    to_area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("stay", "village that is asked")
    )
    head = models.CharField(pgettext_lazy("move", "head, masked"), max_length=60)
    persons = models.PositiveSmallIntegerField(pgettext_lazy("move", "persons"))
    why = models.CharField(pgettext_lazy("stay", "what to look at"), max_length=200)
    asked_on = models.DateField(pgettext_lazy("stay", "asked on"))
    due_on = models.DateField(pgettext_lazy("stay", "visit due on"), null=True, blank=True)
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("stay", "who goes there"),
    )  # fmt: skip
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("stay", "visit"),
    )

    objects = StayVisitQuerySet.as_manager()
    #: In which area the next act needs its right; empty: in the village that is asked. See `on_the_side_of`.
    _side: str = ""

    class Meta:
        verbose_name = pgettext_lazy("stay", "visit where the household lives")
        verbose_name_plural = pgettext_lazy("stay", "visits where households live")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="a_case_asks_for_one_visit_elsewhere", condition=Q(state__in=WAITING)
            ),
            models.CheckConstraint(
                name="a_visit_elsewhere_is_made_by_who_accepted",
                condition=Q(visit__isnull=True) | Q(visitor__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["to_area", "-id"], name="stay_visits_asked_of")]

    def __str__(self) -> str:
        return f"{self.pk} {self.case_id}"

    @property
    def area_code(self) -> str:
        """Where moves of this row need their right: the village that is asked, unless another side was named."""
        return self._side or self.to_area_id

    def on_the_side_of(self, area: str) -> "StayVisit":
        """Let the next act need its right in `area`: the village that is responsible, or the one that is asked."""
        self._side = area
        return self

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return self.case.recusal_keys()

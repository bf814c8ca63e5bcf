"""How far an alert has come from warning to verified."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.workflow.models import Stateful
from households.models import Visit


class OnItsWay(Stateful):
    """Who is sent, what the visit said, what is still to answer, and by when; written by alerts.verification alone."""

    class Opinion(models.TextChoices):
        """What the person at the door thinks should follow; never from income alone (field.md 3.5)."""

        PROPOSE = "propose", pgettext_lazy("alert", "propose for enrolment")
        DECLINE = "decline", pgettext_lazy("alert", "do not enrol")
        WATCH = "watch", pgettext_lazy("alert", "keep watching")

    class Recheck(models.TextChoices):
        """Whether the alert was drawn from a batch of negatives to be checked once more (field.md 2.2)."""

        DRAWN = "drawn", pgettext_lazy("alert", "drawn for re-check")
        HELD = "held", pgettext_lazy("alert", "re-checked: it holds")
        DIFFERS = "differs", pgettext_lazy("alert", "re-checked: it does not hold")

    #: Who is to go to the household, and when they first opened the work.
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("who visits"),
    )
    opened_by_visitor_at = models.DateTimeField(_("opened by the visitor"), null=True, blank=True)
    #: The visit that was reported last, what its maker thinks, and the outcome they name where they would not enrol.
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("visit reported")
    )
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices, blank=True)
    reported_outcome = models.CharField(_("outcome reported"), max_length=20, blank=True)
    #: What showed, without a visit, that the warning was settled; and how often the report was sent back.
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    returned = models.PositiveSmallIntegerField(_("times returned"), default=0)
    #: The leader of the township let the report stand as it is: it is judged, and not sent back again.
    stands = models.BooleanField(_("the leader let the report stand"), default=False)
    #: Signals that came after the visit and that nobody has answered: they stand before every outcome.
    unanswered = models.PositiveSmallIntegerField(_("signals to answer"), default=0)
    recheck = models.CharField(_("re-check"), max_length=10, choices=Recheck.choices, blank=True)
    relook_on = models.DateField(_("look again on"), null=True, blank=True)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    #: The first sign of any channel, from which the one total clock runs; and the last days of step and whole.
    first_clue_on = models.DateField(_("first clue"), null=True, blank=True)
    step_due_on = models.DateField(_("step due on"), null=True, blank=True)
    total_due_on = models.DateField(_("whole due on"), null=True, blank=True)
    urged = models.PositiveSmallIntegerField(_("times urged"), default=0)
    urged_on = models.DateField(_("last urged on"), null=True, blank=True)
    #: When the superior was last told that it is overdue for days; counts for the deadlines before that day.
    escalated_on = models.DateField(_("superior told on"), null=True, blank=True)

    class Meta:
        abstract = True

"""Income and expense of a monitored household over time (收支细账): sheets by period, in versions, item by item."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from alerts.models import Signal
from assistance.income.lifecycle import INCOME_SHEET
from assistance.models.cases import Case
from assistance.querysets_of_income import IncomeChangeQuerySet, IncomeLineQuerySet, IncomeSheetQuerySet
from foundation.workflow.models import Stateful
from households.models import Revision, Visit

#: States in which a sheet has counted: its members and its results are there.
_COUNTED = ("confirmed", "superseded", "withdrawn")


class IncomeSheet(Stateful):
    """One version of what a household earned and spent in a period. Once confirmed nothing of it is overwritten.

    Amounts stand in the lines, in yuan for the whole household; results are those of the one calculator
    (households.income.calculator) by the values named in `rule`. `line` is the monitoring line in force on the last
    day of the period (None: none known). `earlier` is what the register held for the period before the first sheet
    did, and comes back when the sheet is withdrawn; `revision` is what the register got from this sheet.
    """

    lifecycle = INCOME_SHEET

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="income_sheets", verbose_name=pgettext_lazy("case", "case")
    )
    from_day = models.DateField(pgettext_lazy("income", "from"))
    until_day = models.DateField(pgettext_lazy("income", "until and including"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("income", "version"))
    reason = models.CharField(
        pgettext_lazy("income", "why it corrects the one before"), max_length=300, blank=True
    )
    members = models.PositiveSmallIntegerField(
        pgettext_lazy("income", "people living together"), null=True, blank=True
    )
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("income", "visit"),
    )
    begun_on = models.DateField(pgettext_lazy("income", "begun on"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("income", "begun by"),
    )
    confirmed_on = models.DateField(pgettext_lazy("income", "confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("income", "confirmed by"),
    )  # fmt: skip
    net_income = models.DecimalField(
        pgettext_lazy("income", "net income"), max_digits=14, decimal_places=2, null=True
    )
    net_per_head = models.DecimalField(
        pgettext_lazy("income", "net income per head"), max_digits=14, decimal_places=2, null=True
    )
    reference_income = models.DecimalField(
        pgettext_lazy("income", "reference income"), max_digits=14, decimal_places=2, null=True
    )
    reference_per_head = models.DecimalField(
        pgettext_lazy("income", "reference income per head"), max_digits=14, decimal_places=2, null=True
    )
    line = models.DecimalField(
        pgettext_lazy("income", "monitoring line"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    rule = models.JSONField(pgettext_lazy("income", "values used"), default=list, blank=True)
    earlier = models.JSONField(
        pgettext_lazy("income", "what the register held before"), null=True, blank=True
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    signal = models.ForeignKey(
        Signal, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("income", "reported as a new risk"),
    )  # fmt: skip

    objects = IncomeSheetQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("income", "income sheet of a household")
        verbose_name_plural = pgettext_lazy("income", "income sheets of households")
        ordering = ["-until_day", "-from_day", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "from_day", "until_day", "number"], name="a_version_of_an_income_sheet_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["case", "from_day", "until_day"], name="one_income_sheet_of_a_period_is_being_written",
                condition=Q(state="draft"),
            ),
            models.UniqueConstraint(
                fields=["case", "from_day", "until_day"], name="one_income_sheet_of_a_period_holds",
                condition=Q(state="confirmed"),
            ),
            models.CheckConstraint(
                condition=Q(until_day__gt=F("from_day")), name="an_income_sheet_ends_after_it_begins"
            ),
            models.CheckConstraint(
                name="a_confirmed_income_sheet_has_results",
                condition=~Q(state__in=_COUNTED)
                | Q(members__gte=1, confirmed_on__isnull=False, confirmed_by__isnull=False,
                    net_income__isnull=False, net_per_head__isnull=False,
                    reference_income__isnull=False, reference_per_head__isnull=False),
            ),
            models.CheckConstraint(
                name="a_corrected_income_sheet_says_why", condition=Q(number=1) | ~Q(reason="")
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["until_day", "from_day", "case"], name="income_sheets_of_a_period",
                                condition=Q(state="confirmed"))]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_day} – {self.until_day} ({self.number})"

    @property
    def area_code(self) -> str:
        """Significant code of the village."""
        return str(self.case.area_id)

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return self.case.recusal_keys()

    @property
    def goes_with(self) -> Case:
        """A case that is lent lends its sheets."""
        return self.case

    @property
    def is_below(self) -> bool:
        """Whether the reference income per head lies below the line of the period's last day."""
        return (
            self.line is not None
            and self.reference_per_head is not None
            and self.reference_per_head < self.line
        )


class IncomeLine(models.Model):
    """One item of a sheet: its amount in yuan, where it comes from, and who stands for it since which day.

    `fed_amount` is what departments' lists came to when somebody stood for the line (None: no list knows the item),
    and `fed` where that comes from: dataset, amount, months as YYYY-MM, rows.
    """

    class Source(models.TextChoices):
        """Where an amount comes from."""

        TYPED = "typed", pgettext_lazy("income", "typed by the helper")
        FED = "fed", pgettext_lazy("income", "from a department's list")
        CARRIED = "carried", pgettext_lazy("income", "carried over from a visit or the register")

    sheet = models.ForeignKey(IncomeSheet, models.CASCADE, related_name="lines")
    code = models.CharField(pgettext_lazy("income", "item"), max_length=4)
    amount = models.DecimalField(pgettext_lazy("income", "amount (yuan)"), max_digits=12, decimal_places=2)
    source = models.CharField(pgettext_lazy("income", "source"), max_length=10, choices=Source.choices)
    fed_amount = models.DecimalField(
        pgettext_lazy("income", "amount of the lists (yuan)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    fed = models.JSONField(pgettext_lazy("income", "lists and months"), default=list, blank=True)
    carried_on = models.DateField(pgettext_lazy("income", "as of"), null=True, blank=True)
    note = models.CharField(pgettext_lazy("income", "note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("income", "stated by"),
    )
    on = models.DateField(pgettext_lazy("income", "stated on"))

    objects = IncomeLineQuerySet.as_manager()

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code"], name="an_item_stands_once_in_an_income_sheet"),
            models.CheckConstraint(condition=Q(amount__gte=Decimal(0)), name="an_amount_of_an_item_is_not_negative"),
            models.CheckConstraint(
                name="an_amount_other_than_the_lists_says_why",
                condition=Q(fed_amount__isnull=True) | Q(amount=F("fed_amount")) | ~Q(note=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.code}"


class IncomeChange(models.Model):
    """What departments' lists say of an item now, other than when the sheet was confirmed: told, never written over.

    Open until somebody keeps the amount with a note, a later version takes the new one up, or the lists say again
    what they said.
    """

    class Answer(models.TextChoices):
        """How a change was answered."""

        KEPT = "kept", pgettext_lazy("income", "the amount of the sheet is right")
        TAKEN = "taken", pgettext_lazy("income", "a later version looked at it")
        GONE = "gone", pgettext_lazy("income", "the lists say again what they said")

    sheet = models.ForeignKey(IncomeSheet, models.PROTECT, related_name="changes")
    code = models.CharField(pgettext_lazy("income", "item"), max_length=4)
    before = models.DecimalField(
        pgettext_lazy("income", "amount of the lists before"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    amount = models.DecimalField(
        pgettext_lazy("income", "amount of the lists now"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    fed = models.JSONField(pgettext_lazy("income", "lists and months"), default=list, blank=True)
    found_on = models.DateField(pgettext_lazy("income", "found on"))
    answer = models.CharField(
        pgettext_lazy("income", "answer"), max_length=10, choices=Answer.choices, blank=True
    )
    note = models.CharField(pgettext_lazy("income", "note"), max_length=200, blank=True)
    answered_on = models.DateField(pgettext_lazy("income", "answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("income", "answered by"),
    )  # fmt: skip

    objects = IncomeChangeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code"], name="one_change_of_an_item_waits", condition=Q(answer="")
            ),
            models.CheckConstraint(
                name="a_change_of_an_item_is_answered_on_a_day",
                condition=Q(answer="", answered_on__isnull=True) | ~Q(answer="") & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_kept_amount_says_why_and_who",
                condition=~Q(answer="kept") | ~Q(note="") & Q(answered_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.code}"

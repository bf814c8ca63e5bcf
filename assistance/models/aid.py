"""Aid that landed at a household (帮扶落实记录): what was given, when, by whom, and that the household says so."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.aid.lifecycle import AID
from assistance.catalogue.book import called
from assistance.models.cases import Case
from assistance.models.measures import Measure
from assistance.querysets_of_aid import AidRecordQuerySet
from foundation.accounts.models import Department
from foundation.workflow.models import Stateful
from households.models import Resident
from monitoring.models import Delivery


class AidRecord(Stateful):
    """One aid: given once on `landed_on`, or every month from that day's month until `until_month` or `stopped_month`.

    Both last months are first days of a month and included; empty: it runs on. `amount` is yuan, once or for each
    month; a service has words instead. `code`, `kind` and `name` repeat the catalogue as it was. Who pays is a
    department, an office in words (`payer`), or, where both are empty, the township office. `feed` and what belongs to
    it name the row of a delivery that the record was taken over from.
    """

    class Per(models.TextChoices):
        """How often it is given."""

        ONCE = "once", pgettext_lazy("aid", "once")
        MONTH = "month", pgettext_lazy("aid", "every month")

    class How(models.TextChoices):
        """How the household acknowledged it."""

        SIGNED = "signed", pgettext_lazy("aid", "signature")
        CODE = "code", pgettext_lazy("aid", "code of the household")
        PHONE = "phone", pgettext_lazy("aid", "told by telephone")

    lifecycle = AID

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="aid_records", verbose_name=pgettext_lazy("case", "case")
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="aid_records",
        verbose_name=pgettext_lazy("measure", "measure"),
    )  # fmt: skip
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="aid_records",
        verbose_name=pgettext_lazy("measure", "for"),
    )  # fmt: skip
    code = models.CharField(pgettext_lazy("measure", "code"), max_length=30)
    kind = models.CharField(pgettext_lazy("measure", "kind"), max_length=10)
    name = models.CharField(pgettext_lazy("aid", "aid"), max_length=60)
    per = models.CharField(pgettext_lazy("aid", "how often"), max_length=5, choices=Per.choices)
    landed_on = models.DateField(pgettext_lazy("aid", "landed on"))
    until_month = models.DateField(pgettext_lazy("aid", "last month"), null=True, blank=True)
    stopped_month = models.DateField(pgettext_lazy("aid", "stopped after month"), null=True, blank=True)
    amount = models.DecimalField(
        pgettext_lazy("measure", "amount (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    service = models.CharField(pgettext_lazy("aid", "service"), max_length=120, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("aid", "paying department"),
    )  # fmt: skip
    payer = models.CharField(pgettext_lazy("aid", "other payer"), max_length=60, blank=True)
    note = models.CharField(pgettext_lazy("aid", "source"), max_length=200, blank=True)
    feed = models.CharField(pgettext_lazy("aid", "taken over from"), max_length=30, blank=True)
    feed_delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("aid", "delivery"),
    )  # fmt: skip
    feed_row = models.UUIDField(pgettext_lazy("aid", "row of the delivery"), null=True, blank=True)
    recorded_on = models.DateField(pgettext_lazy("aid", "recorded on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("aid", "recorded by"),
    )  # fmt: skip
    #: When it was last written to, so that the night delivers anew what changed (measures_delivered).
    touched_on = models.DateField(pgettext_lazy("aid", "changed on"))
    acknowledged_how = models.CharField(
        pgettext_lazy("aid", "acknowledged by way of"), max_length=6, choices=How.choices, blank=True
    )
    acknowledged_on = models.DateField(pgettext_lazy("aid", "acknowledged on"), null=True, blank=True)
    acknowledged_by = models.CharField(pgettext_lazy("aid", "acknowledged by"), max_length=60, blank=True)

    objects = AidRecordQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("aid", "aid record")
        verbose_name_plural = pgettext_lazy("aid", "aid records")
        ordering = ["-landed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_aid_is_an_amount_or_a_service",
                condition=Q(amount__isnull=False, amount__gt=0, service="")
                | Q(amount__isnull=True) & ~Q(service=""),
            ),
            models.CheckConstraint(
                name="an_aid_of_one_day_has_no_last_month",
                condition=Q(per="month") | Q(until_month__isnull=True, stopped_month__isnull=True),
            ),
            models.CheckConstraint(
                name="an_acknowledged_aid_says_how_when_and_by_whom",
                condition=Q(acknowledged_how="", acknowledged_on__isnull=True, acknowledged_by="")
                | ~Q(acknowledged_how="") & Q(acknowledged_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_aid_has_one_payer", condition=Q(payer="") | Q(department__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["case", "code", "resident", "per", "landed_on", "amount", "service"],
                name="an_aid_is_recorded_once",
                condition=Q(state="recorded"),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["-landed_on", "-id"], name="aid_by_day"),
            models.Index(fields=["touched_on"], name="aid_by_change"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """What it is called in the reader's language."""
        return called(self.code, self.name)

    @property
    def last_month(self) -> datetime.date | None:
        """First day of the last month for which it is given; None: it was given once, or runs on."""
        return min((day for day in (self.until_month, self.stopped_month) if day), default=None)

    @property
    def area_code(self) -> str:
        """Significant code of the village."""
        return str(self.case.area_id)

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return self.case.recusal_keys()

    @property
    def goes_with(self) -> Case:
        """A case that is lent lends its aid records."""
        return self.case

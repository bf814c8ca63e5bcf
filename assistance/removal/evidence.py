"""What the guards of a removal read of a case: its check, the incomes that were collected, what is still open."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from alerts.models import Alert
from assistance.models import BasisChange, Case, CaseMember, CaseRisk, ImportedDay, MeasureStatement, Removal
from foundation.accounts.composition import parts
from households.income.listing import line_on
from households.models import Income, Resident, Signature, Visit
from households.visits.book import declared_of
from households.visits.calculating import calculator

#: The questionnaire of the house check that a removal starts with (F12).
QUESTIONNAIRE = "removal_check"
#: Codes of labour_abilities that count as able to work.
_ABLE = frozenset({"1", "2", "3"})
#: Composition: callables cases → by key of the case (name, day) of the measures that were delivered.
DELIVERED = "DELIVERED_MEASURES"


@dataclass(frozen=True, slots=True)
class Collected:
    """An income as it was collected on a day: yuan per head and year."""

    day: datetime.date
    net: Decimal


class Evidence:
    """All that is known of one case on a day; each part is read when a guard first asks for it.

    `removal` is the one that is judged, if it is proposed already: its own check counts then, unless a newer one is
    asked for or there. `way` is the way of removal that is asked about; empty where no guard depends on it.
    """

    def __init__(self, case: Case, on: datetime.date, removal: Removal | None = None, way: str = "") -> None:
        """Take the case with its household; nothing is read yet."""
        self.case, self.on, self.removal, self.way = case, on, removal, way

    @cached_property
    def present(self) -> list[Resident]:
        """The members whom the register has in the household now."""
        return list(Resident.objects.present().filter(household=self.case.household_id))

    @cached_property
    def check(self) -> Visit | None:
        """The newest house check for the removal since the identification."""
        rows = self._visits.filter(questionnaire__code=QUESTIONNAIRE)
        return rows.order_by("-happened_on", "-pk").first()

    @cached_property
    def unsigned(self) -> int:
        """How many signatures of the check are still owed or were refused; −1 where nobody is asked for one."""
        if self.check is None:
            return -1
        states = list(
            Signature.objects.of(self.check).exclude(state="dropped").values_list("state", flat=True)
        )
        return sum(state != "signed" for state in states) if states else -1

    @cached_property
    def is_of_others(self) -> bool:
        """Whether the check saw other members than the household has now: somebody came or went since its day.

        What happened on the day of the check itself, or was told late, is asked of township and county (`changes`).
        """
        if self.check is None:
            return False
        then = Resident.objects.present(self.check.happened_on).filter(household=self.case.household_id)
        return {row.pk for row in self.present} != set(then.values_list("pk", flat=True))

    @cached_property
    def identified_on(self) -> datetime.date:
        """Since when the household is monitored: the first day of the month where only that is known."""
        if self._put_in is not None:
            return self._put_in
        standing = self.case.standing
        first = standing.from_day if standing is not None else None
        return first or self.case.decided_on or self.case.opened_on

    @cached_property
    def by_month(self) -> bool:
        """Whether only the month of the identification is known, because an old register told it.

        Its months are kept as their first days. The county may put the day in (assistance.imported.dating), also a
        first; another day stands in the register because somebody corrected it there.
        """
        is_old = self.case.origin == Case.Origin.IMPORT
        return is_old and self._put_in is None and self.identified_on.day == 1

    @cached_property
    def _put_in(self) -> datetime.date | None:
        """The exact day that the county put in for an imported identification."""
        if self.case.origin != Case.Origin.IMPORT:
            return None
        return ImportedDay.objects.holding().filter(case=self.case).values_list("day", flat=True).first()

    @cached_property
    def line(self) -> Decimal | None:
        """The monitoring line of the day of the decision, not of the day on which the chain began."""
        return line_on(self.case.area_id, self.on)

    @cached_property
    def incomes(self) -> list[Collected]:
        """Every income that was collected up to the day, the newest first; one of a day."""
        found = {
            row.until_day: row.net_per_head
            for row in Income.objects.filter(household=self.case.household_id, until_day__lte=self.on)
        }
        every = Visit.objects.filter(
            household=self.case.household_id,
            state="recorded",
            outcome=Visit.Outcome.MET,
            happened_on__lte=self.on,
        )
        for visit in every.select_related("questionnaire").order_by("happened_on", "pk"):
            if (net := self._net_of(visit)) is not None:
                found[visit.happened_on] = net
        return [Collected(day, found[day]) for day in sorted(found, reverse=True)]

    @cached_property
    def open_risks(self) -> int:
        """How many new signals on the case nobody has judged yet."""
        return CaseRisk.objects.unanswered().filter(case=self.case).count()

    @cached_property
    def changes(self) -> int:
        """How many changed facts of the case, members who came or went among them, wait for an answer."""
        return BasisChange.objects.unanswered().filter(case=self.case).count()

    @cached_property
    def warnings(self) -> int:
        """How many warnings of the household are open."""
        return Alert.objects.open().filter(household=self.case.household_id).count()

    @cached_property
    def delivered(self) -> list[tuple[str, datetime.date]]:
        """The measures that are recorded as delivered, by the parts that keep such records."""
        found = [each for part in parts(DELIVERED) for each in part([self.case]).get(self.case.pk, ())]
        return sorted((each for each in found if each[1] <= self.on), key=lambda each: (each[1], each[0]))

    @cached_property
    def stated(self) -> Sequence[MeasureStatement]:
        """The measures that the township states and nobody struck, where no record of them is kept here."""
        return list(MeasureStatement.objects.standing().filter(case=self.case, delivered_on__lte=self.on))

    @cached_property
    def able(self) -> int | None:
        """How many members are able to work: as the check says, else as the register does; None where nobody knows."""
        said = self.check.answers.get("able_to_work") if self.check else None
        if isinstance(said, int):
            return said
        counted = CaseMember.objects.filter(case=self.case, left_on__isnull=True, resident__in=self.present)
        labour = list(counted.values_list("resident__labour", flat=True))
        return sum(each in _ABLE for each in labour) if labour and all(labour) else None

    @property
    def _visits(self) -> QuerySet[Visit]:
        return Visit.objects.filter(
            household=self.case.household_id,
            state="recorded",
            outcome=Visit.Outcome.MET,
            happened_on__range=(self.identified_on, self.on),
        )

    def _net_of(self, visit: Visit) -> Decimal | None:
        said = dict(visit.answers)
        counted = calculator(
            declared_of(visit.questionnaire), said.get, area=self.case.area_id, on=visit.happened_on
        )
        return None if counted is None or counted.incomplete else counted.worked.net_per_head.amount

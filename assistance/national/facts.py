"""What the columns of the national system are read from: a household with its people, its income and its case."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from assistance.lifecycle import RUNNING
from assistance.models import Case, Conclusion, Removal
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.regulations.lookup import book
from households.identity import showing
from households.models import Household, Identity, Income, Resident, Standing
from households.models.households import HEAD
from households.monitored.summary import cases
from households.words import Words

_AT_ONCE = 500
_UNSAFE = ("C", "D")
_WHERE = {"rural": "农村", "urban": "城市"}


@dataclass(slots=True)
class HouseholdFacts:
    """One monitored household; `numbers` are what may be shown of its numbers, by subject."""

    standing: Standing
    household: Household
    people: list[Resident]
    words: Words
    income: Income | None = None
    case: Case | None = None
    held: Conclusion | None = None
    lifted_out: bool = False
    removal: Removal | None = None
    numbers: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def head(self) -> Resident | None:
        """The head, or None where nobody is."""
        return next((each for each in self.people if each.relation == HEAD), None)

    @property
    def removed(self) -> bool:
        """Whether the risk was removed."""
        standing: Any = self.standing  # annotated by households.monitored.summary
        return bool(standing.removed)

    @property
    def category(self) -> str:
        """The category in the words of the area."""
        return self.words.standing(self.standing.kind, self.household.area_id)

    @property
    def removal_way(self) -> str:
        """How the risk was removed, in words; empty while it is not."""
        return self.words.word("removal_way", self.standing.removal_way, self.household.area_id)

    @property
    def no_labour(self) -> bool | None:
        """Whether nobody can work, as the case says; None where no case says it."""
        return self.case.no_labour if self.case else None

    @property
    def phone(self) -> str:
        """The telephone, as much as may be shown of it."""
        return self.numbers.get(self.household.phone_id, "") if self.household.phone_id else ""

    @property
    def contact(self) -> str:
        """Who stays in touch: the helper, after a removal whoever was named then."""
        return self.removal.contact_name if self.removal and self.removed else self.standing.helper

    @property
    def contact_phone(self) -> str:
        """The telephone of who stays in touch after a removal."""
        return self.removal.contact_phone if self.removal and self.removed else ""

    def after_removal(self, question: str) -> bool | None:
        """Return whether a guarantee lacks after the removal, as its check says; None where nothing is known."""
        visit = self.removal.visit if self.removal and self.removed else None
        answer = visit.answers.get(question) if visit is not None else None
        return None if answer not in ("yes", "no") else answer == "no"

    @property
    def house_unsafe(self) -> bool | None:
        """Whether the dwelling is unsafe: as seen at the door, else as the register says."""
        seen, grade = self._seen("house_safe"), self.household.house_grade
        return seen if seen is not None else (grade in _UNSAFE if grade else None)

    @property
    def water_unsafe(self) -> bool | None:
        """Whether the water is unsafe: as seen at the door, else as the register says."""
        seen, safe = self._seen("water_safe"), self.household.water_safe
        return seen if seen is not None else (None if safe is None else not safe)

    @property
    def uninsured(self) -> bool | None:
        """Whether somebody is without medical insurance: as the register says of each, else as was said at the door."""
        stated = [each.insured for each in self.people]
        if False in stated:
            return True
        return False if stated and None not in stated else self._seen("all_insured")

    @property
    def dropout(self) -> bool | None:
        """Whether a child of compulsory school age is not at school, as was said at the door."""
        return self._seen("all_at_school")

    def risk(self, place: int) -> str:
        """Return the risk at a place from 1 on, in words."""
        codes = self.standing.risk_types
        return (
            self.words.word("risk_types", codes[place - 1], self.household.area_id)
            if place <= len(codes)
            else ""
        )

    @property
    def disaster_kind(self) -> str:
        """Return the sub-item of a natural disaster, in words; empty where no conclusion names one."""
        code = self.held.disaster_kind if self.held else ""
        if not code or self.held is None:
            return code
        items = book().resolve("disaster_kinds", self.household.area_id, self.held.day).items
        return next((item["zh"] for item in items if item["code"] == code), code)

    @property
    def other_risk(self) -> str:
        """Return the remark to the risk "other"; empty where no conclusion has one."""
        return self.held.other_risk if self.held else ""

    def of_income(self, letter: str) -> str:
        """Return the sum of the items of a letter (A to G) in yuan; empty where no income is known."""
        if self.income is None:
            return ""
        parts = (Decimal(amount) for code, amount in self.income.parts.items() if code.startswith(letter))
        return str(sum(parts, Decimal("0.00")))

    def result(self, name: str) -> str:
        """Return one of the four results of the income; empty where none is known."""
        return "" if self.income is None else str(getattr(self.income, name))

    def number(self, person: Resident | None) -> str:
        """Return the ID number of a person, as much as may be shown of it."""
        return self.numbers.get(person.identity_id, "") if person and person.identity_id else ""

    def persons(self) -> Iterator["PersonFacts"]:
        """Yield its people, the head first."""
        yield from (PersonFacts(self, each) for each in self.people)

    def _seen(self, question: str) -> bool | None:
        """Return whether a guarantee was seen to be missing at the door; None where nobody was asked."""
        answers: dict[str, Any] = self.case.visit.answers if self.case and self.case.visit else {}
        return {"yes": False, "no": True}.get(str(answers.get(question, "")))


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One member of a monitored household."""

    of: HouseholdFacts
    person: Resident

    def word(self, name: str) -> str:
        """Return a field in the words of the area."""
        return self.of.words.word(name, getattr(self.person, name), self.of.household.area_id)

    def aid(self, name: str, called: str) -> str:
        """Return whether the person is in dibao or tekun, as the national system writes it; empty where not stated."""
        stated = getattr(self.person, name)
        return "未享受" if stated == "none" else f"{_WHERE[stated]}{called}" if stated else ""


def monitored(user: User, area: str, households: Collection[int] | None = None) -> QuerySet[Standing]:
    """Return the newest standing as a monitored object of every household under `area` that `user` may see."""
    rows = cases(user, area, clock.today())
    return rows if households is None else rows.filter(household__in=households)


def facts_of(standings: QuerySet[Standing]) -> Iterator[HouseholdFacts]:
    """Yield the facts of standings in the order of the household number; a few queries for every few hundred."""
    words = Words()
    present = Resident.objects.present().select_related("identity").order_by("relation", "born_on", "pk")
    rows = (
        standings.select_related("household__area", "household__phone")
        .prefetch_related(Prefetch("household__residents", present, to_attr="people"))
        .order_by("household__code", "pk")
    )
    batch: list[Standing] = []
    for row in rows.iterator(chunk_size=_AT_ONCE):
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield from _told(batch, words)
            batch = []
    yield from _told(batch, words)


def _told(batch: list[Standing], words: Words) -> Iterator[HouseholdFacts]:
    keys = [row.household_id for row in batch]
    incomes = {
        row.household_id: row for row in Income.objects.filter(household__in=keys).order_by("until_day", "pk")
    }
    told = (
        Case.objects.filter(household__in=keys, state__in=(*RUNNING, "removed", "ended"))
        .select_related("visit")
        .order_by("pk")
    )
    running = {row.household_id: row for row in told}
    held = {row.case.household_id: row for row in _conclusions(running.values())}
    lifted = set(
        Standing.objects.filter(household__in=keys, kind=Standing.Kind.LIFTED_OUT).values_list(
            "household", flat=True
        )
    )
    marked = Removal.objects.marked().filter(case__standing__in=batch).select_related("visit", "case")
    leaving = {row.case.standing_id: row for row in marked.order_by("pk")}
    for row in batch:
        people: list[Resident] = row.household.people  # type: ignore[attr-defined]
        yield HouseholdFacts(
            standing=row,
            household=row.household,
            people=people,
            words=words,
            income=incomes.get(row.household_id),
            case=running.get(row.household_id),
            held=held.get(row.household_id),
            lifted_out=row.household_id in lifted,
            removal=leaving.get(row.pk),
            numbers=showing.masked(_identities(row.household, people)),
        )


def _conclusions(cases: Iterable[Case]) -> Iterable[Conclusion]:
    rows = Conclusion.objects.holding().filter(case__in=[case.pk for case in cases])
    return rows.select_related("case").order_by("pk")


def _identities(household: Household, people: list[Resident]) -> list[Identity]:
    found = [each.identity for each in people if each.identity is not None]
    return [*found, household.phone] if household.phone is not None else found

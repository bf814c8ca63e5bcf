"""What the page of one household shows whoever reads it, and what a reader may do there."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from households import facts
from households.facts import Fact, Member, SourceLine
from households.identity import showing
from households.models import Household, Identity, Resident
from households.models.households import HEAD
from households.sources import Row, Source, source_of
from households.standing_line import Period, badges, periods
from households.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """A household in words."""

    household: Household
    place: dict[str, Fact]
    housing: dict[str, Fact]
    phone: str
    phone_source: Source
    members: list[Member]
    former: list[Member]
    badges: list[Badge]
    periods: list[Period]
    sources: list[SourceLine]

    @property
    def head(self) -> Member | None:
        """The head, or None where nobody is."""
        return next((each for each in self.members if each.resident.relation == HEAD), None)

    @property
    def title(self) -> str:
        """Whose household it is."""
        return (
            _("Household of %(name)s") % {"name": self.head.resident.shown_name}
            if self.head
            else _("Household")
        )


@dataclass(frozen=True, slots=True)
class May:
    """What a reader may do here; `rule` is the sentence that forbids it (own or kin's household)."""

    correct: bool
    reveal: bool
    erase: bool
    see_who_looked: bool
    read_record: bool
    rule: str


def may(household: Household, user: User) -> May:
    """Return what `user` may do with a household; one query."""
    area = household.area_id
    rule = recused(user, household.recusal_keys) or ""
    edits = user.holds(Right.EDIT_HOUSEHOLDS, area)
    return May(
        correct=edits and not rule,
        reveal=user.holds(Right.REVEAL_NUMBERS, area, of=household) and not rule,
        erase=user.holds(Right.ERASE_PEOPLE, area) and not rule,
        see_who_looked=edits,
        read_record=user.holds(Right.VIEW_LEDGER, area),
        rule=rule,
    )


def page_of(household: Household) -> Page:
    """Gather the page of a household that was found through its scoped door; five queries."""
    words, area = Words(), household.area_id
    residents = list(household.residents.select_related("identity").order_by("relation", "born_on", "pk"))
    numbers = showing.masked(_identities(household, residents))
    people = [facts.member(each, numbers, words) for each in residents]
    line = periods(household, words)
    rows: list[tuple[str, Row]] = [(_("Household"), household)]
    rows += [(each.resident.shown_name, each.resident) for each in people if each.is_here]
    return Page(
        household=household,
        place=facts.facts(household, facts.PLACE, words),
        housing=facts.facts(household, facts.HOUSING, words),
        phone=numbers.get(household.phone_id, "") if household.phone_id else "",
        phone_source=source_of(household, "phone"),
        members=[each for each in people if each.is_here],
        former=[each for each in people if not each.is_here],
        badges=badges((period.standing for period in line if period.in_force), words, area),
        periods=line,
        sources=facts.source_lines(rows),
    )


def _identities(household: Household, residents: list[Resident]) -> list[Identity]:
    numbers = [each.identity for each in residents if each.identity is not None]
    return [*numbers, household.phone] if household.phone is not None else numbers

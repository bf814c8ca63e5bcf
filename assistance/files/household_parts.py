"""What the register knows of a household, as parts of its file: facts and members, income, visits, authorisations."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from assistance.files.attached import Bound, attached
from assistance.files.parts import Lack, Paper
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.punctuation import bracketed
from foundation.desk.watermark import watermark
from foundation.files import pdf
from households.authorisations import printing
from households.authorisations.lifecycle import UNSIGNED
from households.facts import Member
from households.income.listing import line_on
from households.models import Authorisation, Income, Visit
from households.openings import record_opening
from households.page import Page, page_of
from households.visits import paper
from households.visits.book import declared_of
from households.visits.photos import PHOTOS


class HouseholdFacts:
    """The household as the register has it today: place, dwelling, members, standings."""

    order, right, label = 10, Right.VIEW_HOUSEHOLDS, gettext_lazy("The household and its members")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return one sheet."""
        page = page_of(case.household)
        record_opening(case.household, by=user, through="case_file")
        made = pdf.Sheet(
            title=str(self.label),
            watermark=watermark(user, case.area.name),
            facts=_facts(page),
            grids=[
                _members(_("Members"), page.members),
                _members(_("Former members"), page.former),
                _line(page),
            ],
        )
        yield Paper(str(self.label), pdf.sheet(made))

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: what the register lacks is on the lists of doubts."""
        return ()


class IncomePart:
    """The income of a household, period by period, against the line of its last day."""

    order, right, label = 15, Right.VIEW_HOUSEHOLDS, gettext_lazy("Income")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return one sheet; none where no income was ever worked out."""
        incomes = list(Income.objects.filter(household=case.household).order_by("-until_day", "-pk"))
        if not incomes:
            return
        columns = (
            _("Period"),
            _("Net income per head"),
            _("Reference income per head"),
            _("Monitoring line"),
        )
        made = pdf.Sheet(
            title=str(self.label),
            watermark=watermark(user, case.area.name),
            facts=[(_("Household number"), case.household.code)],
            grids=[pdf.Grid(_("Yuan a year"), columns, [_income(case, each) for each in incomes])],
        )
        yield Paper(str(self.label), pdf.sheet(made))

    def lacking(self, case: Case, user: User) -> Iterator[Lack]:
        """Say that no income is known."""
        if not Income.objects.filter(household=case.household).exists():
            yield Lack(str(self.label), _("No income was worked out for this household."))


class VisitsPart:
    """Every visit that counts since the first clue, the one that the case rests on among them, with its photos."""

    order, right, label = 30, Right.VIEW_HOUSEHOLDS, gettext_lazy("Visits to the household")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return sheet and photos of each visit, the earliest first."""
        for visit in _visits(case):
            title = f"{declared_of(visit.questionnaire).paper} {visit.happened_on}"
            yield Paper(title, b"".join(paper.sheet_of(visit, by=user).pieces), visit.happened_on)
            title = _("Photos of the visit")
            yield from attached(visit, PHOTOS, user, Bound(title, visit.happened_on))

    def lacking(self, case: Case, user: User) -> Iterator[Lack]:
        """Say that nobody was there, or that a case rests on no check."""
        if case.visit_id is None:
            yield Lack(_("Doorstep check"), _("The case rests on no check at the door."))


class AuthorisationsPart:
    """What the household signed: every authorisation that was not cancelled."""

    order, right, label = 40, Right.VIEW_HOUSEHOLDS, gettext_lazy("Authorisations")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return each document with its signatures; one that all have signed proves the authorisation."""
        rows = Authorisation.objects.filter(household=case.household).exclude(state="cancelled")
        for row in rows.select_related("household__area").order_by("pk"):
            proves = ("authorisation",) if row.state not in UNSIGNED else ()
            content = b"".join(printing.printed(row, by=user).pieces)
            yield Paper(f"{row}{bracketed(row.state_label)}", content, row.valid_from, proves)

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: the chain asks for it."""
        return ()


def _visits(case: Case) -> Iterable[Visit]:
    rows = Visit.objects.filter(household=case.household).counting().select_related("household", "area")
    wanted = rows.filter(happened_on__gte=case.first_clue_on)
    if case.visit_id is not None:
        wanted = wanted | rows.filter(pk=case.visit_id)
    found: Iterable[Visit] = wanted.select_related("questionnaire").order_by("happened_on", "pk")
    return found


def _facts(page: Page) -> list[tuple[str, str]]:
    household = page.household
    facts = [(_("Household number"), household.code), (_("Village"), household.area.name)]
    facts += [(str(each.label), each.text) for each in (*page.place.values(), *page.housing.values())]
    return [(label, words) for label, words in [*facts, (_("Telephone"), page.phone)] if words]


def _members(heading: str, members: list[Member]) -> pdf.Grid:
    columns = (
        _("Name"),
        _("Relation"),
        _("Sex"),
        _("Age"),
        _("ID number"),
        _("Health"),
        _("Ability to work"),
    )
    rows = [
        (
            each.resident.shown_name,
            each.relation,
            each.sex,
            "" if each.age is None else str(each.age),
            each.number,
            each.facts["health"].text,
            each.facts["labour"].text,
        )
        for each in members
    ]
    return pdf.Grid(heading, columns, rows, pgettext("case file", "none"), widths=(4, 4, 2, 2, 8, 5, 5))


def _line(page: Page) -> pdf.Grid:
    columns = (_("Standing"), _("From"), _("Until"))
    rows: list[Any] = [
        (each.name, str(each.standing.from_day or ""), str(each.standing.until_day or ""))
        for each in page.periods
    ]
    return pdf.Grid(_("Standings"), columns, rows, pgettext("case file", "none"))


def _income(case: Case, income: Income) -> tuple[str, str, str, str]:
    line = line_on(case.household.area_id, income.until_day)
    return (
        f"{income.from_day} – {income.until_day}",
        f"{income.net_per_head:,}",
        f"{income.reference_per_head:,}",
        "" if line is None else f"{line:,}",
    )


HOUSEHOLD, INCOME, VISITS, AUTHORISATIONS = HouseholdFacts(), IncomePart(), VisitsPart(), AuthorisationsPart()

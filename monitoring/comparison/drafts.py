"""Drafts that a trial looks at: a standard that nobody has declared, a line that nobody has set."""

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.regulations import lookup
from foundation.regulations.book import Book
from foundation.regulations.contents import FileError
from foundation.regulations.files import read_folder
from foundation.regulations.local_values import draft_of
from foundation.regulations.models import LocalValue, Subject, Value
from foundation.regulations.models.values import Kind, Origin
from foundation.regulations.sources import SourceKind
from foundation.regulations.units import Comparator, Unit
from monitoring.contracts.book import contracts
from monitoring.models import Trial
from monitoring.screening.book import standards
from monitoring.screening.checks import check_contracts, check_lines, check_units
from monitoring.screening.files import read_declaration
from monitoring.screening.standard import Standard

#: A draft is looked at as if it had always held.
ALWAYS = datetime.date(2000, 1, 1)
#: A declaration of a standard is a page of text.
LONGEST = 20_000


def drafted_standard(code: str, declaration: str) -> Standard:
    """Return the standard that a declaration describes, checked as a shipped one is; refused with what is wrong."""
    raw = declaration.encode()
    if len(raw) > LONGEST:
        raise Refused(_("This is longer than the declaration of a standard may be."), field="declaration")
    try:
        standard = read_declaration(code, raw)
        known = {code: standard}
        check_contracts(known, contracts())
        values = read_folder()
        check_lines(known, values)
        check_units(known, contracts(), values)
    except FileError as wrong:
        field = "standard" if wrong.key == "file name" else "declaration"
        raise Refused(
            _("The declaration does not obey the form: %(why)s") % {"why": wrong}, field=field
        ) from wrong
    return standard


def standard_of(trial: Trial) -> Standard:
    """Return the standard that a trial puts to the data; refused where it is declared no longer."""
    if trial.declaration:
        return drafted_standard(trial.standard, trial.declaration)
    return _declared(trial)


def standard_shown(trial: Trial) -> Standard | None:
    """Return the same for pages, which do not check again; None where it is to be read no longer."""
    try:
        if trial.declaration:
            return read_declaration(trial.standard, trial.declaration.encode())
        return _declared(trial)
    except (FileError, Refused):
        return None


def _declared(trial: Trial) -> Standard:
    if trial.standard not in standards():
        raise Refused(_("There is no standard of this code."), field="standard")
    return standards()[trial.standard]


def drafted_book(trial: Trial, standard: Standard) -> Book:
    """Return the law with the drafted line in it, where the trial has one."""
    known = lookup.book()
    line = line_of(trial, standard)
    return known if line is None else _with(known, line)


def line_of(trial: Trial, standard: Standard) -> Value | None:
    """Return the drafted line of a trial as a value that nobody has set; refused where it does not fit the standard."""
    subject = lookup.book().subjects[standard.line]
    if trial.proposal is not None:
        return _proposed(trial.proposal, standard)
    if trial.amount is None:
        return None
    return _by_hand(trial, subject, trial.amount)


def _proposed(proposal: LocalValue, standard: Standard) -> Value:
    if proposal.subject_id != standard.line:
        raise Refused(
            _("This proposal is of a value that is not the line of this standard."), field="standard"
        )
    value = draft_of(proposal).as_value()
    value.from_day = ALWAYS
    return value


def _by_hand(trial: Trial, subject: Subject, amount: Decimal) -> Value:
    unit = Unit(subject.units[0])
    if trial.population and trial.population not in subject.classes:
        raise Refused(_("This line does not tell these classes apart."), field="population")
    if unit is Unit.YES_NO and amount not in (0, 1):
        raise Refused(_("This line is a yes or a no: enter 1 or 0."), field="amount")
    if amount < 0 or (unit is Unit.SHARE and amount > 1):
        raise Refused(_("A share lies between 0 and 1, any other line is zero or more."), field="amount")
    return Value(
        subject=subject,
        area=trial.area_id,
        origin=Origin.LOCAL,
        population=trial.population,
        from_day=ALWAYS,
        kind=Kind.YES_NO if unit is Unit.YES_NO else Kind.AMOUNT,
        unit=unit.value,
        amount=amount,
        comparator=(trial.comparator or Comparator.AT_LEAST.value) if subject.compared else "",
        source_kind=SourceKind.PROPOSAL,
    )


def _with(known: Book, line: Value) -> Book:
    """Return a book in which `line` stands instead of every value that its area has set for the same people."""
    rows = (
        row
        for row in known.values()
        if not (
            row.subject_id == line.subject_id
            and row.area == line.area
            and row.origin == Origin.LOCAL
            and (not line.population or row.population == line.population)
        )
    )
    return Book(known.subjects.values(), [*rows, line])

"""Hold the archive against standards: the rows of departments, the register, the lines, and who is over them.

    judge_household(household, day)             why there is or is not a warning: every subject, over the line or not
    judge_area("999901", day, standards=[...])  who is over the line under an area; also of a draft that nobody declared

Nothing is written. A run does the same part by part (monitoring.comparison.job_kind).
"""

import datetime
import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.files.stores import Missing
from foundation.regulations import lookup
from foundation.regulations.book import Book
from foundation.tables.duck import Tables, TablesFault
from households.models import Household
from monitoring.comparison import register, snapshot
from monitoring.comparison.answers import Answer, Judged, Row
from monitoring.comparison.asked import Asked
from monitoring.comparison.judging import Judge
from monitoring.comparison.lines import Lines
from monitoring.comparison.rows import deaths
from monitoring.intake.archive_store import Altered
from monitoring.models import Dataset
from monitoring.screening.book import standards as declared
from monitoring.screening.standard import Standard

__all__ = ["Answer", "Judged", "Row", "evaluate", "evaluated_in", "judge_area", "judge_household"]

log = logging.getLogger(__name__)
_COUNTY = CODE_LENGTHS[2]
_UNREADABLE = (TablesFault, Missing, Altered, Dataset.DoesNotExist, NotImplementedError, KeyError)


def judge_household(
    household: Household,
    on: datetime.date,
    *,
    standards: Collection[str] = (),
    known_at: datetime.datetime | None = None,
) -> list[Judged]:
    """Return what every standard says of a household on a day: each subject that has a row, over the line or not.

    Silent standards are left out, and those that cannot be evaluated. Without `standards`, those evaluated there.
    """
    book = lookup.book()
    area = household.area_id
    asked = Asked(on, book, area, known_at, household=household.pk, everything=True)
    wanted = [declared()[code] for code in standards] or evaluated_in(area, on, book)
    with snapshot.opened() as tables:
        snapshot.read(tables, snapshot.Household(household.pk))
        answers = evaluate(tables, asked, wanted)
    return [each for answer in answers.values() for each in answer.judged]


def judge_area(
    area: str,
    on: datetime.date,
    *,
    standards: Sequence[Standard],
    book: Book | None = None,
    known_at: datetime.datetime | None = None,
) -> dict[str, Answer]:
    """Return by code who is over the lines of `standards` under an area on a day; writes nothing.

    The standards may be drafts; `book` may hold lines that are not in force (Book.with_value). A city
    or a province is asked county by county.
    """
    law = book or lookup.book()
    found = {each.code: Answer(silent=True) for each in standards}
    for county in snapshot.counties(area):
        asked = Asked(on, law, county if len(area) < _COUNTY else area, known_at)
        with snapshot.opened() as tables:
            snapshot.read(tables, snapshot.County(county))
            for code, answer in evaluate(tables, asked, standards).items():
                _add(found[code], answer)
    return found


def evaluated_in(area: str, on: datetime.date, book: Book) -> list[Standard]:
    """Return the standards that are evaluated in an area: the core ones, and those for which anybody there has a line.

    Another standard is switched on by its line, here, above or in a part of the area.
    """
    having: dict[str, set[str]] = {}
    for value in book.values():
        having.setdefault(value.subject_id, set()).add(value.area)
    return [
        each
        for each in declared().values()
        if each.core
        or any(here.startswith(area) or area.startswith(here) for here in _areas(having.get(each.line, ())))
    ]


def _areas(areas: Iterable[str]) -> list[str]:
    """Return codes that compare as prefixes; a value for the whole country switches nothing on by itself."""
    return [area for area in areas if area.isdigit()]


def evaluate(
    tables: Tables,
    asked: Asked,
    standards: Sequence[Standard],
    *,
    tick: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Answer]:
    """Evaluate standards on a connection that has `people` and `held` (monitoring.comparison.snapshot).

    One that cannot be evaluated says so in its answer and never stops the others.
    """
    found = {each.code: _unknown_line(each) for each in standards if each.line not in asked.book.subjects}
    standards = [each for each in standards if each.code not in found]
    lines = Lines()
    try:
        register.make_stays(tables, asked)
        register.make_people(tables, asked, deaths(tables, asked))
        lines.make(tables, standards, register.make_homes(tables, asked), asked)
        judge = Judge(tables, asked, standards, lines)
    except _UNREADABLE as fault:
        return found | {each.code: _failed(each, fault) for each in standards}
    for place, standard in enumerate(standards):
        tick(place, len(standards))
        answer = found[standard.code] = Answer(silent=lines.silent(standard, asked))
        _evaluate(judge.ask, standard, answer)
    for standard in standards:
        _evaluate(judge.tell, standard, found[standard.code])
    return found


def _evaluate(step: Callable[[Standard, Answer], None], standard: Standard, answer: Answer) -> None:
    """Take a step with a standard that speaks and that nothing stopped before; add up how long its steps took."""
    if answer.silent or answer.error:
        return
    started = time.monotonic()
    try:
        step(standard, answer)
    except _UNREADABLE as fault:
        answer.judged, answer.subjects = [], 0
        answer.error = _failed(standard, fault).error
    answer.seconds += time.monotonic() - started


def _failed(standard: Standard, fault: Exception) -> Answer:
    """Say that the data could not be evaluated; never in the words of the fault: they may quote what was read."""
    log.error("standard %s could not be evaluated: %s", standard.code, type(fault).__name__)
    sentence = _("The data of this standard could not be evaluated (%(kind)s).")
    return Answer(error=sentence % {"kind": type(fault).__name__})


def _unknown_line(standard: Standard) -> Answer:
    return Answer(error=_("There is no value “%(line)s” that could be its line.") % {"line": standard.line})


def _add(whole: Answer, part: Answer) -> None:
    whole.subjects += part.subjects
    whole.silent = whole.silent and part.silent
    whole.judged += part.judged
    whole.error = whole.error or part.error
    whole.seconds += part.seconds

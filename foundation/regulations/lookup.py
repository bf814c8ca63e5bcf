"""Ask for a value: `value("monitoring_line", area="350526", on=day)`.

The book is kept per process and thrown away when the table's mark changes: one short query per question.
Whoever asks thousands of questions in one go takes `book()` once.
"""

import datetime
import uuid
from collections.abc import Iterable
from threading import Lock

from django.db import transaction

from foundation.accounts import clock
from foundation.regulations import revision
from foundation.regulations.book import Book, Resolved
from foundation.regulations.models import Subject, Value

_lock = Lock()
_kept: tuple[uuid.UUID, Book] | None = None


def book() -> Book:
    """Return the book of all values as they stand now."""
    global _kept  # noqa: PLW0603  (one book per process is the point)
    mark = revision.current(revision.VALUES)
    kept = _kept
    if kept is None or kept[0] != mark:
        with _lock:
            subjects = {subject.key: subject for subject in Subject.objects.all()}
            rows = list(Value.objects.all())
            for row in rows:
                row.subject = subjects[row.subject_id]
            kept = _kept = (mark, Book(subjects.values(), rows))
    return kept[1]


def value(key: str, *, area: str, on: datetime.date | None = None, klass: str = "") -> Resolved:
    """Return what holds in `area` on a day (default: the business day) for a population class.

    Unknown keys are a fault of the caller (KeyError). Where nothing is in force the answer is silent.
    """
    return book().resolve(key, area, on or clock.today(), klass)


def mark_used(*answers: Resolved) -> None:
    """Note that somebody was judged by these answers: from now on their rows can never change.

    Call it in the transaction that keeps the judgement. The terms of a sum are marked with it.
    """
    rows = {row.pk: row for answer in answers for row in _rows(answer) if row.used_on is None}
    if rows:
        today = clock.today()
        Value.objects.filter(pk__in=rows, used_on__isnull=True).update(used_on=today)
        transaction.on_commit(lambda: _remember(rows.values(), today))


def _remember(rows: Iterable[Value], on: datetime.date) -> None:
    """Let the kept book know what is marked for good, so that nobody marks it again."""
    for row in rows:
        row.used_on = on


def _rows(answer: Resolved) -> list[Value]:
    own = [answer.value] if answer.value is not None else []
    return own + [row for term in answer.terms for row in _rows(term)]

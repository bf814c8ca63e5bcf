"""Lines of meetings, notices and papers that hold entries, removals and assessed households: each by its own table.

The tables name the shared steps alike (evaluate, evaluate_against, post, end_notice), so that a list makes one request
of all. A case stands on a list once: as an entry while it is on its way, as a removal when it is enrolled.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistance.assessment import moved as assessments
from assistance.enrolment import moved as entries
from assistance.models import AssessedHousehold, Case, CaseBatchItem, EvaluationItem, NoticeItem, Removal
from assistance.removal import moved as removals
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, Result

Subject = Case | Removal | AssessedHousehold
BatchLine = EvaluationItem | NoticeItem | CaseBatchItem


class Subjects(NamedTuple):
    """What some households of a list are, told apart."""

    cases: list[Case]
    removals: list[Removal]
    assessed: list[AssessedHousehold]


@dataclass(frozen=True, slots=True)
class MovedLines:
    """What became of some lines: what moved, the keys of the lines that did, and each refusal by key of the line."""

    cases: list[Case] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    assessed: list[AssessedHousehold] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    refused: dict[int, Refused] = field(default_factory=dict)

    @property
    def keys(self) -> list[int]:
        """The keys of the cases whose line moved, entries first."""
        return [*(case.pk for case in self.cases), *(removal.case_id for removal in self.removals)]

    def note(self, results: Sequence[Result], line_of: Mapping[int | None, int]) -> None:
        """Write down which lines moved and which were refused; `line_of` by key of what they are about."""
        for each in results:
            if each.refusal is not None:
                self.refused[line_of[each.key]] = each.refusal
            else:
                self.lines.add(line_of[each.key])

    def follow(self, *, by: User) -> None:
        """Follow what moved, once the caller has written what else belongs to the move."""
        entries.follow(self.cases, by=by)
        removals.follow(self.removals, by=by)
        assessments.follow(self.assessed, by=by)


def subject_of(line: BatchLine) -> Subject:
    """Return what a line is about: the removal, the assessed household, or the case itself."""
    return line.removal or line.matter


def in_procedure(line: BatchLine) -> bool:
    """Say whether what a line is about still waits behind its notice, or is on its way to a decision."""
    expected = {Removal: "proposed", AssessedHousehold: "posted", Case: "open"}
    subject = subject_of(line)
    return subject.state == expected[type(subject)]


def move_lines(lines: Sequence[BatchLine], asked: Request, *, by: User) -> MovedLines:
    """Make a move on everything that some lines are about; the caller calls `follow` of what it returns."""
    made, found = MovedLines(), split([subject_of(line) for line in lines])
    if found.cases:
        results, cases = entries.moved_many(found.cases, asked, by=by)
        made.cases.extend(cases)
        made.note(results, {line.case_id: line.pk for line in lines if isinstance(subject_of(line), Case)})
    if found.removals:
        results, removed = removals.moved_many(found.removals, asked, by=by)
        made.removals.extend(removed)
        made.note(results, {line.removal_id: line.pk for line in lines})
    if found.assessed:
        results, assessed = assessments.moved_many(found.assessed, asked, by=by)
        made.assessed.extend(assessed)
        made.note(results, {line.assessed_id: line.pk for line in lines})
    return made


def split(subjects: Sequence[Subject]) -> Subjects:
    """Return the cases, the removals and the assessed households of some subjects."""
    return Subjects(
        [each for each in subjects if isinstance(each, Case)],
        [each for each in subjects if isinstance(each, Removal)],
        [each for each in subjects if isinstance(each, AssessedHousehold)],
    )


def told(lines: Collection[BatchLine]) -> dict[str, list[int]]:
    """Return what the record says of some lines: keys of cases, and of assessed households where there are any."""
    assessed = [line.assessed_id for line in lines if line.assessed_id is not None]
    said = {"cases": [line.case_id for line in lines if line.case_id is not None]}
    return said | ({"assessed": assessed} if assessed else {})

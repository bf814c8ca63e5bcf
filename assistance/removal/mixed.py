"""Lines of meetings, notices and papers that hold entries and removals together: each is moved by its own table.

Both tables name the shared steps alike (evaluate, post, end_notice, review, approve, announce), so that a list makes
one request of both. A case stands on a list once: as an entry while it is on its way, as a removal when it is enrolled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistance.enrolment import moved as entries
from assistance.models import Case, CaseBatchItem, EvaluationItem, NoticeItem, Removal
from assistance.removal import moved as removals
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request

Subject = Case | Removal
Line = EvaluationItem | NoticeItem | CaseBatchItem


@dataclass(frozen=True, slots=True)
class MovedLines:
    """What became of some lines: the cases and removals that moved, and each refusal by key of the case."""

    cases: list[Case] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)

    @property
    def keys(self) -> list[int]:
        """The keys of the cases whose line moved, entries first."""
        return [*(case.pk for case in self.cases), *(removal.case_id for removal in self.removals)]

    @property
    def all_cases(self) -> list[Case]:
        """The cases of every line that moved."""
        return [*self.cases, *(removal.case for removal in self.removals)]

    def follow(self, *, by: User) -> None:
        """Follow what moved, once the caller has written what else belongs to the move."""
        entries.follow(self.cases, by=by)
        removals.follow(self.removals, by=by)


def subject_of(line: Line) -> Subject:
    """Return what a line is about: the removal, or the case itself."""
    return line.case if line.removal is None else line.removal


def in_procedure(line: Line) -> bool:
    """Say whether what a line is about is still on its way to a decision."""
    return line.case.state == "open" if line.removal is None else line.removal.state == "proposed"


def move_lines(lines: Sequence[Line], asked: Request, *, by: User) -> MovedLines:
    """Make a move on everything that some lines are about; the caller calls `follow` of what it returns."""
    cases = [line.case for line in lines if line.removal is None]
    others = [line.removal for line in lines if line.removal is not None]
    made = MovedLines()
    if cases:
        results, moved = entries.moved_many(cases, asked, by=by)
        made.cases.extend(moved)
        made.refused.update({each.key: each.refusal for each in results if each.refusal is not None})
    if others:
        case_of = {row.pk: row.case_id for row in others}
        results, gone = removals.moved_many(others, asked, by=by)
        made.removals.extend(gone)
        made.refused.update({case_of[each.key]: each.refusal for each in results if each.refusal is not None})
    return made


def split(subjects: Sequence[Subject]) -> tuple[list[Case], list[Removal]]:
    """Return the cases and the removals of some subjects."""
    cases = [each for each in subjects if isinstance(each, Case)]
    return cases, [each for each in subjects if isinstance(each, Removal)]

"""Make the file of one household: missing papers first, then the contents with page numbers, then every paper.

opened = file_of(case, by=user)      # one PDF; that it was taken out stands in the record
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.files import documents
from assistance.files.parts import FilePart, Lack, Paper
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import binding, pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.models import Resident
from households.models.households import HEAD

MADE = "case.file_taken_out"


@dataclass(slots=True)
class Gathered:
    """What goes into a file: papers in order, what is missing, and which parts the reader may not have."""

    papers: list[Paper] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)


def _unstopped() -> None:
    """Never stop."""


@transaction.atomic
def file_of(case: Case, *, by: User) -> Opened:
    """Return the file of a household as PDF, and record that `by` took it out, with what it held."""
    content = made(case, by=by)
    return Opened(iter([content]), file_name(case), PDF, len(content))


@transaction.atomic
def made(case: Case, *, by: User, alive: Callable[[], None] = _unstopped) -> bytes:
    """Do the same and return the bytes; `alive` is called between the parts, and may stop the work by raising."""
    actor = by.authority(Right.VIEW_CASES, case.area_code)
    gathered = gather(case, by, alive)
    content = _bound(case, gathered, by)
    today = clock.today()
    details = {
        "papers": len(gathered.papers),
        "lacks": len(gathered.lacks),
        "withheld": len(gathered.withheld),
    }
    record(
        Act(MADE, case._meta.label_lower, str(case.pk), today, today, area=case.area_code, details=details),
        by=actor,
    )
    return content


def gather(case: Case, user: User, alive: Callable[[], None] = _unstopped) -> Gathered:
    """Return papers and what is missing, part by part; a paper that cannot be bound counts as missing."""
    found = Gathered()
    for part in sorted(parts("FILE_PARTS"), key=lambda each: each.order):
        alive()
        if user.holds(part.right, case.area_id):
            _take(part, case, user, found)
        else:
            found.withheld.append(str(part.label))
    proved = {code for each in found.papers for code in each.proves}
    found.lacks[:0] = documents.lacking(case, proved)
    return found


def file_name(case: Case) -> str:
    """Return what the file of a household is called on the reader's disk."""
    return f"{_('Household file')} {case.household.code} {case.number}.pdf"


def _take(part: FilePart, case: Case, user: User, found: Gathered) -> None:
    for paper in part.papers(case, user):
        try:
            binding.pages_of(paper.pdf)
        except binding.Unbindable:
            found.lacks.append(
                Lack(paper.title, _("It is attached, but cannot be bound: the file is broken or locked."))
            )
        else:
            found.papers.append(paper)
    found.lacks.extend(part.lacking(case, user))


def _bound(case: Case, gathered: Gathered, by: User) -> bytes:
    """Bind contents and papers; the contents are set twice, because their own length moves every page number."""
    lengths = [binding.pages_of(each.pdf) for each in gathered.papers]
    first = _contents(case, gathered, lengths, 1, by)
    contents = _contents(case, gathered, lengths, binding.pages_of(first), by)
    return binding.bound([contents, *(each.pdf for each in gathered.papers)])


def _contents(case: Case, gathered: Gathered, lengths: list[int], before: int, by: User) -> bytes:
    if not gathered.papers and not gathered.lacks:
        raise Refused(_("There is nothing in this file yet."))
    starts = [before + 1 + length for length in itertools.accumulate([0, *lengths])]
    head = Resident.objects.present().filter(household=case.household_id, relation=HEAD).first()
    return pdf.render(
        "case_file",
        {
            "title": _("Household file"),
            "watermark": watermark(by, case.area.name),
            "facts": [
                (_("Household number"), case.household.code),
                (_("Head of household"), head.shown_name if head else ""),
                (_("Village"), f"{case.area.name} {case.household.group_name}".strip()),
                (_("Case"), case.number),
                (_("State"), case.state_label),
                (_("As of"), str(clock.today())),
            ],
            "missing": _("Missing papers"),
            "complete": _("Nothing is missing."),
            "lacks": [(each.what, each.why) for each in gathered.lacks],
            "contents": _("Contents"),
            "heads": [_("Paper"), _("Day"), _("Page")],
            "papers": [
                (each.title, str(each.on or ""), str(start))
                for each, start in zip(gathered.papers, starts, strict=False)
            ],
            "withheld": _withheld(gathered),
        },
    )


def _withheld(gathered: Gathered) -> str:
    if not gathered.withheld:
        return ""
    return _("Left out, because whoever printed this may not read it: %(parts)s.") % {
        "parts": "、".join(gathered.withheld)
    }

"""What attachments belong to. An app declares an owner and names it in ATTACHMENT_OWNERS of config/composition.py.

    PAPERS = AttachmentOwner(
        model=GrantProposal, route="grant", kinds=(PAPER,), title=…, url=…, stamp=…, closed=…,
        view_right=Right.VIEW_STAFF, attach_right=Right.GRANT_POSTINGS,
    )

Who may see the row may see its attachments; the routes of foundation.desk.attachments are its only door.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from foundation.accounts.composition import parts
from foundation.accounts.roles import Right
from foundation.files.content import PDF, PICTURES
from foundation.regulations.lookup import value
from foundation.regulations.units import Unit
from foundation.regulations.working_days import add_months

MB = 2**20


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what is accepted, how much of it, for how long it is kept, and what is made of a picture."""

    code: str
    label: str | Promise
    #: Days from the day of upload until it is erased, where no value in force says it.
    keep_days: int
    accepts: frozenset[str] = PICTURES | {PDF}
    largest: int = 20 * MB
    #: Files of this kind on one owner.
    most: int = 20
    #: Whether the bytes as they came are kept too, beside the picture made safe (evidence: its digest is the proof).
    keeps_original: bool = False
    #: Whether a copy with number, place, time and name burnt in is made of every picture.
    stamped: bool = False
    #: Subject of the regulations that says for how many months or days it is kept in an area.
    kept_by: str = ""

    def kept_until(self, area: str, uploaded_on: datetime.date) -> datetime.date:
        """Return the last day of a file that is uploaded in `area` on a day, by the values in force then."""
        rule = value(self.kept_by, area=area, on=uploaded_on) if self.kept_by else None
        if rule is None or rule.silent or rule.amount is None:
            return uploaded_on + datetime.timedelta(days=self.keep_days)
        if rule.unit is Unit.MONTHS:
            return add_months(uploaded_on, int(rule.amount))
        return uploaded_on + datetime.timedelta(days=int(rule.amount))


@dataclass(frozen=True, slots=True)
class AttachmentOwner:
    """A kind of row that files are attached to; the callables take the row."""

    model: type[Model]
    #: Word of the routes: `NAME_files`, `NAME_file`, …
    route: str
    kinds: tuple[FileKind, ...]
    view_right: Right
    attach_right: Right
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    #: Lines of a burnt-in stamp before time and name: number, place.
    stamp: Callable[[Any], Sequence[str]] = lambda row: ()
    #: Why nothing may be added or taken away (any more), or "".
    closed: Callable[[Any], str] = lambda row: ""
    #: Significant code of the area in which the rights are needed.
    area: Callable[[Any], str] = lambda row: row.area_code
    #: The record with which the right to attach may be lent to somebody of another area; None: with none.
    goes_with: Callable[[Any], Model | None] | None = None
    #: Other areas whose people see a row through its own door, and with it its files, wherever these lie; None: none.
    seen_from: Callable[[Any], Sequence[str]] | None = None
    #: Namespace of the routes: the urls that hold foundation.desk.attachments.attachment_routes of this owner.
    namespace: str = "desk"
    #: The right to attach where it is not the same for every row.
    attach_right_of: Callable[[Any], Right] | None = None

    def lent_with(self, row: Model) -> Model | None:
        """Return the record with which the right to attach to `row` may be lent."""
        return self.goes_with(row) if self.goes_with else None

    @property
    def label(self) -> str:
        """Name of the model as attachments keep it: `app.model`."""
        return self.model._meta.label_lower

    def area_of_reader(self, row: Any, by: Any) -> str:
        """Return the area in which `by` reads the files of a row: the row's own, or another that sees it."""
        others = self.seen_from(row) if self.seen_from else ()
        own = self.area(row)
        return next((code for code in (own, *others) if by.holds(self.view_right, code)), own)

    def right_to_attach(self, row: Any) -> Right:
        """Return the right that attaching to this row takes."""
        return self.attach_right if self.attach_right_of is None else self.attach_right_of(row)

    def kind(self, code: str) -> FileKind:
        """Return the kind with this code; KeyError where this owner has none."""
        return {kind.code: kind for kind in self.kinds}[code]


def owners() -> dict[str, AttachmentOwner]:
    """Return every owner by the name of its model."""
    return {owner.label: owner for owner in parts("ATTACHMENT_OWNERS")}

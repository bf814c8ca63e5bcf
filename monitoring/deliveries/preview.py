"""A kept file looked at: its first rows, which column each header means, and what is still to be said."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from monitoring.deliveries.drafts import Draft, wanted_of
from monitoring.deliveries.forms import MeaningForm, Question
from monitoring.intake import headers
from monitoring.intake.header_rows import Known
from monitoring.intake.previewing import Preview, SeenCell, SeenRow, preview
from monitoring.intake.receiving import Delivered, deliver

#: Rows of the head of the file that the page shows.
SHOWN = 12


class Look:
    """What the page shows of a kept file; `posted` is what the person said of its headers.

    Refused where the file cannot be read, or is no longer kept.
    """

    def __init__(self, draft: Draft, posted: Mapping[str, Any] | None, *, by: User) -> None:
        """Read the head of the file, and once more with what the person said."""
        self.draft, self.wanted = draft, wanted_of(draft, by=by)
        self.seen = self._preview({})
        known = {each.column for each in self.seen.headers if each.known is Known.FOUND}
        asked = [each for each in self.seen.headers if each.known is not Known.FOUND]
        free = [
            column.header for column in self.wanted.dataset.contract.columns if column.header not in known
        ]
        questions = [Question(each.header, each.column, str(each.known.label)) for each in asked]
        #: Whether some header was never confirmed; what was confirmed before is only shown to be changed.
        self.asks = any(each.known in (Known.SUGGESTED, Known.UNKNOWN) for each in asked)
        self.has_meanings = bool(questions)
        self.form = MeaningForm(posted, questions=questions, columns=free)
        self._posted = posted is not None
        if self._posted and self.form.is_valid() and questions:
            self.seen = self._preview(self.form.meanings())

    def _preview(self, stated: Mapping[str, str]) -> Preview:
        with self.draft.opened() as file:
            return preview(
                file,
                self.wanted.dataset,
                area=self.wanted.area,
                period=self.wanted.period,
                headers=stated,
                rows=SHOWN,
            )

    @property
    def columns(self) -> list[str]:
        """The columns that some header of the file means, in the order of the contract."""
        stated = {each.column for each in self.seen.headers}
        return [column.header for column in self.wanted.dataset.contract.columns if column.header in stated]

    @property
    def rows(self) -> list[tuple[SeenRow, list[SeenCell]]]:
        """The first rows, with the cells of `columns` alone."""
        wanted = set(self.columns)
        return [(row, [cell for cell in row.cells if cell.column in wanted]) for row in self.seen.rows]

    @property
    def rejected(self) -> int:
        """How many of the rows shown would be rejected."""
        return sum(bool(row.reasons) for row in self.seen.rows)

    def is_ready(self) -> bool:
        """Say whether it can be handed in as it stands; otherwise the form says what is missing."""
        if not self._posted or not self.form.is_valid():
            return False
        if self.seen.missing:
            self.form.add_error(
                None,
                _("No header means %(columns)s: say which one does, or choose another file.")
                % {"columns": "、".join(self.seen.missing)},
            )
        return not self.seen.missing

    def hand_in(self, *, by: User) -> Delivered:
        """Hand the file in, remember what its headers mean, and forget the draft."""
        wanted, meanings = self.wanted, self.form.meanings()
        with transaction.atomic(), self.draft.opened() as file:
            headers.remember(wanted.dataset, wanted.area, meanings, by=by)
            delivered = deliver(
                file,
                name=self.draft.name,
                dataset=wanted.dataset,
                area=wanted.area,
                period=wanted.period,
                by=by,
                headers=meanings,
                replaces=wanted.replaces,
                supplements=wanted.supplements,
            )
            transaction.on_commit(self.draft.forget)
        return delivered

"""What the chain itself brings into the file: the warning, its letters, and what happened with the case."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from alerts import wording
from alerts.models import Alert, Letter
from alerts.verification import letter_words
from assistance.files.parts import Lack, Paper
from assistance.models import Case, CasePiece
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.workflow.models import Passage, Stateful
from foundation.workflow.offers import history


class WarningPart:
    """The warning that the case came from: what was found, and the way it went. Sums are for who reads findings."""

    order, right, label = 20, Right.VIEW_ALERTS, gettext_lazy("The warning")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return one sheet; none where no warning came before."""
        if case.alert is None:
            return
        made = pdf.Sheet(
            title=str(self.label),
            watermark=watermark(user, case.area.name),
            facts=[
                (_("Household number"), case.household.code),
                (_("Warning"), str(case.alert_id)),
                (_("First clue"), str(case.first_clue_on)),
                (_("Channels"), wording.channels(case.alert)),
            ],
            grids=[
                _signals(case.alert, exact=user.holds(Right.VIEW_FINDINGS, case.area_id)),
                way(case.alert, user),
            ],
        )
        yield Paper(str(self.label), pdf.sheet(made), case.first_clue_on)

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: a case need not come from a warning."""
        return ()


class LettersPart:
    """Letters to the household about the outcome of its warnings."""

    order, right, label = 100, Right.VIEW_ALERTS, gettext_lazy("Letters to the household")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return each letter since the first clue."""
        for letter in _letters(case):
            content = b"".join(letter_words.printed(letter, by=user).pieces)
            yield Paper(_("Letter to the household"), content, letter.concluded_on)

    def lacking(self, case: Case, user: User) -> Iterator[Lack]:
        """Name letters that nobody delivered."""
        for letter in _letters(case):
            if letter.delivered_on is None:
                yield Lack(
                    _("Letter of %(day)s") % {"day": letter.concluded_on},
                    _("Nobody wrote down that it was delivered."),
                )


class HistoryPart:
    """What happened with the case, step by step, and what returns asked for."""

    order, right, label = 110, Right.VIEW_CASES, gettext_lazy("What happened with the case")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return one sheet."""
        made = pdf.Sheet(
            title=str(self.label),
            watermark=watermark(user, case.area.name),
            facts=[
                (_("Household number"), case.household.code),
                (_("Case"), case.number),
                (_("State"), case.state_label),
            ],
            grids=[way(case, user), _returned(case)],
        )
        yield Paper(str(self.label), pdf.sheet(made))

    def lacking(self, case: Case, user: User) -> Iterator[Lack]:
        """Name what a return asked for and nobody has brought."""
        for piece in CasePiece.objects.filter(case=case).missing():
            yield Lack(
                piece.note or piece.piece, _("Asked for by the return of %(day)s.") % {"day": piece.asked_on}
            )


def way(row: Stateful, user: User) -> pdf.Grid:
    """Return what was done with a row, each with who did it: a name for who may see that person, else the role."""
    moves = list(history(row).order_by("pk"))
    known = set(
        User.objects.visible_to(user)
        .filter(pk__in={each.by_id for each in moves})
        .values_list("pk", flat=True)
    )
    rows = [(str(each.happened_on), _verb(row, each), _who(each, known), each.reason) for each in moves]
    return pdf.Grid(_("What happened"), (_("Day"), _("Step"), _("By"), _("Reason")), rows, _("nothing yet"))


def _verb(row: Stateful, passage: Passage) -> str:
    if passage.verb == row.lifecycle.created:
        return _("Warning raised") if isinstance(row, Alert) else pgettext("case file", "opened")
    return str(row.lifecycle.find(passage.verb).label)


def _who(passage: Passage, known: set[int]) -> str:
    return passage.by.name if passage.by_id in known else str(passage.get_role_display())


def _signals(alert: Alert, *, exact: bool) -> pdf.Grid:
    rows = alert.signals.living().select_related("standard", "resident", "finding").order_by("day", "pk")
    told = [wording.told(each, exact=exact) for each in rows]
    columns = (_("What was found"), _("Who"), _("When"), _("Amount"))
    return pdf.Grid(
        _("Signals"),
        columns,
        [(each.what, each.who, each.when, each.amount) for each in told],
        pgettext("case file", "none"),
    )


def _returned(case: Case) -> pdf.Grid:
    rows = [
        (str(each.asked_on), each.note or each.piece, str(each.mended_on or _("still missing")))
        for each in CasePiece.objects.filter(case=case)
    ]
    return pdf.Grid(
        _("What returns asked for"),
        (_("Day"), _("Missing"), _("Completed")),
        rows,
        pgettext("case file", "none"),
    )


def _letters(case: Case) -> Iterable[Letter]:
    return (
        Letter.objects.filter(alert__household=case.household, concluded_on__gte=case.first_clue_on)
        .select_related("alert__household__area", "alert__area", "alert__visit", "by")
        .order_by("pk")
    )


WARNING, LETTERS, HISTORY = WarningPart(), LettersPart(), HistoryPart()

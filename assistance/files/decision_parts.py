"""What was decided, as parts of the file: the sheet of review and decision, the announcement, letters on the case."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.deciding import letter_words, papers
from assistance.deciding.conclusion import holding
from assistance.deciding.kinds import Kind
from assistance.files.parts import Lack, Paper
from assistance.models import Case, CaseBatchItem, CaseLetter
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class DecisionPart:
    """The sheet of review and decision (审核审定表) with the opinions of village, township and county."""

    order, right, label = 80, Right.VIEW_CASES, gettext_lazy("Review and decision")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return the sheet, once somebody has confirmed a category."""
        if holding([case]):
            sheet = papers.decision_sheet(case, by=user)
            yield Paper(
                _("Sheet of review and decision"), b"".join(sheet.pieces), case.decided_on, _proved(case)
            )

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: the chain asks for opinion and decision."""
        return ()


class AnnouncementPart:
    """The announcements that name the case; for who sees them, because they name a whole township."""

    order, right, label = 90, Right.VIEW_CASES, gettext_lazy("Announcement")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return the list of each announcement."""
        items = CaseBatchItem.objects.done().filter(case=case, batch__kind=Kind.ANNOUNCEMENT)
        for item in items.select_related("batch__area").order_by("pk"):
            if user.holds(Right.VIEW_CASES, item.batch.area_id):
                content = b"".join(papers.list_of(item.batch, by=user).pieces)
                yield Paper(_("Announcement"), content, item.batch.on, ("announcement",))

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: nobody waits for it."""
        return ()


class CaseLettersPart:
    """Letters to the household on what came of its case (结果告知书)."""

    order, right, label = 101, Right.VIEW_CASES, gettext_lazy("Letters on the case")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return each letter."""
        for letter in _letters(case):
            content = b"".join(letter_words.printed(letter, by=user).pieces)
            yield Paper(_("Letter to the household"), content, letter.concluded_on)

    def lacking(self, case: Case, user: User) -> Iterator[Lack]:
        """Name letters that nobody delivered."""
        for letter in _letters(case):
            if letter.delivered_on is None:
                named = _("Letter of %(day)s") % {"day": letter.concluded_on}
                yield Lack(named, _("Nobody wrote down that it was delivered."))


def _proved(case: Case) -> tuple[str, ...]:
    """Return which documents the sheet is by now: an opinion that is not given proves nothing."""
    done = (
        CaseBatchItem.objects.done()
        .filter(case=case, removal__isnull=True)
        .values_list("batch__kind", flat=True)
    )
    kinds = {Kind.REVIEW: "conclusion", Kind.APPROVAL: "approval"}
    return tuple(code for kind, code in kinds.items() if kind in set(done))


def _letters(case: Case) -> Iterable[CaseLetter]:
    return (
        CaseLetter.objects.filter(case=case)
        .select_related("case__household__area", "case__area")
        .order_by("pk")
    )


DECISION, ANNOUNCEMENT, LETTERS = DecisionPart(), AnnouncementPart(), CaseLettersPart()

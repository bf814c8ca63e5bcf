"""What the village does in the open, as parts of the file: the democratic evaluation, and the notice."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.evaluations import paper as meeting_paper
from assistance.evaluations.photos import PHOTOS as MEETING_PHOTOS
from assistance.files.attached import Bound, attached
from assistance.files.parts import Lack, Paper
from assistance.models import Case, Evaluation, Notice
from assistance.notices import paper as notice_paper
from assistance.notices.photos import PHOTOS as NOTICE_PHOTOS
from assistance.notices.photos import POSTED
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.files import pdf


class EvaluationPart:
    """The meetings in which the case was evaluated: minutes with the votes, photos, signed paper."""

    order, right, label = 60, Right.VIEW_CASES, gettext_lazy("Democratic evaluation")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return minutes and photos of each meeting that was held."""
        for meeting in _meetings(case, user):
            minutes = b"".join(meeting_paper.minutes(meeting, by=user).pieces)
            proves = ("minutes",) if meeting.concluded_on else ()
            yield Paper(_("Minutes of the democratic evaluation"), minutes, meeting.meets_on, proves)
            yield from attached(
                meeting, MEETING_PHOTOS, user, Bound(_("Photos of the meeting"), meeting.meets_on)
            )

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: the chain asks for the minutes."""
        return ()


class NoticePart:
    """The notices that named the case: the sheet of the wall, and the photos that prove the posting."""

    order, right, label = 70, Right.VIEW_CASES, gettext_lazy("Public notice")

    def papers(self, case: Case, user: User) -> Iterator[Paper]:
        """Return sheet and photos of each notice that was posted, with this household on it still."""
        rows = Notice.objects.visible_to(user).filter(
            items__case=case, items__left_on__isnull=True, posted_on__isnull=False, cancelled_on__isnull=True
        )
        for notice in rows.select_related("area").distinct().order_by("pk"):
            yield Paper(_("Public notice"), _sheet(notice), notice.posted_on, ("notice",))
            how = Bound(_("Photos of the notice"), notice.posted_on, (POSTED.code,), "posting_proof")
            yield from attached(notice, NOTICE_PHOTOS, user, how)

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return nothing: the chain asks for notice and proof."""
        return ()


def _sheet(notice: Notice) -> bytes:
    """Return the sheet as it hangs on the wall, in Chinese: it names the notice and nobody who reads it here."""
    with translation.override(settings.LANGUAGE_CODE):
        return pdf.render("notice", notice_paper.content_of(notice))


def _meetings(case: Case, user: User) -> Iterable[Evaluation]:
    rows = Evaluation.objects.visible_to(user).filter(items__case=case, cancelled_on__isnull=True)
    found: Iterable[Evaluation] = rows.select_related("area").distinct().order_by("meets_on", "pk")
    return found


EVALUATION, NOTICE = EvaluationPart(), NoticePart()

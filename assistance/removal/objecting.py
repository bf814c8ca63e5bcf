"""What follows for a removal when an objection against its line is settled; the others of the notice go on."""

from django.utils.translation import gettext as _

from assistance.models import NoticeItem, Objection, Removal
from assistance.removal.moved import advance, fresh
from assistance.removal.proposing import ask_anew, refuse
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.next_day import NIGHT
from foundation.workflow.move import Request


def recheck(removal: Removal, objection: Objection, *, by: User) -> None:
    """Let the household be checked once more before anybody judges its removal."""
    ask_anew(removal, objection.answer, by=by)


def founded(removal: Removal) -> Objection | None:
    """Return the newest objection against a removal that was found to be right; None where there is none."""
    rows = Objection.objects.filter(item__removal=removal, outcome=Objection.Outcome.REFUSE, in_time=True)
    return rows.order_by("-pk").first()


def leave(item: NoticeItem, removal: Removal, *, by: User) -> None:
    """Take the household off the notice, and refuse its removal once nothing of its objections is open."""
    why = _("An objection was founded.")
    NoticeItem.objects.running().filter(pk=item.pk).update(left_on=clock.today(), left_why=why)
    (removal,) = fresh([removal.pk])
    right = founded(removal)
    if right is None or Objection.objects.blocking().filter(item__removal=removal).exists():
        return
    if "notice" in removal.waits_for:
        given = {"notice": item.notice_id}
        asked = Request("end_notice", reason=right.answer, given=given, details=given)
        advance(removal, asked, by=User.objects.built_in(NIGHT))
    if "review" in removal.waits_for:
        refuse(removal, right.answer or why, by=by)

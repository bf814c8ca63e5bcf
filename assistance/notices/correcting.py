"""Correct the line of a household that hangs, because members died, left or came, and let it hang anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import Case, NoticeItem
from assistance.notices.ending import extend
from assistance.notices.lines import Style, lines_of
from assistance.notices.posting import days_of
from foundation.accounts import clock
from foundation.accounts.models import User


@transaction.atomic
def correct_line(case: Case, *, by: User) -> None:
    """Write the running line of a case as it is today; its days begin again, for this household alone.

    Where no line hangs there is nothing to correct: one that is posted later says what is so then.
    """
    item = (
        NoticeItem.objects.running().filter(case=case, removal__isnull=True).select_related("notice").first()
    )
    if item is None:
        return
    _rule, last = days_of(item.notice, clock.today())
    if item.until is not None and last.day > item.until:
        item = extend(item, last.day, _("Members of the household changed: the line is corrected."), by=by)
    wall, online = lines_of([case], Style.WALL)[case.pk], lines_of([case], Style.ONLINE)[case.pk]
    NoticeItem.objects.filter(pk=item.pk).update(
        persons=wall.persons, category=wall.category, name_wall=wall.name, name_online=online.name
    )

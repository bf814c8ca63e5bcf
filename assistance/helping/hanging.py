"""What of the helpers hangs on a posting: households that are helped from it (foundation.accounts.hanging)."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from assistance.models import HelperPlace
from assistance.querysets_of_helping import HelperPlaceQuerySet
from foundation.accounts import clock
from foundation.accounts.hanging import Hanging
from foundation.accounts.models import Posting
from foundation.accounts.roles import Right

#: A post that ends within so many days is told of, so that the households find somebody in time.
SOON = 14


def households_on(posting: Posting) -> Hanging | None:
    """Return the households that are helped from a posting, with the way to hand them over."""
    count = HelperPlace.objects.active().filter(posting=posting).count()
    if not count:
        return None
    sentence = ngettext(
        "%(count)d household is helped from this post.",
        "%(count)d households are helped from this post.",
        count,
    )
    url = f"{reverse('cases:hand_over_new')}?giver={posting.user_id}"
    return Hanging(sentence % {"count": count}, url, Right.ASSIGN_HELPERS, count)


def leaving(rows: HelperPlaceQuerySet, on: datetime.date | None = None) -> HelperPlaceQuerySet:
    """Keep places whose person can no longer help, or soon: account closed, post over or ending within SOON days.

    A post may have had a last day from the beginning, and accounts are closed at once for safety: neither is refused,
    so that what is left behind is shown here instead.
    """
    day = on or clock.today()
    soon = day + datetime.timedelta(days=SOON)
    gone = (
        Q(posting__until_day__lte=soon) | Q(posting__withdrawn_on__isnull=False) | Q(person__is_active=False)
    )
    return rows.held().filter(gone)

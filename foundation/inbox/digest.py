"""The morning digest: what waits for a person, as counts and links, once a day at the hour of the area."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.inbox.kinds import kinds
from foundation.inbox.models import Notice, Preference
from foundation.inbox.outgoing import queue


def send_digests(day: datetime.date | None = None) -> int:
    """Queue the digest of everybody who has unread notices and an address; returns how many.

    Running it twice on a day sends nothing twice: a notice remembers the digest it was in, and a message
    its key.
    """
    today = day or clock.today()
    waiting = Notice.objects.unread().filter(digested_on__isnull=True)
    people = User.objects.filter(
        pk__in=waiting.values("recipient"), is_active=True, outside_address__isnull=False
    )
    return sum(_send_digest(user, today) for user in people)


@transaction.atomic
def _send_digest(user: User, today: datetime.date) -> bool:
    """Queue one person's digest and mark its notices."""
    silent = {
        kind
        for kind, outside in Preference.objects.filter(user=user).values_list("kind", "outside")
        if outside != Preference.Outside.DIGEST
    } | {
        kind.code
        for kind in kinds().values()
        if kind.urgent
        and not Preference.objects.filter(
            user=user, kind=kind.code, outside=Preference.Outside.DIGEST
        ).exists()
    }
    mine = list(
        Notice.objects.visible_to(user)
        .unread()
        .filter(digested_on__isnull=True)
        .exclude(kind__in=silent)
        .select_for_update(no_key=True)
        .order_by("kind", "pk")
    )
    if not mine:
        return False
    with translation.override(user.language or settings.LANGUAGE_CODE):
        lines = [f"· {notice.sentence}\n  {settings.SHOUWANG_ADDRESS}{notice.place}" for notice in mine]
        total = sum(notice.count for notice in mine)
        sent = queue(
            user,
            subject=_("%(count)d things wait for you (%(day)s)") % {"count": total, "day": today.isoformat()},
            text="\n".join(
                [
                    *lines,
                    "",
                    _("You choose what reaches you here: %(place)s")
                    % {"place": f"{settings.SHOUWANG_ADDRESS}/inbox/preferences/"},
                ]
            ),
            key=f"{user.pk}:digest:{today.isoformat()}",
        )
    Notice.objects.filter(pk__in=[notice.pk for notice in mine]).update(digested_on=today)
    return bool(sent)

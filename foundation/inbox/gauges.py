"""What watchers are told of messages: what waits to go out, since when, what was given up, what nobody has read."""

from collections.abc import Iterator

from django.db.models import Min
from prometheus_client.core import Metric

from foundation.accounts.gauges import counted, moment, one, table
from foundation.inbox.models import Notice, Outgoing

_NOT_SENT = (Outgoing.State.WAITING, Outgoing.State.GIVEN_UP)


def messages() -> Iterator[Metric]:
    """Yield messages that were not sent by way and state, the oldest that is due, and unread notices."""
    yield table(
        "shouwang_messages_unsent",
        "Messages out of the platform that wait or were given up, by way and state.",
        ["way", "state"],
        counted(Outgoing.objects.filter(state__in=_NOT_SENT), "way", "state"),
    )
    waiting = Outgoing.objects.filter(state=Outgoing.State.WAITING)
    yield moment(
        "shouwang_messages_oldest_due_timestamp_seconds",
        "When the message is due that waits longest.",
        waiting.aggregate(at=Min("next_try_at"))["at"],
    )
    yield one("shouwang_notices_unread", "Notices that nobody has read yet.", Notice.objects.unread().count())

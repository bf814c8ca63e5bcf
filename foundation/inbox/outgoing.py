"""Messages that leave the platform: mail, and one signed webhook to which SMS, 企业微信 or 政务钉钉 attach.

A message is a row first (nothing is lost when a gateway is down) and carries counts and links only. Sending is
retried with growing pauses and then given up with the reason; the same key never goes out twice, as far as a
gateway answers at all.
"""

import datetime
import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.inbox import webhook
from foundation.inbox.kinds import kind_of
from foundation.inbox.models import Address, Outgoing, Preference

#: Pauses between tries, in minutes; after the last one the message is given up.
PAUSES = (1, 5, 30, 120, 720)
_BATCH = 200


def queue(user: User, *, subject: str, text: str, key: str) -> int:
    """Queue one message by every way that the person has; returns how many. A known key is left alone."""
    address = Address.objects.filter(user=user).first()
    ways = []
    if address and address.email:
        ways.append(Outgoing.Way.EMAIL)
    if address and address.by_webhook and settings.SHOUWANG_WEBHOOK_URL:
        ways.append(Outgoing.Way.WEBHOOK)
    rows = [
        Outgoing(
            recipient=user,
            way=way,
            subject=subject,
            text=text,
            key=f"{way}:{key}",
            next_try_at=timezone.now(),
        )
        for way in ways
    ]
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def queue_at_once(people: Sequence[int], kind: str, place: str, count: int) -> None:
    """Queue a message now to those who want this kind at once."""
    default = Preference.Outside.AT_ONCE if kind_of(kind).urgent else Preference.Outside.DIGEST
    chosen = dict(Preference.objects.filter(user__in=people, kind=kind).values_list("user_id", "outside"))
    wanting = [pk for pk in people if chosen.get(pk, default) == Preference.Outside.AT_ONCE]
    now = timezone.now().isoformat(timespec="seconds")
    what = hashlib.sha256(f"{kind}:{place}:{now}".encode()).hexdigest()[:32]
    for user in User.objects.filter(pk__in=wanting, outside_address__isnull=False):
        with translation.override(user.language or settings.LANGUAGE_CODE):
            sentence = kind_of(kind).say(count)
            queue(
                user,
                subject=sentence,
                text=f"{sentence}\n{settings.SHOUWANG_ADDRESS}{place}",
                key=f"{user.pk}:{what}",
            )


def send_due(now: datetime.datetime | None = None) -> tuple[int, int]:
    """Send what is due; returns how many went out and how many failed. Two senders never take the same row."""
    moment = now or timezone.now()
    sent = failed = 0
    while True:
        with transaction.atomic():
            rows = list(
                Outgoing.objects.select_for_update(skip_locked=True, no_key=True)
                .filter(state=Outgoing.State.WAITING, next_try_at__lte=moment)
                .order_by("next_try_at", "pk")[:1]
            )
            if not rows or sent + failed >= _BATCH:
                return sent, failed
            if _send(rows[0], moment):
                sent += 1
            else:
                failed += 1


def _send(row: Outgoing, moment: datetime.datetime) -> bool:
    """Send one message and write down how it went."""
    row.attempts += 1
    try:
        _hand_over(row)
    except Exception as error:
        row.error = (
            type(error).__name__ + ": " + str(error).splitlines()[0][:150]
            if str(error)
            else type(error).__name__
        )
        if row.attempts > len(PAUSES):
            row.state = Outgoing.State.GIVEN_UP
        else:
            row.next_try_at = moment + datetime.timedelta(minutes=PAUSES[row.attempts - 1])
        row.save()
        return False
    row.state, row.sent_at, row.error = Outgoing.State.SENT, moment, ""
    row.save()
    return True


def _hand_over(row: Outgoing) -> None:
    if row.way == Outgoing.Way.WEBHOOK:
        webhook.post(row.recipient.username, row.subject, row.text, key=row.key)
        return
    mail = EmailMessage(
        subject=_("Shouwang: %(subject)s") % {"subject": row.subject},
        body=row.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.recipient.outside_address.email],
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=20),
    )
    mail.send()

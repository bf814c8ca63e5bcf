"""What everybody reads and does without signing in: bound in number, and leading to no household.

The address of a line is signed and says a key of the notice alone; it dies with the notice.
"""

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assistance.models import NoticeItem, Objection
from assistance.notices.selectors import hanging_in
from assistance.objections.entering import Said, enter
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.next_day import NIGHT
from foundation.accounts.refusals import Refused
from households.codes import limits

_SALT = "assistance.notices.public"
#: Objections that one network may send in a window (households.codes.limits), and tries at receipts.
PER_NETWORK = 20


def word_of(place: str, item: NoticeItem) -> str:
    """Return the signed word that names a line, as it hangs in a village, in an address."""
    return signing.Signer(salt=_SALT).sign(f"{place}-{item.pk}").replace(":", "~")


def item_of(word: str) -> tuple[str, NoticeItem | None]:
    """Return the village and the line of a word; no line where the word is not ours or the line hangs no more."""
    try:
        place, _hyphen, key = signing.Signer(salt=_SALT).unsign(word.replace("~", ":")).partition("-")
    except signing.BadSignature:
        return "", None
    hanging = [item for items in hanging_in(place).values() for item in items]
    return place, next((item for item in hanging if str(item.pk) == key), None)


def object_to(item: NoticeItem, text: str, by_whom: str) -> Objection:
    """Enter an objection from the public page, arrived today, in the platform's name."""
    said = Said(Objection.Way.PAGE, clock.today(), text, by_whom)
    return enter(item, said, by=User.objects.built_in(NIGHT))


def answer_of(receipt: str) -> Objection:
    """Return the objection of a receipt; refused where there is none."""
    found = Objection.objects.filter(receipt=receipt.strip().upper().replace(" ", "")).first()
    if found is None:
        raise Refused(_("There is no objection with this receipt: check every letter."), field="receipt")
    return found


def wait(request: HttpRequest) -> int:
    """Count one act of a network; returns after how many seconds the next one is answered (0: this one is)."""
    return limits.wait_for(request, "public_notices", PER_NETWORK)


def wait_to_read(request: HttpRequest) -> int:
    """Do the same for reading, where a whole village may come out of one network."""
    return limits.wait_for(request, "public_notices_read", limits.PER_ADDRESS)

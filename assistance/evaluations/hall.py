"""The code on the sheet of a meeting: it leads one phone in the hall to the entry of votes.

It is signed and short-lived, and opens nothing by itself: whoever follows it signs in and must be allowed to.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Evaluation
from foundation.accounts.refusals import Refused

_SALT = "assistance.evaluations.hall"
#: From the printing in the morning to the end of an evening.
HOURS = 36


def word_of(evaluation: Evaluation) -> str:
    """Return the signed word that stands in the code."""
    return signing.TimestampSigner(salt=_SALT).sign(str(evaluation.pk)).replace(":", "~")


def address_of(evaluation: Evaluation) -> str:
    """Return the whole address that a phone opens."""
    return f"{settings.SHOUWANG_ADDRESS.rstrip('/')}{reverse('cases:hall', args=[word_of(evaluation)])}"


def read(word: str) -> int:
    """Return the key of the meeting of a word; refused where it was altered or is too old."""
    try:
        said = signing.TimestampSigner(salt=_SALT).unsign(word.replace("~", ":"), max_age=HOURS * 3600)
    except signing.SignatureExpired as old:
        raise Refused(_("This code is too old: print the sheet of the meeting again.")) from old
    except signing.BadSignature as wrong:
        raise Refused(
            _("This code cannot be read: scan it again, or open the meeting in the list.")
        ) from wrong
    return int(said)

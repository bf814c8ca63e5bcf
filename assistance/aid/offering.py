"""Which acts on an aid record are a reader's to do now; its page and the API ask here."""

from django.utils.translation import pgettext

from assistance.aid.lifecycle import AID
from assistance.aid.rules import may_change
from assistance.models import AidRecord
from foundation.accounts.models import User


def offered(row: AidRecord, user: User) -> list[tuple[str, str]]:
    """Return the acts that are the reader's to do now: verb and words."""
    if not may_change(row, user):
        return []
    if row.state == "struck":
        return [("restore", str(AID.find("restore").label))]
    found = []
    if not row.acknowledged_how:
        found += [
            ("phone", pgettext("aid", "Told by telephone")), ("code", pgettext("aid", "By the household's code")),
        ]  # fmt: skip
    elif row.acknowledged_how != AidRecord.How.SIGNED:
        found.append(("unacknowledge", str(AID.find("take_acknowledgement_back").label)))
    if row.per == AidRecord.Per.MONTH:
        verb = "go_on" if row.stopped_month else "stop"
        found.append((verb, str(AID.find(verb).label)))
    return [*found, ("strike", str(AID.find("strike").label))]

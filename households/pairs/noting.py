"""Note a pair by hand: who enters an arrival, and is told that the person is a member elsewhere, hands it on.

Where the other household lies is not said to who may not see it: the pair tells them only that it is there.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, record
from households.corrections import may_correct
from households.models import Duplicate, Household, Resident
from households.pairs import telling, waiting


@transaction.atomic
def note_pair(subject: UUID, household: Household, name: str, *, by: User) -> Duplicate:
    """Note that `household` claims who is a member of another one; a pair that is there already stays the one it is.

    `subject` is the identity of the person's number, `name` what they are called in the arrival. Refused without the
    right to correct `household`, and where the person lives nowhere else any more.
    """
    actor = may_correct(household, by)
    rows = Resident.objects.present().filter(identity=subject).exclude(household=household)
    living = rows.select_related("household").first()
    if living is None:
        raise Refused(
            pgettext("pair", "This person is a member of no other household any more: enter it again.")
        )
    today = clock.today()
    wanted = {
        "claimed_area_id": household.area_id, "claimed_name": " ".join(name.split())[:60], "found_on": today,
        "noted_by": by,
    }  # fmt: skip
    pair, made = Duplicate.objects.get_or_create(
        identity_id=subject, household=living.household, claimed_code=household.code, defaults=wanted
    )
    if made:
        waiting.begin(Duplicate.objects.filter(pk=pair.pk), today)
        act = Act("pair.note", "households.duplicate", str(pair.pk), today, today, area=household.area_id)
        record(act, by=actor)
        telling.tell_noted(pair, by=by)
    return pair

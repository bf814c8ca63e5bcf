"""A disaster is entered: where, what, when."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import Disaster
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.regulations.lookup import value
from households.identity.masking import masked_text

KINDS = "disaster_kinds"


@dataclass(frozen=True, slots=True)
class Struck:
    """What happened: `kind` is a code of disaster_kinds, `name` what people call it."""

    area: Area
    kind: str
    name: str
    happened_on: datetime.date
    note: str = ""


@transaction.atomic
def open_disaster(struck: Struck, *, by: User) -> Disaster:
    """Enter a disaster for a place; refused where it lies in the future or is entered already."""
    actor = by.authority(Right.REVIEW_CASES, struck.area.code)
    if struck.kind not in {item["code"] for item in value(KINDS, area=struck.area.code).items}:
        raise Refused(_("Choose the kind of disaster from the list."), field="kind")
    if not struck.name.strip():
        raise Refused(_("Say what people call this disaster."), field="name")
    today = clock.today()
    if struck.happened_on > today:
        raise Refused(_("The day lies in the future: enter a day up to today."), field="happened_on")
    same = Disaster.objects.filter(area=struck.area, kind=struck.kind, happened_on=struck.happened_on)
    if same.exists():
        raise Refused(
            _("A disaster of this kind is entered for this place and day: add its households there."),
            field="happened_on",
        )
    made = Disaster.objects.create(
        area=struck.area,
        kind=struck.kind,
        name=struck.name.strip(),
        happened_on=struck.happened_on,
        note=masked_text(struck.note.strip()),
        opened_on=today,
        opened_by=by,
    )
    act = Act(
        "disaster.opened", "assistance.disaster", str(made.pk), made.happened_on, today, area=made.area_id,
        details={"kind": made.kind}, personal={"name": made.name, "note": made.note},
    )  # fmt: skip
    record(act, by=actor)
    return made

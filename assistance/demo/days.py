"""What people of the demonstration did about cases, in between the nights (monitoring.demo.days.DemoDays)."""

import datetime
from collections.abc import Sequence
from functools import partial

from django.db import transaction

from alerts.demo.acts import holder, person
from assistance.demo import acts, assessing, autumn, last_day, leaving, shop_fire
from assistance.disasters import keeping, listing, opening, reading, recording
from assistance.disasters.keeping import Struck
from assistance.disasters.listing import Found
from assistance.evaluations import calling
from assistance.evaluations.calling import Call
from assistance.fast_track.helping import Help, help_listed
from assistance.imported.adopting import adopt, homes_waiting
from assistance.models import Case, Disaster, DisasterHousehold, Evaluation
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.models import Area
from foundation.accounts.roles import Role
from households.models import Household
from monitoring.demo.days import MORNING, Scene
from monitoring.demo.events import FLOODED
from monitoring.demo.register import Register

#: S5: the flood and its emergency list; help, list and cases are of the same day.
FLOOD_ON = datetime.date(2026, 10, 30)
#: S15: the list of the old register is taken over after the last night.
ADOPTED_ON = datetime.date(2026, 11, 4)
#: S5: the first of the damaged houses apply and are checked, and stand on the list of the meeting of tonight.
APPLIED_ON, MEETING_ON = datetime.date(2026, 11, 2), datetime.date(2026, 11, 4)
INVITED, TONIGHT, _MUST_COME = 12, datetime.time(19, 30), 35
_DAMAGE = "山洪进屋，房屋墙体开裂不能住人，粮食和家具泡毁，自己没有能力修复。"
Harm = DisasterHousehold.Harm
_VERIFIER, _AT_ONCE, _BY_DISASTER = "zhen", 1_000, "02"


def scenes(register: Register) -> Sequence[Scene]:
    """Return what was done about S10's notice, S3's fire, the flood, and about households monitored before."""
    return [
        *last_day.scenes(register),
        *shop_fire.scenes(),
        *leaving.scenes(),
        *autumn.scenes(),
        *assessing.scenes(),
        Scene(FLOOD_ON, MORNING, 1, _is_entered, partial(_enter, register)),
        Scene(FLOOD_ON, MORNING, 1, _is_helped, _help),
        Scene(FLOOD_ON, MORNING, 1, _is_opened, _open),
        Scene(APPLIED_ON, MORNING, 3, _is_applied, _apply),
        Scene(MEETING_ON, MORNING, 1, _is_called, _call),
        Scene(ADOPTED_ON, MORNING, 3, _is_adopted, _adopt),
    ]


def flood() -> Disaster | None:
    """Return the flood; None before it was entered."""
    return Disaster.objects.filter(area=FLOODED, happened_on=FLOOD_ON).first()


def _is_entered() -> bool:
    return flood() is not None or not Household.objects.living().filter(area=FLOODED).exists()


@transaction.atomic
def _enter(register: Register) -> None:
    """Enter the flood with the township's list: who was hit, and how hard the houses were."""
    verifier = person(_VERIFIER)
    struck = Struck(
        Area.objects.get(code=FLOODED), "0201", "芒种村10·30山洪", FLOOD_ON, "凌晨强降雨，河水漫堤进村。"
    )
    made = keeping.open_disaster(struck, by=verifier)
    lines = "\n".join(f"{number} {damage}" for number, damage in register.flooded)
    read = reading.read_text(lines, Harm.AFFECTED, by=verifier)
    listing.add_households(made, read.harms, Found.LIST, by=verifier)


def _is_helped() -> bool:
    made = flood()
    return made is None or made.households.filter(helps__isnull=False).exists()


@transaction.atomic
def _help() -> None:
    """Bring the people of the damaged houses to the school and feed them, and ask for everybody."""
    made, assistant = flood(), holder(Role.VILLAGE_ASSISTANT, FLOODED)
    if made is None:
        return
    rows = made.households.living()
    heavy = list(rows.filter(harm=Harm.HEAVY).values_list("pk", flat=True))
    given = Help("shelter", "青石镇应急办", FLOOD_ON, "转移到村小学，每户棉被2床")
    help_listed(made, heavy, given, by=assistant)
    recording.record_safe(made, list(rows.values_list("pk", flat=True)), by=assistant)


def _is_opened() -> bool:
    made = flood()
    return made is None or made.households.filter(case__isnull=False).exists()


def _open() -> None:
    """Open the cases of the damaged houses together; their papers are owed from the day of the help."""
    made = flood()
    if made is not None:
        heavy = made.households.living().filter(harm=Harm.HEAVY)
        opening.open_cases(made, list(heavy.values_list("pk", flat=True)), by=person(_VERIFIER))


def meeting() -> Evaluation | None:
    """Return the meeting of the flooded village; None before it was called."""
    return Evaluation.objects.filter(area=FLOODED, meets_on=MEETING_ON).order_by("pk").first()


def _invited() -> list[Case]:
    """Return the cases of the damaged houses that come to the first meeting, that of the story among them."""
    made = flood()
    if made is None:
        return []
    rows = Case.objects.filter(disasters__disaster=made, origin=Case.Origin.DISASTER)
    return list(rows.select_related("household", "area").order_by("household__code")[:INVITED])


def _is_applied() -> bool:
    return not any({"apply", "compare"} & {*case.waits_for} for case in _invited())


def _apply() -> None:
    """Take the applications in one house after the other, and ask the departments."""
    by = holder(Role.VILLAGE_ASSISTANT, FLOODED)
    for case in _invited():
        with transaction.atomic():
            if "apply" in case.waits_for:
                acts.apply(case, _BY_DISASTER, _DAMAGE, by)
            if "compare" in acts.fresh(case).waits_for:
                acts.compare(acts.fresh(case), by)


def _is_called() -> bool:
    return meeting() is not None or not _invited()


def _call() -> None:
    """Call the representatives to the school for tonight."""
    told = Call(Evaluation.Meeting.REPRESENTATIVES, MEETING_ON, "村小学教室", _MUST_COME, TONIGHT)
    by = holder(Role.VILLAGE_ASSISTANT, FLOODED)
    calling.call(Area.objects.get(code=FLOODED), _invited(), told, by=by)


def _is_adopted() -> bool:
    return not homes_waiting(COUNTY)


def _adopt() -> None:
    """Take over the monitored households of the county, some at a time."""
    homes = homes_waiting(COUNTY)
    for first in range(0, len(homes), _AT_ONCE):
        adopt(homes[first : first + _AT_ONCE])

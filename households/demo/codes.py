"""Codes and leaflets of the demonstration: a township gives out codes, a village assistant walks with leaflets."""

from collections.abc import Callable

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.demo.places import TOWNSHIP, VILLAGE
from foundation.accounts.kin import recused
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Role
from foundation.regulations import local_values
from foundation.regulations.drafts import Draft
from foundation.regulations.models import Subject
from foundation.regulations.models.values import Kind
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import Unit
from households.codes.giving import give_out
from households.codes.scanning import TELEPHONE
from households.leaflets.ticking import give
from households.models import Household, HouseholdCode

#: Nobody was at home behind every so manieth door.
_NOT_MET = 7
#: No place has the area code 0000.
_NUMBER = "0000-5550100"


def are_given() -> bool:
    """Say whether the township has given out its codes."""
    return HouseholdCode.objects.filter(household__area__code__startswith=TOWNSHIP).exists()


@transaction.atomic
def give_out_codes(holder: Callable[[Role, str], User]) -> None:
    """Let the township have a telephone and codes, and the village its leaflets; `holder` gives who has a post."""
    county = TOWNSHIP[:6]
    dispatcher, approver = holder(Role.COUNTY_DISPATCHER, county), holder(Role.COUNTY_APPROVER, county)
    _set_telephone(dispatcher, approver)
    give_out(Area.objects.get(pk=TOWNSHIP), by=holder(Role.TOWNSHIP_VERIFIER, TOWNSHIP))
    assistant = holder(Role.VILLAGE_ASSISTANT, VILLAGE)
    homes = Household.objects.living().filter(area=VILLAGE).order_by("code")
    for number, home in enumerate(homes, start=1):
        if number % _NOT_MET and not recused(assistant, home.recusal_keys):
            give(home, by=assistant)


def _set_telephone(dispatcher: User, approver: User) -> None:
    area = Area.objects.get(pk=TOWNSHIP)
    source = Source(
        SourceKind.DOCUMENT, "关于公布防返贫咨询电话的通知（演示值）", "示例县农业农村局", "2026-10-12",
        number="示农〔2026〕27号",
    )  # fmt: skip
    draft = Draft(
        Subject.objects.get(pk=TELEPHONE), area, clock.today(), Kind.TEXT, Unit.TEXT, source,
        text_zh=_NUMBER, text_en=_NUMBER, note_zh="演示值：打不通的号码。",
    )  # fmt: skip
    proposal = local_values.propose(draft, "公布乡镇咨询电话（演示值）", by=dispatcher)
    local_values.approve(proposal, by=approver)

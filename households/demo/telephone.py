"""The telephone of the demonstration's township, which who scans a code reads: two people of the county set it."""

from collections.abc import Callable

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.demo.places import TOWNSHIP
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Role
from foundation.regulations import local_values
from foundation.regulations.drafts import Draft
from foundation.regulations.models import Subject
from foundation.regulations.models.values import Kind
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import Unit
from households.codes.scanning import TELEPHONE, contact_of

#: No place has the area code 0000.
NUMBER = "0000-5550100"


def is_set() -> bool:
    """Say whether the township has its telephone."""
    return contact_of(TOWNSHIP).telephone == NUMBER


@transaction.atomic
def set_telephone(holder: Callable[[Role, str], User]) -> None:
    """Let the county's dispatcher propose the number and its approver set it; `holder` gives who has a post."""
    county = TOWNSHIP[:6]
    source = Source(
        SourceKind.DOCUMENT, "关于公布防返贫咨询电话的通知（演示值）", "示例县农业农村局", "2026-10-12",
        number="示农〔2026〕27号",
    )  # fmt: skip
    draft = Draft(
        Subject.objects.get(pk=TELEPHONE), Area.objects.get(pk=TOWNSHIP), clock.today(), Kind.TEXT, Unit.TEXT,
        source, text_zh=NUMBER, text_en=NUMBER, note_zh="演示值：打不通的号码。",
    )  # fmt: skip
    proposal = local_values.propose(
        draft, "公布乡镇咨询电话（演示值）", by=holder(Role.COUNTY_DISPATCHER, county)
    )
    local_values.approve(proposal, by=holder(Role.COUNTY_APPROVER, county))

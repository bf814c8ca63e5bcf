"""The demonstration county's own monitoring line, year by year: proposed by one person, approved by another."""

import datetime
from decimal import Decimal

from django.db import transaction

from foundation.accounts.demo.places import COUNTY
from foundation.accounts.models import Area, User
from foundation.regulations import local_values
from foundation.regulations.drafts import Draft
from foundation.regulations.models import LocalValue, Subject
from foundation.regulations.models.values import Kind
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import Unit
from households.demo.figures import LINES

SUBJECT = "monitoring_line"


def are_set() -> bool:
    """Say whether the county has proposed its lines."""
    return LocalValue.objects.filter(area=COUNTY, subject=SUBJECT).exists()


@transaction.atomic
def set_lines(dispatcher: User, approver: User) -> None:
    """Let the county set the line of every year since the lists of monitored objects began."""
    subject, area = Subject.objects.get(pk=SUBJECT), Area.objects.get(pk=COUNTY)
    for year, amount in LINES.items():
        source = Source(
            SourceKind.DOCUMENT,
            f"关于确定{year}年防止返贫监测范围的通知（演示值）",
            "示例县农业农村局",
            f"{year}-01-05",
            number=f"示农〔{year}〕1号",
        )
        draft = Draft(
            subject, area, datetime.date(year, 1, 1), Kind.AMOUNT, Unit.YUAN_YEAR, source,
            amount=Decimal(amount), note_zh="演示值：不是任何地方的标准。",
        )  # fmt: skip
        proposal = local_values.propose(draft, "本县历年监测线入库（演示值）", by=dispatcher)
        local_values.approve(proposal, by=approver)

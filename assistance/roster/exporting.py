"""Our list for civil affairs as a workbook in the declared layout: who is monitored, and what an assessment came to.

Numbers stand in full, because the list is matched by them: only for who may reveal numbers there, for a purpose that
stays in the record; those of one's own and one's kin's households stay masked.
"""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assistance.models import AssessedHousehold
from foundation.accounts import clock
from foundation.accounts.kin import household_number
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files.content import XLSX
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.identity import keeping
from households.identity.masking import masked_number, masked_text
from households.models import Household, Resident, Standing
from households.words import Words
from households.workbooks import MOST_ROWS, Sheet, workbook

#: The heads of the layout; the first three come back in theirs.
HEADS = ("身份证号", "姓名", "救助类别", "户编号", "行政区划代码", "监测对象类别", "综合评估结果", "评估日期")
_ASSISTED = ("dibao", "tekun", "dibao_margin", "rigid_expense")


@transaction.atomic
def take_out(area: Area, purpose: str, *, by: User) -> Opened:
    """Return the list of an area; that it was taken out stands in the record before it leaves."""
    actor = by.authority(Right.REVEAL_NUMBERS, area.code)
    said = masked_text(purpose.strip())
    if not said:
        raise Refused(_("Say what the list is for: it stays in the record."), field="purpose")
    people = list(_people(by, area.code))
    if not people:
        raise Refused(_("Nobody is monitored or assessed here: the list would be empty."))
    if len(people) > MOST_ROWS:
        raise Refused(_("The list is too long for one workbook: take it out township by township."))
    own = frozenset(
        Kin.objects.filter(user=by, withdrawn_on__isnull=True).values_list("household", flat=True)
    )
    with translation.override(settings.LANGUAGE_CODE):
        content = workbook(Sheet(_("People"), HEADS, list(_rows(people, own)), mark=watermark(by, area.name)))
        title = _("List for civil affairs")
    today = clock.today()
    details = {"people": len(people)}
    record(
        Act("roster.taken_out", "area", area.code, today, today, area=area.code, basis=said, details=details),
        by=actor,
    )
    name = f"{title} {area.name} {today}.xlsx"
    return Opened(iter([content]), name, XLSX, len(content))


def _people(by: User, area: str) -> Iterator[Resident]:
    """Yield the members of households that are monitored, or that an assessment decided about."""
    monitored = Standing.objects.in_force().filter(kind__in=Standing.MONITORED, resident__isnull=True)
    decided = AssessedHousehold.objects.filter(state__in=("decided", "done"))
    homes = (
        Household.objects.visible_to(by, Right.REVEAL_NUMBERS).living().filter(area__code__startswith=area)
    )
    wanted = homes.filter(pk__in=monitored.values("household")) | homes.filter(
        pk__in=decided.values("household")
    )
    rows = Resident.objects.present().filter(household__in=wanted.values("pk"))
    yield from rows.select_related("identity", "household").order_by("area", "household", "relation", "pk")


def _rows(people: list[Resident], own: frozenset[str]) -> Iterable[list[str]]:
    keys = {each.household_id for each in people}
    words = Words(clock.today())
    held: dict[int, str] = {}
    assisted: dict[int, list[str]] = {}
    rows = Standing.objects.in_force().filter(household__in=keys, kind__in=(*Standing.MONITORED, *_ASSISTED))
    for row in rows.select_related("household"):
        if row.kind not in _ASSISTED:
            held[row.household_id] = words.standing(row.kind, row.household.area_id)
        elif row.resident_id is not None:
            assisted.setdefault(row.resident_id, []).append(str(Standing.Kind(row.kind).label))
    results = {
        row.household_id: row
        for row in AssessedHousehold.objects.filter(household__in=keys, state__in=("decided", "done"))
        .select_related("assessment").order_by("pk")
    }  # fmt: skip
    for each in people:
        found = results.get(each.household_id)
        yield [
            _number(each, hidden=household_number(each.household.code) in own),
            each.shown_name,
            "、".join(assisted.get(each.pk, [])),
            each.household.code,
            each.area_id,
            held.get(each.household_id, ""),
            str(found.get_result_display()) if found else "",
            found.assessment.on.isoformat() if found else "",
        ]


def _number(resident: Resident, *, hidden: bool) -> str:
    if resident.identity is None:
        return ""
    number = keeping.opened(resident.identity.subject, resident.identity.sealed)
    return masked_number(number) if hidden else number

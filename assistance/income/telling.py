"""What people are told of income sheets: lists that changed since, and a household that fell under the line."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import IncomeChange, IncomeSheet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify, take_back
from foundation.ledger.record import Act, record

KINDS = (
    NoticeKind(
        "income_source_changed",
        _("Lists of departments say something else than an income sheet that I confirmed"),
        _("Income sheets whose lists say something else by now: {count}."),
    ),
    NoticeKind(
        "income_fell",
        _("The income of a monitored household in my township fell under the line"),
        _("Monitored households whose income fell under the line: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "income_sheets_overdue",
        _("Income sheets of households that I help or visit are overdue"),
        _("Households whose income sheet you have not written by the last day: {count}."),
    ),
    NoticeKind(
        "income_sheets_overdue_below",
        _("Income sheets in my township are overdue"),
        _("Monitored households without the income sheet of the period after its last day: {count}."),
    ),
)


def tell_changed(sheets: Iterable[IncomeSheet]) -> None:
    """Tell who confirmed each sheet; who may not see it any more leaves it to who visits the village."""
    for sheet in sheets:
        person = sheet.confirmed_by
        sees = person is not None and person.holds(Right.VIEW_CASES, sheet.area_code, of=sheet.case)
        people = [person] if person is not None and sees else holders(Right.VISIT_HOUSEHOLDS, sheet.area_code)
        notify(people, "income_source_changed", place=page_of(sheet), group=str(sheet.pk))


def tell_fell(sheet: IncomeSheet, *, by: User) -> None:
    """Tell the township, where who confirmed may not report a concern themselves."""
    people = holders(Right.REVIEW_CASES, sheet.area_code[: Level.TOWNSHIP], but=by)
    notify(people, "income_fell", place=page_of(sheet), group=str(sheet.case_id))


def tell_overdue(
    townships: Mapping[str, int], helpers: Mapping[int, int], villages: Mapping[str, int]
) -> None:
    """Tell of overdue sheets: counts by township, by helper, and by village for households that nobody helps."""
    place = f"{reverse('cases:incomes')}?late=yes"
    for township, count in townships.items():
        people = holders(Right.REVIEW_CASES, township)
        notify(people, "income_sheets_overdue_below", place=place, group=township, count=count)
    for person in User.objects.filter(pk__in=helpers):
        notify([person], "income_sheets_overdue", place=place, count=helpers[person.pk])
    for village, count in villages.items():
        notify(holders(Right.VISIT_HOUSEHOLDS, village), "income_sheets_overdue", place=place, count=count)


def note_kept(change: IncomeChange, *, by: User) -> None:
    """Write into the record that an amount stays although the lists changed; nobody need be told any more."""
    sheet, today = change.sheet, clock.today()
    if not IncomeChange.objects.filter(sheet=sheet, answer="").exists():
        take_back("income_source_changed", [str(sheet.pk)])
    actor = by.authority(Right.VISIT_HOUSEHOLDS, sheet.area_code, of=sheet.case)
    details = {"item": change.code, "change": change.pk}
    record(
        Act("income_sheet.kept", IncomeSheet._meta.label_lower, str(sheet.pk), today, today, area=sheet.area_code,
            basis=change.note, details=details),
        by=actor,
    )  # fmt: skip


def page_of(sheet: IncomeSheet) -> str:
    """Return the address of a sheet."""
    return reverse("cases:income_sheet", args=[sheet.pk])

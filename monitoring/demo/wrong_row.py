"""S6: the row with one man's number and another's name goes back to the department that sent it."""

import datetime

from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Level, Role
from monitoring.models import CorrectionTask, Delivery, Finding
from monitoring.returning.returning import return_row

HOUSEHOLD, RETURNED_ON = "YS000006", datetime.date(2026, 11, 4)
REASON = "号码是雷大寒的，姓名是松岭镇吕小暑：雷大寒十月没有住院，请核对后重报。"


def is_returned() -> bool:
    """Say whether the department has the row before it, or nothing was found on it."""
    return task() is not None or not may_be_sent_back()


def may_be_sent_back() -> bool:
    """Say whether something is found on that row."""
    return _finding() is not None


def task() -> CorrectionTask | None:
    """Return the newest task about that row."""
    return CorrectionTask.objects.filter(reason=REASON).order_by("-pk").first()


def send_back() -> CorrectionTask:
    """Return the row to its department, as the verifier of the township."""
    finding = _finding()
    assert finding is not None  # noqa: S101  (asked by is_returned)
    row = finding.evidence[0]
    return return_row(
        Delivery.objects.select_related("dataset", "area").get(pk=row["delivery"]),
        row["line"],
        sheet=row.get("sheet") or "",
        area=finding.area,
        reason=REASON,
        by=verifier(finding.area_id),
    )


def verifier(village: str) -> User:
    """Return who verifies in the township of a village on the day that is played."""
    posts = Posting.objects.in_force().filter(role=Role.TOWNSHIP_VERIFIER, area=village[: Level.TOWNSHIP])
    return posts.select_related("user").order_by("pk")[0].user


def _finding() -> Finding | None:
    rows = Finding.objects.living().filter(household__code=HOUSEHOLD, name_differs=True)
    return rows.select_related("area").order_by("pk").first()

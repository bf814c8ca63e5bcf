"""A notice begins to run with the proof of its posting, and taking it down is written down too."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import Notice, NoticeItem
from assistance.notices import photos
from assistance.notices.drawing import locked, note
from assistance.notices.lines import Style, lines_on
from assistance.removal.mixed import move_lines
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.models import Attachment
from foundation.ledger.record import Actor
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import Deadline, deadline
from foundation.workflow.move import Request

DAYS = "notice_days"


@dataclass(frozen=True, slots=True)
class Posted:
    """When and where a notice was hung up; `reason` where it is entered late."""

    on: datetime.date
    spot: str
    at: datetime.time | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PostingDone:
    """The notice as it runs, and which households could not go with it (number, sentence)."""

    notice: Notice
    refused: tuple[tuple[str, str], ...] = ()


def days_of(notice: Notice, on: datetime.date) -> tuple[Resolved, Deadline]:
    """Return the area's days of a notice and its last day when it is posted on a day (which itself does not count)."""
    rule = value(DAYS, area=notice.area_id, on=on)
    if rule.silent or rule.amount is None:
        raise Refused(_("No number of notice days is in force here: propose a local value first."))
    return rule, deadline(on, rule.amount, rule.unit, notice.area_id)


def proof_of(notice: Notice) -> Attachment | None:
    """Return the photo that proves the posting, the newest one; None where there is none."""
    return Attachment.objects.of(notice).living().filter(kind=photos.POSTED.code).order_by("-pk").first()


@transaction.atomic
def post(notice: Notice, told: Posted, *, by: User) -> PostingDone:
    """Let a notice run from its posting: its lines are written as they hang, its days as they hold today.

    Refused without the photo. A household that may not go on (its case moved meanwhile, kin) leaves the list; the
    others hang.
    """
    actor = by.authority(Right.PREPARE_CASES, notice.area_id)
    held = locked(notice)
    if not told.spot.strip():
        raise Refused(_("Say where it hangs."), field="spot")
    happened = clock.happened(told.on, reason=told.reason, areas={held.area_id})
    if happened < held.drawn_on:
        raise Refused(_("It cannot hang since before it was drawn up."), field="on")
    proof = proof_of(held)
    if proof is None:
        raise Refused(_("Attach the photo of the notice on the wall first: it runs from this proof."))
    rule, last = days_of(held, happened)
    mark_used(rule)
    _begin(held, told, rule, last, by)
    results, refused = _hang(held, happened, told.reason, by)
    details = {
        "days": held.days, "unit": held.unit, "until": held.until, "lines": results, "proof": proof.sha256,
    }  # fmt: skip
    note("posted", held, actor, details, told.reason)
    return PostingDone(held, refused)


@transaction.atomic
def take_down(notice: Notice, on: datetime.date, *, by: User) -> Notice:
    """Write down that a notice was taken off the wall: not before its last day is over."""
    actor: Actor = by.authority(Right.PREPARE_CASES, notice.area_id)
    held: Notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if held.until is None:
        raise Refused(_("This notice is not posted."))
    if held.taken_down_on is not None:
        raise Refused(_("Somebody has written this down already."))
    if on > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="on")
    if on <= held.until:
        raise Refused(
            _("It must hang until the end of %(day)s: choose a later day.") % {"day": held.until}, field="on"
        )
    held.taken_down_on, held.taken_down_by = on, by
    held.save(update_fields=["taken_down_on", "taken_down_by"])
    note("taken_down", held, actor, {"on": on})
    return held


def _begin(notice: Notice, told: Posted, rule: Resolved, last: Deadline, by: User) -> None:
    notice.posted_on, notice.posted_at, notice.posted_by = told.on, told.at, by
    notice.spot = told.spot.strip()
    notice.days, notice.unit = int(rule.amount or 0), rule.unit.value
    notice.until, notice.provisional = last.day, last.provisional
    notice.save()


def _hang(
    notice: Notice, on: datetime.date, reason: str, by: User
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Move the cases, and write the line of each that moved; returns how many hang, and who does not with why."""
    items = list(
        notice.items.filter(left_on__isnull=True)
        .select_for_update(of=("self",))
        .select_related("case__household", "removal__case__household", "assessed__household")
        .order_by("pk")
    )
    given = {"notice": notice.pk}
    made = move_lines(items, Request("post", on=on, reason=reason, given=given, details=given), by=by)
    why = {key: refusal.sentence for key, refusal in made.refused.items()}
    if not made.lines:
        raise Refused(next(iter(why.values()), _("Nobody is on the list any more.")))
    _write_lines(notice, [item for item in items if item.pk in made.lines])
    made.follow(by=by)
    for item in items:
        if item.pk in why:
            NoticeItem.objects.filter(pk=item.pk).update(left_on=on, left_why=why[item.pk][:200])
    refused = tuple((item.household.code, why[item.pk]) for item in items if item.pk in why)
    return len(made.lines), refused


def _write_lines(notice: Notice, hanging: list[NoticeItem]) -> None:
    """Freeze the lines of those who hang."""
    wall, online = lines_on(hanging, Style.WALL), lines_on(hanging, Style.ONLINE)
    for item in hanging:
        line = wall[item.pk]
        item.village, item.group_name, item.persons = line.village, line.group, line.persons
        item.category, item.name_wall, item.name_online = line.category, line.name, online[item.pk].name
        item.until = notice.until
    NoticeItem.objects.bulk_update(
        hanging, ["village", "group_name", "persons", "category", "name_wall", "name_online", "until"]
    )

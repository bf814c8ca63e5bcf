"""A notice is drawn up: the list before it is posted. Several may hang at once; a case stands on one of them."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assistance.assessment import moved as assessments
from assistance.evaluations.calling import keys_of, names
from assistance.evaluations.selectors import assessed_with_heads, with_heads
from assistance.models import AssessedHousehold, Case, Kind, Notice, NoticeItem, Removal
from assistance.removal.mixed import Subject, split
from assistance.removal.selectors import waiting_for_notice
from assistance.removal.selectors import with_heads as removals_with_heads
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import value
from households.codes.scanning import contact_of

STEP = "post"
PLACE = "notice_place"


def place_of(case: Subject) -> str:
    """Return the code of the area where the notice of a household hangs: its village, or its township."""
    at_township = value(PLACE, area=case.area_id).code == "township"
    return case.area_id[: Level.TOWNSHIP] if at_township else case.area_id


def waiting_here(area: Area, user: User) -> list[Subject]:
    """Return the households that wait to be put on a notice of `area`, with heads, as `user` prepares them."""
    found = split(waiting(user).get(area.code, []))
    entries = with_heads(Case.objects.filter(pk__in=[case.pk for case in found.cases]).order_by("area", "pk"))
    leaving = Removal.objects.filter(pk__in=[row.pk for row in found.removals]).order_by("case__area", "pk")
    judged = AssessedHousehold.objects.filter(pk__in=[row.pk for row in found.assessed])
    in_order = judged.order_by("household__area", "pk")
    return [*entries, *removals_with_heads(leaving), *assessed_with_heads(in_order)]


def waiting(user: User) -> dict[str, list[Subject]]:
    """Return by place (code) what waits for a notice, as `user` may prepare it."""
    rows = Case.objects.visible_to(user, Right.PREPARE_CASES).waiting_for(STEP)
    lines = NoticeItem.objects.filter(ended_on__isnull=True, left_on__isnull=True, case__isnull=False)
    hanging = lines.values("case")
    found: dict[str, list[Subject]] = {}
    for case in rows.exclude(pk__in=hanging).select_related("household", "area").order_by("area", "pk"):
        found.setdefault(place_of(case), []).append(case)
    for removal in waiting_for_notice(user).select_related("case__household", "case__area"):
        found.setdefault(place_of(removal), []).append(removal)
    for row in assessments.waiting_for_notice(user).select_related("household__area"):
        found.setdefault(place_of(row), []).append(row)
    return found


@transaction.atomic
def draw(area: Area, cases: Sequence[Subject], *, by: User, where: str = "") -> Notice:
    """Draw a notice up for a village or township; `where` to object stands on it (default: its township)."""
    actor = by.authority(Right.PREPARE_CASES, area.code)
    if not cases:
        raise Refused(_("Choose at least one household."), field="cases")
    contact = contact_of(area.code)
    office = contact.township.name if contact.township else area.name
    made: Notice = Notice.objects.create(
        area=area,
        drawn_on=clock.today(),
        drawn_by=by,
        where=where.strip() or _government(office),
        telephone=contact.telephone,
    )
    _put_on(made, cases)
    note("drawn", made, actor, keys_of(cases))
    return made


def _government(office: str) -> str:
    """Return what stands on the wall, in the language of official papers, whoever draws the notice up."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("government of %(township)s") % {"township": office}


@transaction.atomic
def take_off(item: NoticeItem, reason: str, *, by: User) -> NoticeItem:
    """Take a household off a notice that is not posted; it goes on waiting for one."""
    actor = by.authority(Right.PREPARE_CASES, item.notice.area_id)
    if not reason.strip():
        raise Refused(_("Say why: this step needs a reason."), field="reason")
    held = locked(item.notice)
    written = {"left_on": clock.today(), "left_why": reason.strip()[:200]}
    if NoticeItem.objects.filter(pk=item.pk, left_on__isnull=True).update(**written) != 1:
        raise Refused(_("This household is no longer on the list."))
    note("item_left", held, actor, item.told(), reason)
    item.refresh_from_db()
    return item


@transaction.atomic
def give_up(notice: Notice, reason: str, *, by: User) -> Notice:
    """Give up a notice that was not posted: its households wait for another one."""
    actor = by.authority(Right.PREPARE_CASES, notice.area_id)
    if not reason.strip():
        raise Refused(_("Say why: this step needs a reason."), field="reason")
    held = locked(notice)
    today = clock.today()
    held.items.filter(left_on__isnull=True).update(left_on=today, left_why=_("The notice was given up."))
    held.cancelled_on = today
    held.save(update_fields=["cancelled_on"])
    note("cancelled", held, actor, {}, reason)
    return held


def locked(notice: Notice) -> Notice:
    """Return a notice for writing; refused where it is posted or given up: its list stays as it is."""
    held: Notice = Notice.objects.select_for_update(of=("self",)).select_related("area").get(pk=notice.pk)
    if held.posted:
        raise Refused(_("This notice is posted: its list stays as it hangs."))
    if held.cancelled_on is not None:
        raise Refused(_("This notice was given up."))
    return held


def note(verb: str, row: Notice, actor: Actor, details: Mapping[str, object], reason: str = "") -> None:
    """Write an act on a notice into the record; what was typed is only committed to."""
    today = clock.today()
    personal = {"reason": reason} if reason else {}
    record(
        Act(
            f"notice.{verb}", "assistance.notice", str(row.pk), row.posted_on or today, today, area=row.area_id,
            details=details, personal=personal,
        ),
        by=actor,
    )  # fmt: skip


def _put_on(notice: Notice, subjects: Sequence[Subject]) -> None:
    """Put households on the list; each must wait for its posting, at this very place, and hang nowhere else."""
    lines = _lines(notice, subjects)
    ready = {(line.case_id, line.removal_id, line.assessed_id) for line in lines}
    for each in subjects:
        if names(each) not in ready:
            raise Refused(
                _("Household %(code)s does not wait for a notice at this place.")
                % {"code": each.household.code},
                field="cases",
            )
    try:
        with transaction.atomic():
            NoticeItem.objects.bulk_create(lines)
    except IntegrityError as twice:
        raise Refused(_("One of these households hangs on a notice already."), field="cases") from twice


def _lines(notice: Notice, subjects: Sequence[Subject]) -> list[NoticeItem]:
    """Return the lines of those households that wait for a notice at this place."""
    found, place = split(subjects), notice.area_id
    ready = Case.objects.waiting_for(STEP).filter(pk__in=[case.pk for case in found.cases])
    leaving = Removal.objects.waiting_for(STEP).filter(pk__in=[row.pk for row in found.removals])
    judged = AssessedHousehold.objects.filter(pk__in=[row.pk for row in found.assessed], state="evaluated")
    return [
        *(
            NoticeItem(notice=notice, case_id=case.pk)
            for case in ready.order_by("pk")
            if place_of(case) == place
        ),
        *(
            NoticeItem(notice=notice, case_id=row.case_id, kind=Kind.REMOVAL, removal_id=row.pk)
            for row in leaving.select_related("case").order_by("pk")
            if place_of(row) == place
        ),
        *(
            NoticeItem(notice=notice, kind=Kind.ASSESSED, assessed_id=row.pk)
            for row in judged.select_related("household").order_by("pk")
            if place_of(row) == place
        ),
    ]

"""A notice is drawn up: the list before it is posted. Several may hang at once; a case stands on one of them."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assistance.evaluations.calling import keys_of
from assistance.evaluations.selectors import with_heads
from assistance.models import Case, Kind, Notice, NoticeItem, Removal
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
    """Return the code of the area where the notice of a case hangs: its village, or its township."""
    at_township = value(PLACE, area=case.area_id).code == "township"
    return case.area_id[: Level.TOWNSHIP] if at_township else case.area_id


def waiting_here(area: Area, user: User) -> list[Subject]:
    """Return the households that wait to be put on a notice of `area`, with heads, as `user` prepares them."""
    cases, removals = split(waiting(user).get(area.code, []))
    entries = with_heads(Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("area", "pk"))
    leaving = Removal.objects.filter(pk__in=[row.pk for row in removals]).order_by("case__area", "pk")
    return [*entries, *removals_with_heads(leaving)]


def waiting(user: User) -> dict[str, list[Subject]]:
    """Return by place (code) the cases and removals that wait for a notice, as `user` may prepare them."""
    rows = Case.objects.visible_to(user, Right.PREPARE_CASES).waiting_for(STEP)
    hanging = NoticeItem.objects.filter(ended_on__isnull=True, left_on__isnull=True).values("case")
    found: dict[str, list[Subject]] = {}
    for case in rows.exclude(pk__in=hanging).select_related("household", "area").order_by("area", "pk"):
        found.setdefault(place_of(case), []).append(case)
    for removal in waiting_for_notice(user).select_related("case__household", "case__area"):
        found.setdefault(place_of(removal), []).append(removal)
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
    note("item_left", held, actor, {"case": item.case_id}, reason)
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
    cases, removals = split(subjects)
    ready = list(Case.objects.waiting_for(STEP).filter(pk__in=[case.pk for case in cases]).order_by("pk"))
    found = {case.pk for case in ready if place_of(case) == notice.area_id}
    leaving = (
        Removal.objects.waiting_for(STEP).filter(pk__in=[row.pk for row in removals]).select_related("case")
    )
    to_leave = {row.pk: row.case_id for row in leaving if place_of(row) == notice.area_id}
    for case in subjects:
        if case.pk not in (found if isinstance(case, Case) else to_leave):
            raise Refused(
                _("Household %(code)s does not wait for a notice at this place.")
                % {"code": case.household.code},
                field="cases",
            )
    try:
        with transaction.atomic():
            NoticeItem.objects.bulk_create(
                [
                    *(NoticeItem(notice=notice, case_id=key) for key in sorted(found)),
                    *(
                        NoticeItem(notice=notice, case_id=case, kind=Kind.REMOVAL, removal_id=key)
                        for key, case in sorted(to_leave.items())
                    ),
                ]
            )
    except IntegrityError as twice:
        raise Refused(_("One of these households hangs on a notice already."), field="cases") from twice

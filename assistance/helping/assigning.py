"""Name a helper for a place of a case; who was named accepts or declines; the help of a person ends."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.helping import clocks, lending, telling
from assistance.helping.places import check_fits, may_have_helpers, unit_of
from assistance.models import Case, HelperPlace
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request, create, move
from households.identity.masking import masked_text

#: So long a printed sheet says what is open at a household.
_SHEET_HOLDS = datetime.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Named:
    """Who is wanted for which place: the post says the person; `unit` is the assisting unit in words."""

    kind: str
    posting: Posting
    unit: str = ""


@transaction.atomic
def name(case: Case, wanted: Named, *, by: User) -> HelperPlace:
    """Name somebody for a place; case and household are lent to them at once, so that they see what is asked.

    Refused for kin on either side, for a post that does not fit, and where somebody holds the place or was asked.
    """
    actor = by.authority(Right.ASSIGN_HELPERS, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    locked = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    if not may_have_helpers(locked):
        raise Refused(_("This case has no helpers: it is not decided yet, or it has ended."))
    check_person(locked, wanted)
    check_free(locked, wanted.kind)
    person = wanted.posting.user
    place = HelperPlace(
        case=locked,
        kind=wanted.kind,
        person=person,
        posting=wanted.posting,
        unit=wanted.unit.strip()[:60] or unit_of(wanted.posting),
        offered_on=clock.today(),
        assigned_by=by,
    )
    create(place, by=by, actor=actor, details=said(place))
    lending.lend(place, actor=actor)
    telling.tell_named(place, by=by)
    return place


def check_person(case: Case, wanted: Named) -> None:
    """Refuse who may not help this household: from such a post, or because it is their own or their kin's."""
    check_fits(case, wanted.kind, wanted.posting)
    if recused(wanted.posting.user, case.recusal_keys()):
        raise Refused(
            _("%(name)s may not act on this household: choose somebody else.")
            % {"name": wanted.posting.user.name},
            field="posting",
        )


def check_free(case: Case, kind: str) -> None:
    """Refuse to fill a place that somebody holds, or was asked to hold."""
    taken = HelperPlace.objects.active().filter(case=case, kind=kind).select_related("person").first()
    if taken is None:
        return
    said_of = {"name": taken.person.name}
    if taken.state == "offered":
        raise Refused(_("%(name)s was named and has not answered yet: take that back first.") % said_of)
    raise Refused(_("%(name)s helps here: let them hand the household over.") % said_of)


@transaction.atomic
def accept(place: HelperPlace, *, by: User) -> HelperPlace:
    """Accept what one was named for; the clock stops when it was the last place."""
    _check_own(place, by)
    move(place, Request("accept", writes={"accepted_on": clock.today()}, details=said(place)), by=by)
    clocks.settle([place.case], by=by)
    telling.tell_answered(place, by=by)
    return place


@transaction.atomic
def decline(place: HelperPlace, reason: str, *, by: User) -> HelperPlace:
    """Decline with a reason; case and household are no longer seen, and who named hears of it."""
    _check_own(place, by)
    _finish(place, "decline", reason, by)
    telling.tell_answered(place, by=by)
    return place


@transaction.atomic
def end(place: HelperPlace, reason: str, *, by: User, no_sheet: str = "") -> HelperPlace:
    """End the help of a person, or take back that they were named; a place that falls empty starts the clock anew.

    Who helped leaves a sheet of what is open there for whoever comes next (helping.paper.of_place), or `no_sheet`, a
    code of HelperPlace.NoSheet, says why there is none (field.md 2.5).
    """
    held = HelperPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if (place.hand_over_id and place.state == "offered") or _handed_on_now(place):
        raise Refused(_("This household is being handed over: take that back first."))
    if place.state == "accepted":
        sheet = has_sheet(held)
        if not sheet and no_sheet not in HelperPlace.NoSheet.values:
            raise Refused(
                _("Print the sheet of what is open here for whoever comes next, or say why there is none."),
                field="no_sheet",
            )
        why = "" if sheet else no_sheet
        _finish(place, "end", reason, by, no_sheet=why, sheet_on=str(held.sheet_on) if sheet else "")
    else:
        _finish(place, "take_back", reason, by)
    clocks.settle([place.case], by=by)
    telling.tell_ended(place, by=by)
    return place


def has_sheet(place: HelperPlace) -> bool:
    """Say whether the sheet of what is open was printed lately: an older one no longer says what is open."""
    return place.sheet_on is not None and place.sheet_on >= clock.today() - _SHEET_HOLDS


@transaction.atomic
def told(place: HelperPlace, *, by: User) -> None:
    """Write down that the household knows its new helper; refused a second time, and for kin."""
    actor = by.authority(Right.VIEW_CASES, place.case.area_id, of=place.case)
    if forbidden := recused(by, place.recusal_keys()):
        raise Refused(forbidden)
    today = clock.today()
    rows = HelperPlace.objects.held().filter(pk=place.pk, told_on__isnull=True)
    if rows.update(told_on=today) != 1:
        raise Refused(_("Somebody has written this down already."))
    act = Act("helper.household_told", "assistance.case", str(place.case_id), today, today,
              area=place.case.area_id, details=said(place))  # fmt: skip
    record(act, by=actor)


@transaction.atomic
def not_told(place: HelperPlace, reason: str, *, by: User) -> None:
    """Take back that the household knows its helper: it was a slip, or the wrong one was told. The reason is kept."""
    actor = by.authority(Right.VIEW_CASES, place.case.area_id, of=place.case)
    if forbidden := recused(by, place.recusal_keys()):
        raise Refused(forbidden)
    kept = masked_text(reason.strip())[:200]
    if not kept:
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    rows = HelperPlace.objects.held().filter(pk=place.pk, told_on__isnull=False)
    if rows.update(told_on=None) != 1:
        raise Refused(_("Nobody has written down that this household knows its helper."))
    today = clock.today()
    act = Act("helper.told_taken_back", "assistance.case", str(place.case_id), today, today,
              area=place.case.area_id, details=said(place), personal={"reason": kept})  # fmt: skip
    record(act, by=actor)


def said(place: HelperPlace) -> dict[str, object]:
    """Return what the record keeps of a place: numbers and codes alone."""
    return {
        "case": place.case_id,
        "kind": place.kind,
        "staff": place.person_id,
        "posting": place.posting_id,
        "hand_over": place.hand_over_id,
    }


def _finish(place: HelperPlace, verb: str, reason: str, by: User, **told: str) -> None:
    kept = masked_text(reason.strip())[:200]
    writes = {"ended_on": clock.today(), "reason": kept}
    if "no_sheet" in told:
        writes["no_sheet"] = told["no_sheet"]
    move(place, Request(verb, reason=kept, writes=writes, details=said(place) | told), by=by)
    lending.take_back([place], by=by)


def _check_own(place: HelperPlace, by: User) -> None:
    if place.person_id != by.pk:
        raise Refused(_("Only who was named answers: ask them."))
    if place.hand_over_id:
        raise Refused(_("This household comes with a hand-over: answer that as a whole."))


def _handed_on_now(place: HelperPlace) -> bool:
    asked = HelperPlace.objects.filter(case=place.case_id, kind=place.kind, state="offered")
    return asked.filter(hand_over__isnull=False).exists()

"""Local values: proposed by one person, approved by another, in force from their day; each step on record."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.regulations import clocks
from foundation.regulations.drafts import Draft, check_draft
from foundation.regulations.files import fingerprint
from foundation.regulations.lookup import book
from foundation.regulations.models import Clock, LocalValue, Value
from foundation.regulations.models.values import Kind, Origin
from foundation.regulations.revision import VALUES, hold, renew
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import Comparator, Unit
from foundation.workflow.move import Request, create, move

#: The rule by which a proposal waits for its decision.
REVIEW = "local_value_review_days"


@transaction.atomic
def propose(draft: Draft, why: str, *, by: User) -> LocalValue:
    """Propose a value for an area; refused at once where it could never hold. Its review clock starts."""
    actor = by.authority(Right.PROPOSE_VALUES, draft.area.code)
    if not why.strip():
        raise Refused(_("Say why the value is proposed."), field="why")
    check_draft(draft, book())
    _refuse_double(draft, None)
    proposal = LocalValue(
        subject=draft.subject, area=draft.area, proposed_by=by, why=why.strip(), **draft.columns()
    )
    create(proposal, by=by, reason=why, actor=actor)
    rule = book().resolve(REVIEW, draft.area.code, clock.today())
    if not rule.silent:
        clocks.start(rule, _about(proposal), draft.area.code, on=clock.today(), by=actor)
    return proposal


@transaction.atomic
def approve(
    proposal: LocalValue, *, by: User, on: datetime.date | None = None, reason: str = ""
) -> LocalValue:
    """Approve a proposal: the value holds from its day on, checked once more against what holds above it."""
    draft = draft_of(proposal)
    hold(VALUES)
    check_draft(draft, book())
    _refuse_double(draft, proposal)
    columns = draft.columns()
    try:
        with transaction.atomic():
            value = Value.objects.create(
                subject=draft.subject,
                area=draft.area.code,
                origin=Origin.LOCAL,
                fingerprint=fingerprint(columns),
                loaded_on=clock.today(),
                **columns,
            )
    except IntegrityError as double:
        raise Refused(_("This area already has its own value from that day.")) from double
    asked = Request("approve", on=on, reason=reason, writes={"value": value.pk}, details=_said(proposal))
    move(proposal, asked, by=by)
    _clock(proposal, "stop", by)
    renew(VALUES)
    return proposal


@transaction.atomic
def send_back(proposal: LocalValue, reason: str, *, by: User, on: datetime.date | None = None) -> LocalValue:
    """Return a proposal for completion; its clock pauses until it is submitted again."""
    move(proposal, Request("return", on=on, reason=reason), by=by)
    _clock(proposal, "pause", by, _("returned for completion"))
    return proposal


@transaction.atomic
def resubmit(proposal: LocalValue, draft: Draft, *, by: User) -> LocalValue:
    """Submit a returned proposal again, corrected; subject and area stay what they were."""
    if draft.subject != proposal.subject or draft.area != proposal.area:
        raise Refused(_("Subject and area of a proposal cannot change: withdraw it and propose anew."))
    check_draft(draft, book())
    _refuse_double(draft, proposal)
    move(proposal, Request("resubmit", writes=draft.columns()), by=by)
    _clock(proposal, "resume", by)
    return proposal


@transaction.atomic
def withdraw(proposal: LocalValue, reason: str, *, by: User, on: datetime.date | None = None) -> LocalValue:
    """Withdraw a proposal that nobody has approved yet."""
    move(proposal, Request("withdraw", on=on, reason=reason), by=by)
    _clock(proposal, "stop", by)
    return proposal


@transaction.atomic
def revoke(proposal: LocalValue, reason: str, *, by: User, on: datetime.date | None = None) -> LocalValue:
    """Take back an approved value that nobody was judged by yet; a used one can only be followed by another."""
    hold(VALUES)
    value = proposal.value
    if value is not None and Value.objects.filter(pk=value.pk, used_on__isnull=False).exists():
        raise Refused(
            _(
                "This value was used and cannot be taken back: propose another one, or its end, from a later day."
            )
        )
    move(
        proposal,
        Request("revoke", on=on, reason=reason, details=_said(proposal), writes={"value": None}),
        by=by,
    )
    if value is not None:
        value.delete()
    renew(VALUES)
    return proposal


def draft_of(proposal: LocalValue) -> Draft:
    """Return what a proposal asks for."""
    return Draft(
        subject=proposal.subject,
        area=proposal.area,
        from_day=proposal.from_day,
        kind=Kind(proposal.kind),
        unit=Unit(proposal.unit),
        population=proposal.population,
        amount=proposal.amount,
        text_zh=proposal.text_zh,
        text_en=proposal.text_en,
        items=proposal.items,
        expression=proposal.expression,
        comparator=Comparator(proposal.comparator) if proposal.comparator else None,
        note_zh=proposal.note_zh,
        source=Source(
            kind=SourceKind(proposal.source_kind),
            title=proposal.source_title,
            issuer=proposal.source_issuer,
            issued=proposal.source_issued,
            number=proposal.source_number,
            clause=proposal.source_clause,
            href=proposal.source_href,
        ),
    )


def review_clock(proposal: LocalValue) -> Clock | None:
    """Return the clock under which a proposal waits, with its events."""
    return review_clocks([proposal]).get(proposal.pk)


def review_clocks(proposals: Sequence[LocalValue]) -> dict[int, Clock]:
    """Return the review clocks of proposals by key, with their events; two queries."""
    found = Clock.objects.filter(
        object_type=LocalValue._meta.label_lower,
        object_id__in=[str(proposal.pk) for proposal in proposals],
        rule=REVIEW,
    ).prefetch_related("events")
    return {int(clock.object_id): clock for clock in found}


def _refuse_double(draft: Draft, own: LocalValue | None) -> None:
    """Refuse a second value, or a second open proposal, for the same place, class and day."""
    same: dict[str, Any] = {
        "subject": draft.subject, "population": draft.population, "from_day": draft.from_day,
    }  # fmt: skip
    if Value.objects.filter(area=draft.area.code, origin=Origin.LOCAL, **same).exists():
        raise Refused(_("This area already has its own value from that day."), field="from_day")
    waiting = LocalValue.objects.filter(area=draft.area, state__in=("proposed", "returned"), **same)
    if waiting.exclude(pk=own.pk if own else 0).exists():
        raise Refused(_("Such a proposal is already waiting."), field="from_day")


def _clock(proposal: LocalValue, act: str, by: User, reason: str = "") -> None:
    """Stop, pause or resume the review clock, where one runs."""
    running = review_clock(proposal)
    if running is None:
        return
    actor = by.authority(Right.VIEW_VALUES, proposal.area_code)
    match act:
        case "pause":
            clocks.pause(running, reason, on=clock.today(), by=actor)
        case "resume":
            clocks.resume(running, on=clock.today(), by=actor)
        case "stop":
            clocks.stop(running, on=clock.today(), by=actor)


def _about(proposal: LocalValue) -> clocks.About:
    return clocks.About(proposal._meta.label_lower, str(proposal.pk))


def _said(proposal: LocalValue) -> dict[str, Any]:
    """Return what the value says, for the ledger: no text that could name a person."""
    return {
        "subject": proposal.subject_id,
        "kind": proposal.kind,
        "amount": proposal.amount,
        "unit": proposal.unit,
        "expression": proposal.expression,
        "comparator": proposal.comparator,
        "from": proposal.from_day,
        "document": proposal.source_number or proposal.source_title,
    }

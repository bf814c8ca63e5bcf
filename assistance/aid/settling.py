"""What a person does about a difference: take the payment over as a record, ask the department, or explain it."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.aid.checking import Aid
from assistance.aid.feeds import Feed, feeds
from assistance.aid.keeping import refresh
from assistance.aid.months import month_of, moved, runs
from assistance.aid.reading import Paid, Person, payments_of
from assistance.aid.recording import FeedRow, record_aid
from assistance.aid.rules import recorder
from assistance.catalogue.book import measure as declared_measure
from assistance.catalogue.terms import About
from assistance.measures.selectors import risks_of
from assistance.measures.ticking import Tick, tick
from assistance.models import AidExplanation, AidGap, AidRecord, Measure
from assistance.models.aid_gaps import Side
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level
from foundation.files.stores import Missing
from foundation.ledger.record import Act, Actor, record
from households.identity.masking import masked_text
from households.models import Resident
from monitoring.models import Dataset, Delivery

LONGEST = 200
EXPLAINED, UNEXPLAINED = "aid.explained", "aid.explanation_withdrawn"


@transaction.atomic
def take_over(gap: AidGap, *, by: User) -> list[AidRecord]:
    """Record what the data say was paid: one record, or one for each amount that was paid over some months.

    The amounts are read from the data now; what the difference said of them is not used.
    """
    recorder(gap.case, by)
    feed = _feed(gap)
    if gap.side != Side.UNRECORDED or gap.resident is None:
        raise Refused(_("Nothing was paid here that could be recorded."))
    paid = _paid(gap, gap.resident, feed)
    if not paid:
        raise Refused(_("The data say no longer that this was paid: open the list again."))
    return [record_aid(gap.case, aid, by=by, source=source) for aid, source in _aids(gap, feed, paid)]


@transaction.atomic
def ask_department(gap: AidGap, *, by: User) -> list[Measure]:
    """Ask the department for what was promised and not paid: the same help becomes a task of it once more."""
    feed = _feed(gap)
    if gap.side != Side.UNPAID:
        raise Refused(_("This was paid: record it, or say why it needs no record."))
    before = _promised(gap, feed)
    code = before.code if before is not None else feed.measures[0]
    declared = declared_measure(code)
    resident = gap.resident_id if declared is not None and declared.about is About.MEMBER else None
    risks = risks_of([gap.case])[gap.case_id]
    risk = before.risk_type if isinstance(before, Measure) and before.risk_type in risks else ""
    note = _("Promised, and not in %(feed)s of %(first)s to %(last)s.") % {
        "feed": feed.name, "first": f"{gap.first_month:%Y-%m}", "last": f"{gap.last_month:%Y-%m}",
    }  # fmt: skip
    made = tick(gap.case, [Tick(code, resident, risk, note)], by=by).made
    return list(Measure.objects.filter(pk__in=[row.pk for row in made]))


@transaction.atomic
def explain(gap: AidGap, reason: str, *, by: User) -> AidExplanation:
    """Say why promise and payment need not agree here; of payments it holds on, of a lacking one for these months."""
    actor = recorder(gap.case, by)
    said = masked_text(reason.strip())
    if not said:
        raise Refused(_("Say why: it stays with the case."), field="reason")
    if len(said) > LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST}, field="reason")
    monthly = _feed(gap).monthly
    row = AidExplanation.objects.create(
        case=gap.case,
        resident=gap.resident,
        feed=gap.feed,
        side=gap.side,
        first_month=gap.first_month,
        last_month=None if gap.side == Side.UNRECORDED and monthly else gap.last_month,
        reason=said,
        said_on=clock.today(),
        by=by,
    )
    _note(EXPLAINED, row, actor, said)
    refresh([gap.case_id], _feed(gap).measures)
    return row


@transaction.atomic
def withdraw_explanation(row: AidExplanation, reason: str, *, by: User) -> AidExplanation:
    """Take an explanation back: the difference is found again."""
    actor = recorder(row.case, by)
    said = masked_text(reason.strip())[:LONGEST]
    if not said:
        raise Refused(_("Say why: it stays with the case."), field="reason")
    taken = AidExplanation.objects.in_force().filter(pk=row.pk).update(withdrawn_on=clock.today())
    if not taken:
        raise Refused(_("This explanation is withdrawn already."))
    _note(UNEXPLAINED, row, actor, said)
    refresh([row.case_id], feeds()[row.feed].measures if row.feed in feeds() else None)
    row.refresh_from_db()
    return row


def asked_again(gap: AidGap) -> Measure | None:
    """Return the task of the department that waits for what is not paid, if it was asked."""
    if gap.side != Side.UNPAID or (feed := feeds().get(gap.feed)) is None:
        return None
    rows = Measure.objects.waiting().filter(case=gap.case_id, code__in=feed.measures)
    here = [
        row
        for row in rows.order_by("-pk")
        if row.resident_id in (None, gap.resident_id) or not gap.resident_id
    ]
    return next(iter(here), None)


def _feed(gap: AidGap) -> Feed:
    feed = feeds().get(gap.feed)
    if feed is None:
        raise Refused(_("This kind is compared no longer: open the list again."))
    return feed


def _paid(gap: AidGap, member: Resident, feed: Feed) -> dict[datetime.date, Paid]:
    """Return the payments of the months of a difference, as the data in force say them now."""
    person = Person(member.pk, member.identity_id, member.household_id)
    try:
        found = payments_of(feed, [person], gap.case.area_id[: Level.COUNTY]).paid.get(member.pk, {})
    except Missing as gone:
        raise Refused(
            _("The file of the delivery cannot be read: tell who looks after the platform.")
        ) from gone
    return {month: row for month, row in found.items() if gap.first_month <= month <= gap.last_month}


def _aids(gap: AidGap, feed: Feed, paid: dict[datetime.date, Paid]) -> Iterator[tuple[Aid, FeedRow]]:
    """Yield what to record: runs of months with the same amount; what the newest list has goes on."""
    payer, spans = _payer(feed), _spans(feed, paid)
    ends = max(last for _first, last, _yuan in spans)
    for first, last, yuan in spans:
        row = paid[first]
        delivery = Delivery.objects.get(pk=row.delivery) if row.delivery is not None else None
        source = FeedRow(feed.code, delivery, row.row_key)
        until = None if last == ends and last >= moved(month_of(clock.today()), -_OPEN) else last
        in_words = yuan is None or feed.debt
        yield (
            Aid(
                feed.measures[0],
                landed_on=(row.day if not feed.monthly and row.day else first),
                per=AidRecord.Per.MONTH if feed.monthly else AidRecord.Per.ONCE,
                resident=_for(gap, feed),
                amount=None if in_words else yuan,
                service=_in_words(feed, yuan) if in_words else "",
                until_month=until if feed.monthly else None,
                payer=payer,
                note=_("taken over from “%(feed)s”") % {"feed": feed.name},
            ),
            source,
        )


def _in_words(feed: Feed, yuan: Decimal | None) -> str:
    """Say what came where no sum counts it: what the data give no amount of, or what must be paid back."""
    return feed.name_zh if yuan is None else f"{feed.name_zh} {yuan:,.2f} 元"


#: A roll that is at most so many months old says that the aid goes on; an older one, that it was paid until then.
_OPEN = 2


def _spans(
    feed: Feed, paid: dict[datetime.date, Paid]
) -> list[tuple[datetime.date, datetime.date, Decimal | None]]:
    """Return first month, last month and yuan of every run of months with one amount, in order of time."""
    by_amount: dict[Decimal | None, list[datetime.date]] = {}
    for month, row in paid.items():
        by_amount.setdefault(row.yuan, []).append(month)
    found = []
    for yuan, months in by_amount.items():
        spans = runs(months) if feed.monthly else [(month, month) for month in months]
        found += [(first, last, yuan) for first, last in spans]
    return sorted(found, key=lambda each: each[0])


def _for(gap: AidGap, feed: Feed) -> int | None:
    declared = declared_measure(feed.measures[0])
    return gap.resident_id if declared is None or declared.about is About.MEMBER else None


def _payer(feed: Feed) -> str:
    if feed.dataset:
        return Dataset.objects.values_list("department", flat=True).get(pk=feed.dataset)
    declared = declared_measure(feed.measures[0])
    return declared.department if declared is not None else ""


def _promised(gap: AidGap, feed: Feed) -> Measure | AidRecord | None:
    """Return what promised it: the newest measure of the kind for this member, else the record."""
    mine = {"case": gap.case_id, "code__in": feed.measures, "resident": gap.resident_id}
    found = Measure.objects.filter(**mine).standing().order_by("-pk").first()
    return found or AidRecord.objects.living().filter(**mine).order_by("-pk").first()


def _note(verb: str, row: AidExplanation, actor: Actor, said: str) -> None:
    today = clock.today()
    details = {"case": row.case_id, "feed": row.feed, "side": row.side, "from": row.first_month.isoformat()}
    act = Act(verb, "assistance.aidexplanation", str(row.pk), today, today, area=row.area_code, basis=said,
              details=details)  # fmt: skip
    record(act, by=actor)

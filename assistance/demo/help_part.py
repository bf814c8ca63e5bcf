"""How the households of the stories are helped, and how that is brought back to the demonstration's day.

What people did since is undone by the act that undoes it; what they undid is done again on its own day. A plan that the
township approved since, and a hand-over, are undone by no act: they stay, and are named.
"""

from collections.abc import Callable, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.demo.acts import holder, is_filled
from assistance.aid import recording, settling
from assistance.aid.keeping import refresh
from assistance.demo import helping
from assistance.helping import assigning
from assistance.income import confirming
from assistance.lifecycle_of_help import STANDING
from assistance.measures import answering, ticking
from assistance.measures.ticking import Tick
from assistance.models import AidExplanation, AidGap, AidRecord, Case, HelperPlace, IncomeSheet, Measure, Plan
from assistance.models.aid_gaps import Side
from assistance.plans import making
from assistance.recategorising import proposing as recategorising
from foundation.accounts import clock
from foundation.accounts.demo.story import LAST_DAY
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.workflow.models import Stateful
from foundation.workflow.offers import history
from households.demo.storytelling import Line, PutBack, reason
from households.models import Household


class HelpPart:
    """The part of helpers, measures, plans, aid and income sheets in a story."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say who helps, what was promised and landed, and what is promised and not paid."""
        case = helping.case_of(home.code)
        place = helping.place_of(case) if case else None
        measures = list(Measure.objects.filter(case=case, state__in=STANDING)) if case else []
        if case is None or (place is None and not measures):
            return []
        told = {
            "who": place.person.name if place else _("nobody yet"),
            "n": len(measures),
            "landed": sum(each.state == "landed" for each in measures),
        }
        page, by = reverse("cases:case", args=[case.pk]), _assistant(case).username
        found = [Line(_("helped by %(who)s; measures: %(n)d, landed %(landed)d") % told, "", page, by)]
        gap = AidGap.objects.filter(case=case, side=Side.UNPAID).order_by("pk").first()
        if gap is not None:
            state = _("promised and not paid since %(month)s") % {"month": f"{gap.first_month:%Y-%m}"}
            act = _("ask the department, or say why")
            found.append(Line(state, act, reverse("cases:aid_gap", args=[gap.pk]), by))
        return found

    def put_back(self, home: Household, found: PutBack) -> None:
        """Undo what was done since, part by part, and do again what was undone."""
        case = helping.case_of(home.code)
        if case is None or case.opened_on >= LAST_DAY:
            return
        for part in _PARTS:
            found.done += [f"{home.code}: {said}" for said in part(case)]
        found.left += [f"{home.code}: {said}" for said in _stays(case)]


def _sheets(case: Case) -> Iterator[str]:
    """Leave drafts of since unused, withdraw what was confirmed since, and write the story's own sheet again."""
    before = case.income_sheets.filter(begun_on__lt=LAST_DAY, state__in=("superseded", "withdrawn"))
    own = before.order_by("-pk").first()
    for sheet in IncomeSheet.objects.filter(case=case, begun_on__gte=LAST_DAY).select_related(
        "case__household"
    ):
        if sheet.state in ("draft", "confirmed"):
            end = confirming.drop if sheet.state == "draft" else confirming.withdraw
            end(sheet, reason(), by=_assistant(case))
            yield _("a later income sheet counts no more")
    if own is not None and not case.income_sheets.filter(state__in=("draft", "confirmed")).exists():
        with clock.at(own.begun_on):
            helping.stated(case, _assistant(case))
        yield _("the income sheet is there again")


def _aid(case: Case) -> Iterator[str]:
    """Strike out what was recorded since, and put in force again what was struck out or stopped since."""
    rows = AidRecord.objects.filter(case=case).select_related("case__household", "measure", "recorded_by")
    for row in rows.order_by("pk"):
        if row.recorded_on >= LAST_DAY:
            if row.state == "recorded":
                recording.strike(row, reason(), by=row.recorded_by)
                yield _("a later record of aid is struck out")
        elif row.state == "struck" and _since(row, "strike"):
            recording.restore(row, reason(), by=row.recorded_by)
            yield _("a record of aid is in force again")
        elif row.stopped_month is not None and _since(row, "stop"):
            recording.go_on(row, reason(), by=row.recorded_by)
            yield _("aid that was stopped goes on")
    for each in (
        AidExplanation.objects.in_force().filter(case=case, said_on__gte=LAST_DAY).select_related("by")
    ):
        settling.withdraw_explanation(each, reason(), by=each.by)
        yield _("an explanation is withdrawn: the difference is found again")


def _measures(case: Case) -> Iterator[str]:
    """Take answers of since back, withdraw what was ticked since, and tick again what was withdrawn since."""
    rows = Measure.objects.filter(case=case).select_related("case__household", "ticked_by").order_by("pk")
    for row in rows:
        if row.answered_on is not None and row.answered_on >= LAST_DAY and row.state in ("landed", "refused"):
            answering.answer_again(row, reason(), by=helping.office_of(row))
            row.refresh_from_db()
            yield _("an answer of an office is taken back")
        if row.ticked_on >= LAST_DAY and row.state in ("proposed", "asked"):
            ticking.withdraw(row, reason(), by=_assistant(case))
            yield _("a later measure is taken back")
        elif row.ticked_on < LAST_DAY and row.state == "asked" and _since(row, "ask_again"):
            answering.refuse(row, reason(), by=helping.office_of(row))
            yield _("what an office had refused is refused again")
        elif row.ticked_on < LAST_DAY and row.state == "withdrawn" and _since(row, "withdraw"):
            same = Measure.objects.standing().filter(case=case, code=row.code, resident=row.resident_id)
            if not same.exists():
                _ticked_again(case, row)
                yield _("a measure is promised again")


def _ticked_again(case: Case, row: Measure) -> None:
    with clock.at(row.ticked_on):
        ticking.tick(case, [Tick(row.code, row.resident_id, row.risk_type, row.note)], by=_assistant(case))
    refresh([case.pk], [row.code])  # promise and payment are compared as of today


def _plans(case: Case) -> Iterator[str]:
    """Take a plan back that was handed in since, and a change of category that waits since."""
    for plan in Plan.objects.filter(case=case, state="submitted", made_on__gte=LAST_DAY).select_related(
        "case"
    ):
        making.take_back(plan, reason(), by=_assistant(case))
        yield _("a later plan is taken back")
    for row in case.recategorisations.filter(state="proposed", proposed_on__gte=LAST_DAY).select_related(
        "case"
    ):
        recategorising.withdraw(row, reason(), by=_verifier(case))
        yield _("a proposed change of category is taken back")


def _helpers(case: Case) -> Iterator[str]:
    """End the help of who was named since, and name again whose help ended since."""
    active = HelperPlace.objects.active().filter(case=case, offered_on__gte=LAST_DAY, hand_over=None)
    for place in active.select_related("case__household", "person"):
        assigning.end(place, reason(), no_sheet=HelperPlace.NoSheet.MISTAKE.value, by=_verifier(case))
        yield _("a later helper helps no more")
    gone = HelperPlace.objects.filter(case=case, offered_on__lt=LAST_DAY, ended_on__gte=LAST_DAY)
    last = gone.exclude(accepted_on=None).select_related("posting").order_by("-pk").first()
    if (
        last is None
        or last.accepted_on is None
        or HelperPlace.objects.active().filter(case=case, kind=last.kind).exists()
    ):
        return
    with clock.at(last.offered_on):
        helping.named(case, last.posting, _verifier(case))
    with clock.at(last.accepted_on):
        helping.accepted(case, told=last.told_on is not None)
    yield _("the helper helps again")


def _stays(case: Case) -> Iterator[str]:
    """Say what no act undoes."""
    if Plan.objects.filter(case=case, made_on__gte=LAST_DAY, state="approved").exists():
        yield _("the plan of since holds, and stays")
    if (
        HelperPlace.objects.active()
        .filter(case=case, offered_on__gte=LAST_DAY, hand_over__isnull=False)
        .exists()
    ):
        yield _("the household was handed over to another helper, and stays there")
    if case.recategorisations.filter(state="decided", decided_on__gte=LAST_DAY).exists():
        yield _("its category was changed, and stays")


def _since(row: Stateful, verb: str) -> bool:
    """Say whether a row made a move since the demonstration's day."""
    return history(row).filter(verb=verb, entered_on__gte=LAST_DAY).exists()


def _assistant(case: Case) -> User:
    """Return who writes in the village: its assistant, or where the post is empty the township's verifier."""
    if is_filled(Role.VILLAGE_ASSISTANT, case.area_id):
        return holder(Role.VILLAGE_ASSISTANT, case.area_id)
    return _verifier(case)


def _verifier(case: Case) -> User:
    return holder(Role.TOWNSHIP_VERIFIER, case.area_id)


#: Aid rests on measures, measures stand in plans: what rests on something goes before it.
_PARTS: Sequence[Callable[[Case], Iterator[str]]] = (_sheets, _aid, _plans, _measures, _helpers)
HELP = HelpPart()

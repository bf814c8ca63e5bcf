"""Write an application: carried over from the doorstep and signed at the table, or handed in on paper as the first."""

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Channel
from alerts.reporting import Told, report
from assistance.applying import carried
from assistance.applying.attaching import PAPERS
from assistance.applying.document import committed, content_of
from assistance.applying.taking import STEP, take_if_ready
from assistance.models import Application, Case
from assistance.notices.lines import line_of
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.files.attaching import Upload, attach
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.lookup import mark_used, value
from households.identity.masking import masked_text
from households.models import Authorisation, Household, Resident, Signature
from households.signing.asking import Party, ask_signatures, drop_signatures, needs_guardian

LONGEST = 800
_UNENDED = ("pending", "refused", "in_force")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an application is to say: who applies, the problem that cannot be solved (codes and words), who signs."""

    applicant: Resident
    problems: Sequence[str]
    text: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A written application as it was handed in: its photo, its day, who applies, for what kind of event."""

    upload: Upload
    on: datetime.date
    applicant: Resident
    event_kind: str
    text: str
    problems: Sequence[str] = field(default=())


@transaction.atomic
def write(case: Case, wanted: Wanted, *, by: User) -> Application:
    """Write the application of a case, to be signed; one that was not signed by all gives way to it.

    The line that a notice will show is part of what is signed: it is read before.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("household__area").get(pk=case.pk)
    actor = _may(case.household, by)
    if STEP not in case.waits_for:
        raise Refused(_("The application of this case is complete: what was signed stays."))
    _check(wanted, case.household)
    _give_way(case, by)
    made = _row(case.household, wanted.applicant, by)
    made.case, made.visit, made.way = case, case.visit, Application.Way.SIGNED
    made.authorisation = authorisation_for(case.household)
    made.body = carried.body_of(case.household, case.visit, wanted.problems)
    made.promise = _promise(case.area_id)
    _tell(made, {"problem": masked_text(wanted.text.strip()), "line": asdict(line_of(case))})
    made.save(force_insert=True)
    parties = _parties(wanted)
    ask_signatures(made, household=case.household, parties=parties, document=content_of(made), by=by)
    _note(made, "application.written", actor)
    return made


@transaction.atomic
def take_paper(household: Household, paper: Paper, *, by: User) -> Application:
    """Take a written application as the first paper: it opens the clue, travels into the case, and is the application.

    Where the household's case waits for an application, it is taken for that one and no clue is opened.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    actor = _may(household, by)
    _check_paper(household, paper)
    case = Case.objects.running().select_related("household").filter(household=household).first()
    if case is not None and STEP not in case.waits_for:
        raise Refused(_("A case of this household runs, and its application is complete."))
    _give_way(case, by, household=household)
    made = _row(household, paper.applicant, by)
    made.case, made.visit = case, case.visit if case else None
    made.way, made.applied_on, made.complete_on = Application.Way.PAPER, paper.on, clock.today()
    made.body = carried.body_of(household, made.visit, paper.problems)
    _tell(made, {"problem": masked_text(paper.text.strip())})
    made.save(force_insert=True)
    attach(made, paper.upload, owner=PAPERS, by=by)
    _note(made, "application.handed_in", actor)
    if case is None:
        report(household, _clue(paper), by=by)
    else:
        take_if_ready(case, by=by)
    return made


def authorisation_for(household: Household) -> Authorisation | None:
    """Return the newest authorisation of the asset check that is in force or being signed."""
    rows = Authorisation.objects.filter(household=household, state__in=_UNENDED).order_by("-pk")
    return next((row for row in rows if "asset_check" in row.purpose_codes), None)


def _may(household: Household, by: User) -> Actor:
    actor = by.authority(Right.PREPARE_CASES, household.area_id)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    if household.dissolved_on is not None:
        raise Refused(_("This household is dissolved."))
    return actor


def _check(wanted: Wanted, household: Household) -> None:
    _check_applicant(wanted.applicant, household)
    if not wanted.problems:
        raise Refused(_("Choose at least one difficulty that the household cannot solve."), field="problems")
    known = {each["code"] for each in carried.risk_items(household.area_id)}
    if not set(wanted.problems) <= known:
        raise Refused(_("Choose from the list."), field="problems")
    _check_text(wanted.text)


def _check_text(text: str) -> None:
    if not text.strip() or len(text.strip()) > LONGEST:
        raise Refused(_("Say in a few words what the household cannot solve by itself."), field="text")


def _check_applicant(applicant: Resident, household: Household) -> None:
    if applicant.household_id != household.pk or applicant.left_on is not None:
        raise Refused(_("Choose a member of this household."), field="applicant")
    if needs_guardian(applicant):
        raise Refused(_("A child does not apply: choose a grown member."), field="applicant")


def _check_paper(household: Household, paper: Paper) -> None:
    _check_applicant(paper.applicant, household)
    _check_text(paper.text)
    if paper.on > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="on")


def _give_way(case: Case | None, by: User, *, household: Household | None = None) -> None:
    """Let an application that is not complete give way to a new one; a complete one stays."""
    rows = Application.objects.living().select_for_update()
    found = (rows.filter(case=case) if case else rows.filter(case=None, household=household)).first()
    if found is None:
        return
    if found.complete_on is not None:
        raise Refused(
            _("The household has applied already: the application is here, and is not asked for again.")
        )
    drop_signatures(found, by=by, reason=_("A new application took its place."))
    Application.objects.filter(pk=found.pk).update(dropped_on=clock.today())


def _row(household: Household, applicant: Resident, by: User) -> Application:
    today = clock.today()
    return Application(household=household, applicant=applicant, applied_on=today, entered_on=today, by=by)


def _tell(made: Application, told: dict[str, Any]) -> None:
    made.told, made.salt = told, secrets.token_bytes(32)
    made.commitment = committed(made)


def _promise(area: str) -> str:
    text = value("application_promise", area=area)
    if text.value is None or text.silent:
        raise Refused(_("No promise of truth is in force here: propose one among the regulations."))
    mark_used(text)
    return text.value.text_zh.strip()


def _parties(wanted: Wanted) -> list[Party]:
    parties = [Party(Signature.Party.MEMBER, resident=wanted.applicant)]
    if wanted.witness.strip():
        parties.append(Party(Signature.Party.WITNESS, name=wanted.witness.strip()))
    return parties


def _clue(paper: Paper) -> Told:
    return Told(
        Channel.SELF_REPORT, paper.on, paper.event_kind, _("Written application: %(text)s") % {"text": paper.text},
        reporter=paper.applicant.name, resident=paper.applicant,
    )  # fmt: skip


def _note(made: Application, verb: str, actor: Actor) -> None:
    today = clock.today()
    told = {"household": made.household_id, "case": made.case_id, "commitment": made.commitment}
    record(
        Act(
            verb,
            made._meta.label_lower,
            str(made.pk),
            made.applied_on,
            today,
            area=made.area_code,
            details=told,
        ),
        by=actor,
    )

"""What people of the demonstration do about cases, by the functions of the pages that they would use."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alerts.demo.authorising import scrawl
from assistance.applying import taking, writing
from assistance.checks import running, verifying
from assistance.evaluations import calling, voting
from assistance.evaluations.calling import Call
from assistance.evaluations.voting import Attendance, Votes
from assistance.models import Case, Evaluation, Notice
from assistance.notices import drawing, photos, posting
from assistance.notices.posting import Posted
from assistance.removal.mixed import Subject
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.files.attaching import Upload, attach
from foundation.files.drafts import draft_of
from foundation.workflow.models import Passage
from households.authorisations.asking import Wanted as Authorised
from households.authorisations.asking import ask, asked_or_held, longest_until
from households.models import Authorisation, Resident, Signature
from households.models.households import HEAD
from households.signing.selectors import signatures_of
from households.signing.taking import How, sign

#: How many must come to a meeting and how many come.
_SUMMONED, _CAME = 32, 29
_KINDS = ("vehicle", "real_estate", "public_payroll", "business")


def fresh(case: Case) -> Case:
    """Return a case as it stands now."""
    return Case.objects.select_related("household", "area").get(pk=case.pk)


def taken(case: Case, verb: str) -> bool:
    """Say whether a step of a case was made."""
    model = case._meta.label_lower
    return Passage.objects.filter(model=model, object_id=str(case.pk), verb=verb).exists()


def apply(case: Case, risk: str, told: str, by: User) -> None:
    """Write application and authorisation, and let everybody sign."""
    home, today = case.household, clock.today()
    members = list(Resident.objects.present(today).filter(household=home).order_by("relation", "pk"))
    head = next(each for each in members if each.relation == HEAD)
    if not asked_or_held(home, "asset_check"):
        until = longest_until(home.area_id, today)
        wanted = Authorised(
            home, Authorisation.Basis.WRITTEN, ["asset_check"], _KINDS, members, today, until, guardian=head
        )
        ask(wanted, by=by)
    sign_all(writing.write(case, writing.Wanted(head, [risk], told), by=by), by)
    for row in Authorisation.objects.filter(household=home, state="pending"):
        sign_all(row, by)
    if "apply" in fresh(case).waits_for:
        taking.take(fresh(case), by=by)


def compare(case: Case, by: User) -> None:
    """Ask the departments, and verify what they know; a hit is a flag, never a refusal."""
    check = running.run(case, by=by)
    for hit in check.hits.all():
        verifying.verify(hit, "explained", _("Seen on the spot: of little value."), by=by)
    if "compare" in fresh(case).waits_for:
        verifying.complete(check, by=by)


def meet(cases: Sequence[Subject], chair: str, recorder: str, by: User) -> Evaluation:
    """Call the representatives of a village together, count who came, and enter the votes."""
    told = Call(Evaluation.Meeting.REPRESENTATIVES, clock.today(), _("hall of the village"), _SUMMONED)
    meeting = calling.call(cases[0].area, cases, told, by=by)
    voting.attend(meeting, Attendance(_CAME, chair, recorder, _SUMMONED), by=by)
    for item in meeting.items.all():
        voting.vote(item, Votes(agree=_CAME - 1, against=0, abstain=1), by=by)
    return meeting


def post(cases: Sequence[Subject], by: User) -> Notice:
    """Draw the notice up and hang it on the wall, with the photo that proves it."""
    notice = drawing.draw(cases[0].area, cases, by=by)
    photo = Upload(draft_of([scrawl(_("notice"))]), "wall.png", photos.POSTED.code)
    attach(notice, photo, owner=photos.PHOTOS, by=by)
    return posting.post(
        notice, Posted(clock.today(), _("notice board of the village committee")), by=by
    ).notice


def sign_all(row: object, by: User) -> None:
    """Let everybody sign who owes a signature under a document."""
    for signature in signatures_of(row):  # type: ignore[arg-type]
        if signature.state != "signed":
            who = (signature.resident or signature.user or signature).name
            sign(signature, How(Signature.Way.DRAWN, drawn=scrawl(who)), by=by)

"""What pages and acts ask of removals: the running one of a case, who approved it, what waits for a paper."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from alerts.models import Alert
from assistance.models import BasisChange, CaseRisk, EvaluationItem, NoticeItem, Removal
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.models import Passage
from foundation.workflow.offers import history
from households.models import Resident
from households.models.households import HEAD

#: A form of a paper offers at most so many removals; the rest follows on the next paper.
MOST_ON_FORM = 300


def with_news(rows: QuerySet[Removal]) -> QuerySet[Removal]:
    """Keep removals of whose case something waits to be judged: a changed fact, a new signal, an open warning."""
    changes, risks = (
        model.objects.unanswered().filter(case=OuterRef("case")) for model in (BasisChange, CaseRisk)
    )
    warnings = Alert.objects.open().filter(household=OuterRef("case__household"))
    return rows.filter(Exists(changes) | Exists(risks) | Exists(warnings))


def with_heads(rows: QuerySet[Removal]) -> list[Removal]:
    """Return removals with their cases, households and heads; two queries."""
    heads = Prefetch(
        "case__household__residents", Resident.objects.present().filter(relation=HEAD), to_attr="heads"
    )
    return list(
        rows.select_related("case__household", "case__area", "case__standing").prefetch_related(heads)
    )


def waiting_for_meeting(user: User) -> QuerySet[Removal]:
    """Return the removals that wait for a meeting and are on no list, where `user` prepares cases."""
    rows = Removal.objects.visible_to(user, Right.PREPARE_CASES).waiting_for("evaluate")
    taken = EvaluationItem.objects.filter(result="", removal__isnull=False).values("removal")
    return rows.exclude(pk__in=taken).order_by("proposed_on", "pk")


def waiting_for_notice(user: User) -> QuerySet[Removal]:
    """Return the removals that wait to be put on a notice and are on none, where `user` prepares cases."""
    rows = Removal.objects.visible_to(user, Right.PREPARE_CASES).waiting_for("post")
    lines = NoticeItem.objects.filter(ended_on__isnull=True, left_on__isnull=True, removal__isnull=False)
    return rows.exclude(pk__in=lines.values("removal")).order_by("case__area", "pk")


def waiting_for_paper(step: str, right: Right, user: User) -> list[Removal]:
    """Return the removals that wait for a decision where `user` makes it, with their heads; the oldest first."""
    rows = (
        Removal.objects.visible_to(user, right).waiting_for(step)
        if user.holds(right)
        else Removal.objects.none()
    )
    return with_heads(rows.order_by("proposed_on", "pk")[:MOST_ON_FORM])


def approved_by(removal: Removal) -> Passage | None:
    """Return the approval that holds of a removal; None where it is not approved."""
    if removal.state != "approved":
        return None
    return history(removal).filter(verb="approve").order_by("-pk").first()


def may_undo(removal: Removal, user: User) -> bool:
    """Say whether somebody may still take the approval of a removal back."""
    made = approved_by(removal)
    return made is not None and made.by_id == user.pk and made.entered_on == clock.today()

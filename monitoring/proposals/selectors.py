"""What the pages of proposed changes read."""

from django.db.models import Count, QuerySet

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from households.models import Household
from monitoring.contracts.terms import Field
from monitoring.models import Dataset, RegisterProposal
from monitoring.proposals.claims import MOVED_OUT
from monitoring.querysets import ProposalQuerySet


def proposals_for(user: User) -> ProposalQuerySet:
    """Return the proposals that `user` may see, with everything that their words need."""
    return RegisterProposal.objects.visible_to(user).select_related(
        "household", "resident__household", "area", "delivery__dataset"
    )


def waiting_of(household: Household) -> QuerySet[RegisterProposal]:
    """Return what waits about one household, found through its own door."""
    rows = RegisterProposal.objects.waiting().filter(household=household)
    return rows.select_related("household", "resident__household", "delivery__dataset").order_by(
        "field", "pk"
    )


def moved_out(rows: QuerySet[RegisterProposal]) -> QuerySet[RegisterProposal]:
    """Return those of `rows` by which the police registered that a member moved out."""
    return rows.filter(field=Field.MEMBERSHIP, proposed__event=MOVED_OUT, resident__left_on__isnull=True)


def chosen(user: User, keys: list[str]) -> list[RegisterProposal]:
    """Return the proposals of a list of keys that `user` may decide on, in the order of the worklist."""
    known = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    rows = proposals_for(user).filter(
        within("area__code", prefixes(user, Right.EDIT_HOUSEHOLDS)), pk__in=known
    )
    return list(rows.order_by("area", "household", "pk"))


def counts_by_field(rows: QuerySet[RegisterProposal]) -> list[tuple[str, str, int]]:
    """Return code, name and number of the fields that proposals are about, most first."""
    found = rows.order_by().values_list("field").annotate(count=Count("pk")).order_by("-count", "field")
    return [(code, str(Field(code).label), count) for code, count in found]


def datasets_in(rows: QuerySet[RegisterProposal]) -> list[Dataset]:
    """Return the datasets that proposals come from."""
    return list(Dataset.objects.filter(pk__in=rows.order_by().values("dataset")).order_by("pk"))

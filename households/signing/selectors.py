"""How far a row is with its signatures, and whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Model, Q

from households.models import Signature


@dataclass(frozen=True, slots=True)
class Progress:
    """How many signatures of a row were given, of how many; how many were refused."""

    signed: int = 0
    of: int = 0
    refused: int = 0

    @property
    def complete(self) -> bool:
        """Whether everybody signed; nothing to sign is not complete."""
        return 0 < self.of == self.signed

    def __str__(self) -> str:
        return f"{self.signed}/{self.of}"


def progress(owner: Model) -> Progress:
    """Return how far `owner` is; one query."""
    return progress_of([owner]).get(str(owner.pk), Progress())


def progress_of(owners: Iterable[Model]) -> dict[str, Progress]:
    """Return by key how far each of `owners` (of one model) is; one query. Who owes nothing is left out."""
    rows = list(owners)
    if not rows:
        return {}
    counted = (
        Signature.objects.filter(
            owner_model=rows[0]._meta.label_lower, owner_id__in=[str(row.pk) for row in rows]
        )
        .needed()
        .order_by()
        .values("owner_id")
        .annotate(
            signed=Count("pk", filter=Q(state="signed")),
            refused=Count("pk", filter=Q(state="refused")),
            of=Count("pk"),
        )
    )
    return {row["owner_id"]: Progress(row["signed"], row["of"], row["refused"]) for row in counted}


def signatures_of(owner: Model) -> list[Signature]:
    """Return the signatures of a row that the caller came to through its door, in the order they were asked."""
    rows = Signature.objects.of(owner).needed()
    return list(rows.select_related("household", "resident", "user", "signed_for").order_by("pk"))

"""The one door to attachments: whoever may see what they belong to."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import CharField, Model, Q
from django.db.models.functions import Cast

from foundation.accounts.scope import prefixes, within
from foundation.files.owners import owners

if TYPE_CHECKING:
    from foundation.accounts.models import User
    from foundation.files.models import Attachment  # noqa: F401  (named in strings below)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments by the right of their owner's kind and by area."""

    def visible_to(self, user: "User") -> Self:
        """Keep the attachments of rows under the areas in which `user` holds the right of their kind.

        Those of a row that two areas see (AttachmentOwner.seen_from) are seen by whoever sees the row.
        """
        condition = Q(pk__in=[])
        for owner in owners().values():
            condition |= Q(owner_model=owner.label) & within("area", prefixes(user, owner.view_right))
            if owner.seen_from is not None:
                rows = owner.model._default_manager.visible_to(user, owner.view_right)  # type: ignore[attr-defined]
                keys = rows.annotate(key=Cast("pk", CharField())).values("key")
                condition |= Q(owner_model=owner.label, owner_id__in=keys)
        if borrowed := self._brought_by_loan(user):
            condition |= Q(pk__in=borrowed)
        return self.filter(condition)

    def _brought_by_loan(self, user: "User") -> list[int]:
        """Return what `user` attached themselves to rows that they see because of a loan; nothing without one."""
        if not user.loans.in_force().filter(ended_on__isnull=True).exists():
            return []
        found: list[int] = []
        for owner in owners().values():
            if owner.goes_with is not None:
                own = self.filter(owner_model=owner.label, uploaded_by=user)
                seen = owner.model._default_manager.visible_to(user).filter(  # type: ignore[attr-defined]
                    pk__in=[int(key) for key in own.values_list("owner_id", flat=True)]
                )
                keys = [str(key) for key in seen.values_list("pk", flat=True)]
                found += own.filter(owner_id__in=keys).values_list("pk", flat=True)
        return found

    def of(self, row: Model) -> Self:
        """Keep the attachments of a row that the caller came to through its own door."""
        return self.filter(owner_model=row._meta.label_lower, owner_id=str(row.pk))

    def living(self) -> Self:
        """Keep what was not erased."""
        return self.filter(erased_on__isnull=True)

    def with_copies(self) -> Self:
        """Read the copies along, in one more query."""
        return self.prefetch_related("copies")


def copy_of(attachment: Any, use: str) -> Any:
    """Return the copy of an attachment for a use, or None; asks nothing where copies were read along."""
    return next((copy for copy in attachment.copies.all() if copy.use == use), None)

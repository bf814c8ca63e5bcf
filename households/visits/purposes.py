"""What a visit is for. Later stages offer what is due at a household, and are told when a visit served it.

A later stage names an object in `config/composition.py` under VISIT_PURPOSES (PurposeSource). One submit serves all
that was ticked: the household is asked once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.models import Household, Visit, VisitPurpose
from households.visits.questionnaires import Question


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something that a visit serves: the label of its model (`alerts.alert`) and its key."""

    model: str
    object_id: str

    @property
    def key(self) -> str:
        """One word for it, as forms send it."""
        return f"{self.model}:{self.object_id}"


@dataclass(frozen=True, slots=True)
class Due:
    """A purpose in words. `url` is empty where the reader may not open it.

    `notes` are what is known of it at the door; `hints` say by kind of event what departments know of an expense.
    `visitors` is how many must come at least.
    """

    purpose: Purpose
    title: str
    url: str = ""
    notes: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    visitors: int = 1
    #: Whether the form begins with it ticked.
    ticked: bool = True

    def hint(self, question: Question) -> str:
        """Return what is known beside a question."""
        return " ".join(self.hints[kind] for kind in question.about if kind in self.hints)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do after a visit: a button and why; without `url`, a sentence on what was done by itself."""

    label: str
    url: str
    why: str = ""


class PurposeSource(Protocol):
    """A kind of work that visits serve."""

    model: str

    def due_at(self, household: Household, user: User) -> Sequence[Due]:
        """Return what is open at a household and may be served by a visit of `user`."""

    def told(self, keys: Collection[str], user: User) -> dict[str, Due]:
        """Return those of these rows that `user` may see, in words, by key."""

    def opened(self, household: Household, *, by: User) -> None:
        """Follow that `by` opened the form of a visit to a household."""

    def served(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Follow a visit that served a row, in its transaction; may refuse."""

    def corrected(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Follow the correction of a visit that served a row; may refuse where the work went on."""

    def unserved(self, visit: Visit, object_id: str, *, by: User) -> None:
        """Follow the end of a visit that served a row (it was annulled); may refuse where the work went on."""

    def steps(self, visit: Visit, object_id: str, user: User) -> Sequence[Step]:
        """Return what `user` does next for a row that a visit served."""


def sources() -> dict[str, PurposeSource]:
    """Return every kind of purpose by its model."""
    return {source.model: source for source in parts("VISIT_PURPOSES")}


def due_at(household: Household, user: User) -> list[Due]:
    """Return everything that is due at a household and that a visit of `user` may serve."""
    return [due for source in sources().values() for due in source.due_at(household, user)]


def tell_opened(household: Household, *, by: User) -> None:
    """Tell each stage that `by` opened the form of a visit to a household."""
    for source in sources().values():
        source.opened(household, by=by)


def serve(visit: Visit, purposes: Sequence[Purpose], *, by: User) -> None:
    """Write down what a visit served, and tell each stage; call it in the transaction of the visit.

    Refused where a purpose is not open at this household any more. Serving it twice does nothing twice.
    """
    known = sources()
    for purpose in purposes:
        source = known.get(purpose.model)
        open_now = source.due_at(visit.household, by) if source else ()
        if source is None or purpose not in {due.purpose for due in open_now}:
            raise Refused(
                _(
                    "What this visit was for is settled already, or is not of this household: look at it again."
                ),
                field="purposes",
            )
        _row, new = VisitPurpose.objects.get_or_create(
            visit=visit,
            model=purpose.model,
            object_id=purpose.object_id,
            defaults={"added_on": clock.today()},
        )
        if new:
            source.served(visit, purpose.object_id, by=by)


def follow_correction(visit: Visit, *, by: User) -> None:
    """Tell each stage that a visit which served it says something else now."""
    known = sources()
    for row in visit.purposes.all():
        if row.model in known:
            known[row.model].corrected(visit, row.object_id, by=by)


def release(visit: Visit, *, by: User) -> None:
    """Tell each stage that a visit which served it counts no more."""
    known = sources()
    for row in visit.purposes.all():
        if row.model in known:
            known[row.model].unserved(visit, row.object_id, by=by)


def steps_after(visit: Visit, user: User) -> list[Step]:
    """Return what `user` does next for everything that a visit served."""
    known = sources()
    rows = [row for row in visit.purposes.all() if row.model in known]
    return [step for row in rows for step in known[row.model].steps(visit, row.object_id, user)]


def served_by(visit: Visit, user: User) -> list[Due]:
    """Return what a visit served, as far as `user` may see it."""
    keys: dict[str, list[str]] = {}
    for row in visit.purposes.all():
        keys.setdefault(row.model, []).append(row.object_id)
    known = sources()
    return [due for model in keys if model in known for due in known[model].told(keys[model], user).values()]

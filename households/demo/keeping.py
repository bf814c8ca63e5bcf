"""What the register says of the households of the stories, and how it is brought back to what it said on their day."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.demo.story import LAST_DAY
from foundation.accounts.models import User
from households import departures
from households.corrections import HOUSEHOLD_FIELDS, MEMBER_FIELDS, correct
from households.demo.page import who_looks
from households.demo.storytelling import Line, PutBack, reason
from households.lineage.undoing import undo, why_not
from households.models import Household, Income, LineageAct, Resident, Standing

#: Who of the cast corrects the register of the whole county.
_CORRECTOR = "xian"


class RegisterPart:
    """The register's part in a story."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say how many live there and what the household counts as."""
        standing = (
            home.standings.in_force().filter(kind__in=Standing.MONITORED, resident__isnull=True).first()
        )
        counts_as = standing.get_kind_display() if standing else _("not a monitored object")
        state = _("register: %(members)d members, %(standing)s") % {
            "members": home.residents.present().count(), "standing": counts_as,
        }  # fmt: skip
        page = reverse("households:household", args=[home.pk])
        return [Line(str(state), str(_("look at the household")), page, who_looks(home.area_id)[0])]

    def put_back(self, home: Household, found: PutBack) -> None:
        """Bring fields that were changed since back by correcting them, and take departures back."""
        by = User.objects.get(username=_CORRECTOR)
        if not home.area_id.startswith(COUNTY):
            found.left.append(_("%(home)s belongs to another county now.") % {"home": home.code})
            return
        for act in _family_events(home):
            if not why_not(act):
                undo(act, by=by, reason=reason())
                found.done.append(home.code + ": " + _("family event taken back"))
        home.refresh_from_db()
        for row in (home, *home.residents.all()):
            for verb in self._row(row, by):
                found.done.append(f"{home.code}: {verb}")
        found.left += [f"{home.code}: {said}" for said in self._left(home)]

    def _row(self, row: Household | Resident, by: User) -> Iterator[str]:
        before = _before(row)
        if before is None:
            return
        if isinstance(row, Resident) and row.left_on is not None and before.left_on is None:
            departures.take_back(row, by=by, seen=row.revision_id, reason=reason())
            yield _("departure taken back")
        fields = HOUSEHOLD_FIELDS if isinstance(row, Household) else MEMBER_FIELDS
        wanted = {
            name: getattr(before, name) for name in fields if getattr(before, name) != getattr(row, name)
        }
        if wanted:
            correct(row, wanted, by=by, checked_on=clock.today(), seen=row.revision_id, reason=reason())
            yield _("fields corrected back")

    def _left(self, home: Household) -> Iterator[str]:
        """Say what a hand has to bring back: who came, incomes, benefits, and people who were erased."""
        since = {"revision__entered_on__gte": LAST_DAY}
        if any(_before(row) is None and _is_new(row) and row.left_on is None for row in home.residents.all()):
            yield _("somebody came to the household and lives there still")
        if Income.objects.filter(household=home, **since).exists():
            yield _("an income was stated")
        if home.standings.filter(**since).exists():
            yield _("a standing or a benefit was changed")
        if any(row.is_erased for row in home.residents.all()):
            yield _("a person was erased")


def _family_events(home: Household) -> Sequence[LineageAct]:
    """Return the family events of a household since the demonstration's day that stand, the newest first."""
    rows = LineageAct.objects.standing().filter(parts__household=home, revision__entered_on__gte=LAST_DAY)
    return list(rows.order_by("-pk"))


def _is_new(row: Household | Resident) -> bool:
    return row.revision.entered_on >= LAST_DAY


def _before(row: Household | Resident) -> Any:
    """Return the version of a row as it was before the demonstration's day; None where it has not changed since."""
    if not _is_new(row):
        return None
    versions = row.versions.filter(revision__entered_on__lt=LAST_DAY)  # type: ignore[union-attr]
    return versions.order_by("-pgh_id").first()


REGISTER = RegisterPart()

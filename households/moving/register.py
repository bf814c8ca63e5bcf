"""What of the register itself goes along with a household (households.moving.followers.MoveFollower)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.accounts.models import User
from foundation.workflow.move import Request, move_many
from households.models import Authorisation, Household, HouseholdMove, Signature, Visit
from households.moving.followers import Journey, acted_since
from households.moving.lifecycle import CAME_TO_NOTHING


class RegisterGoes:
    """Members, standings, visits and codes hang on the household itself; authorisations end at the county's border.

    What a household signs authorises “the county office and the township staff it commissions” (the text it signed):
    another county's office is not named there, so it asks anew.
    """

    claims = (
        "households.Household.area",
        "households.Household.stay_area",
        "households.Resident.area",
        "households.QualityFinding.area",
        "households.Visit.area",
        "households.Authorisation.household",
    )

    def tells(self, journey: Journey) -> Iterator[str]:
        """Say what the household counts as, and what becomes of its authorisations and its code."""
        home = journey.household
        open_ones = self._open(journey)
        if home.codes.in_force().exists():
            yield _("Its code stays the same: who scans it is led to the new township.")
        if open_ones and journey.to_another_county:
            yield ngettext(
                "%(count)d authorisation ends: it was given to the office of the old county.",
                "%(count)d authorisations end: they were given to the office of the old county.",
                len(open_ones),
            ) % {"count": len(open_ones)}
        elif open_ones:
            yield ngettext(
                "%(count)d authorisation goes along.", "%(count)d authorisations go along.", len(open_ones)
            ) % {"count": len(open_ones)}

    def hinders(self, journey: Journey) -> Iterator[str]:
        """Name who is on the way to another area alone: that is settled first, by who proposed or who answers it."""
        if (
            HouseholdMove.objects.waiting()
            .filter(household=journey.household.pk, person__isnull=False)
            .exists()
        ):
            yield _("A person of this household is on the way to another area: that move is settled first.")

    def later(self, journey: Journey) -> Iterator[str]:
        """Name what was written to the register, and whom somebody visited, since the household came."""
        move, home = journey.move, Household.objects.get(pk=journey.household.pk)
        written = {home.revision_id, *home.residents.values_list("revision", flat=True)}
        written |= set(home.standings.values_list("revision", flat=True))
        if any(key > (move.revision_id or 0) for key in written):
            yield _("The register of the household was changed since.")
        if acted_since(move, Visit, list(home.visits.values_list("pk", flat=True))):
            yield _("Somebody visited the household since.")
        others = HouseholdMove.objects.of_households().exclude(state__in=CAME_TO_NOTHING)
        if others.filter(household=home, pk__gt=move.pk).exists():
            yield _("Another move of the household was proposed since.")

    def follow(self, journey: Journey, *, by: User) -> None:
        """End authorisations where the office that was authorised answers for the household no more."""
        rows = self._open(journey)
        if not rows or not journey.to_another_county:
            return
        system = User.objects.built_in("system")
        asked = Request(
            "expire", reason=_("The household moved to another county."),
            writes={"ended_on": journey.move.effective_on},
        )  # fmt: skip
        move_many(rows, asked, by=system)
        owed = Signature.objects.unsigned().filter(
            owner_model=Authorisation._meta.label_lower, owner_id__in=[str(row.pk) for row in rows]
        )
        move_many(list(owed.select_related("household")), Request("drop"), by=system)

    @staticmethod
    def _open(journey: Journey) -> list[Authorisation]:
        rows = Authorisation.objects.open().filter(household=journey.household.pk)
        return list(rows.select_related("household").order_by("pk"))


REGISTER = RegisterGoes()

"""The way from the page of a case to the move of its household (assistance.acts.CaseActs)."""

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.acts import Act
from assistance.models import Case
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import HouseholdMove
from households.moving.telling import page_of


class MoveActs:
    """A case goes to another county with its household: proposed here, answered there."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the way to the move that waits, or to propose one, for who corrects the household."""
        if not case.is_running or not user.holds(Right.EDIT_HOUSEHOLDS, case.area_id):
            return []
        rows = HouseholdMove.objects.of_households().waiting()
        waits = rows.filter(household=case.household_id).first()
        if waits is not None:
            return [Act("move", pgettext("move", "Move of the household, waiting"), page_of(waits))]
        if recused(user, case.recusal_keys()):
            return []
        url = reverse("moves:propose", args=[case.household_id])
        return [Act("propose_move", pgettext("move", "Hand over to another village or county"), url)]


ACTS = MoveActs()

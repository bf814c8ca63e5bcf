"""Which office answers a reminder, and who works there."""

from collections.abc import Iterable

from foundation.accounts.models import Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Level, Right, Role
from foundation.inbox.notices import holders
from monitoring.models import Dataset, DeclaredStandard, Reminder
from monitoring.screening.terms import Owner


def departments(standards: Iterable[DeclaredStandard]) -> dict[str, str | None]:
    """Return by code the department that answers the reminders of each standard; None: the township office."""
    rolls = {
        each.pk: each.declaration.roll for each in standards if each.declaration.owner is Owner.DEPARTMENT
    }
    keepers = dict(Dataset.objects.filter(pk__in=rolls.values()).values_list("pk", "department_id"))
    return {each.pk: keepers[rolls[each.pk]] if each.pk in rolls else None for each in standards}


def people_of(department: str | None, area: str) -> list[User]:
    """Return who answers for an office in an area; where nobody does, who dispatches in the county."""
    people = holders(Right.SETTLE_REMINDERS, area)
    here = Posting.objects.in_force().filter(user__in=people, area__in=[*ancestors(area), area])
    office = {"area__level": Level.TOWNSHIP} if department is None else {"department": department}
    own = here.filter(**office) or here.filter(role=Role.COUNTY_DISPATCHER)
    wanted = set(own.values_list("user", flat=True))
    return [person for person in people if person.pk in wanted]


def answers(user: User, reminder: Reminder) -> bool:
    """Say whether `user` answers a reminder: by a post there, of its department or of none."""
    if user.is_built_in:
        return True
    return any(
        duty.holds(Right.SETTLE_REMINDERS)
        and reminder.area_code.startswith(duty.area)
        and duty.department in (None, reminder.department_id)
        for duty in user.duties()
    )

"""What a role is called in an area: the nearest area's label in force, else the default of the role table."""

import datetime

from foundation.accounts import clock
from foundation.accounts.models import RoleLabel
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Role


def role_labels(area: str, on: datetime.date | None = None) -> dict[Role, str]:
    """Return every role's name as `area` calls it on a day; one query."""
    labels = {role: str(role.label) for role in Role}
    rows = RoleLabel.objects.filter(
        area_id__in=[*ancestors(area), area], from_day__lte=on or clock.today()
    ).values_list("area_id", "from_day", "role", "label")
    for _area, _from, role, label in sorted(rows, key=lambda row: (len(row[0]), row[1])):
        labels[Role(role)] = label
    return labels


def role_label(role: Role, area: str, on: datetime.date | None = None) -> str:
    """Return what `area` calls `role` on a day."""
    return role_labels(area, on)[role]

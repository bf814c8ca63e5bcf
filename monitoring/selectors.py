"""What pages say of a dataset beside its own columns, and who delivers it."""

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from monitoring.models import Dataset


def office_of(dataset: Dataset) -> str:
    """Name the department of a dataset, with the office that keeps the data."""
    return " · ".join(part for part in (dataset.department.called, dataset.contract.office) if part)


def may_deliver(user: User, dataset: Dataset, area: str) -> bool:
    """Say whether `user` delivers a dataset in an area: by a post there, of its department or of none."""
    if user.is_built_in:
        return True
    return any(
        duty.holds(Right.DELIVER_DATA)
        and area.startswith(duty.area)
        and duty.department in (None, dataset.department_id)
        for duty in user.duties()
    )

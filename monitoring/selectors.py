"""What pages say of a dataset beside its own columns."""

from monitoring.models import Dataset


def office_of(dataset: Dataset) -> str:
    """Name the department of a dataset, with the office that keeps the data."""
    return " · ".join(part for part in (dataset.department.name, dataset.contract.office) if part)

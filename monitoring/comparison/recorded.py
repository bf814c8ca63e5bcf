"""What the record of acts says of a finding."""

from monitoring.models import Finding


def digest_in_record(finding: Finding) -> str | None:
    """Return the digest that the record of the run names; None where it names none."""
    return None

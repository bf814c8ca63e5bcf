"""How the households of the stories stand."""

from alerts.models import Alert
from monitoring.models import Finding


def living(code: str) -> dict[str, Finding]:
    """The findings of a household that stand, by standard."""
    return {row.standard_id: row for row in Finding.objects.living().filter(household__code=code)}


def alert_of(code: str) -> Alert:
    """The one open warning of a household."""
    return Alert.objects.open().get(household__code=code)

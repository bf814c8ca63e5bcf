"""How the households of the stories stand."""

from alerts.models import Alert
from foundation.accounts.models import User
from households.demo import storytelling
from monitoring.models import Finding


def living(code: str) -> dict[str, Finding]:
    """The findings of a household that stand, by standard."""
    return {row.standard_id: row for row in Finding.objects.living().filter(household__code=code)}


def alert_of(code: str) -> Alert:
    """The one open warning of a household."""
    return Alert.objects.open().get(household__code=code)


def put_back(story: str) -> dict[str, list[str]]:
    """Put a story back, and see that doing it again finds nothing to do."""
    shell = User.objects.built_in("shell")
    done = storytelling.put_back(story, by=shell)
    assert storytelling.put_back(story, by=shell) == {"done": [], "left": done["left"]}
    return done

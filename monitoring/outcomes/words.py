"""Outcomes in words: the codes of the area, and where a warning stands after its check."""

from foundation.accounts.roles import Level
from foundation.desk.columns import Badge, Tone
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from monitoring.outcomes.terms import CONFIRMED, NOT_CHECKED, After


class OutcomeNames:
    """What outcomes are called, asked once for each county and request."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[str, dict[str, str]] = {}

    def choices(self, area: str) -> list[tuple[str, str]]:
        """Return every outcome of an area with its name: those after a check first, then the codes of the end."""
        return [(each.value, str(each.label)) for each in After] + list(self._codes(area).items())

    def name(self, outcome: str, area: str) -> str:
        """Name an outcome; the code itself where the list no longer has it."""
        if outcome in After.values:
            return str(After(outcome).label)
        return self._codes(area).get(outcome, outcome)

    def badge(self, outcome: str, area: str) -> Badge:
        """Name an outcome in a pill: green where the standard was right, plain where nobody could tell."""
        tone: Tone = "done" if outcome in CONFIRMED else "plain" if outcome in NOT_CHECKED else "soon"
        return Badge(self.name(outcome, area), tone)

    def _codes(self, area: str) -> dict[str, str]:
        county = area[: Level.COUNTY]
        if county not in self._known:
            items = value("outcome_codes", area=county).items
            self._known[county] = {each["code"]: in_language(each["zh"], each["en"]) for each in items}
        return self._known[county]

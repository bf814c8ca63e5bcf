"""A case on the board in words: its risk in a sentence, what it waits for, and its next day."""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alerts import wording as warnings
from assistance.board.next_days import NextDays
from assistance.models import Case, Conclusion
from assistance.plans.bare import told as bare_risks
from foundation.accounts import clock
from foundation.desk.columns import Badge, Tone
from foundation.desk.templatetags.shell import relative, tone
from foundation.workflow.models import Path
from foundation.workflow.paths import steps_of
from households.words import Words

_TONES: dict[str, Tone] = {"open": "action", "approved": "soon", "enrolled": "done", "correcting": "overdue"}


class BoardWords:
    """The words of one board; what they rest on is read once for a page, not for each line."""

    def __init__(self) -> None:
        """Take the words of today."""
        self._words = Words()
        self._steps: dict[int, dict[str, str]] = {}

    def risk(self, row: Any) -> str:
        """Say the risk in a sentence: what was decided, else what was confirmed so far, else what was found."""
        if row.category:
            return _("%(facts)s.") % {"facts": self._facts(row, row.area_id)}
        if row.held:
            return _("%(facts)s; not decided yet.") % {"facts": self._facts(row.held[0], row.area_id)}
        if row.alert is None:
            return _("%(origin)s; not decided yet.") % {"origin": row.get_origin_display()}
        found = "、".join(str(each.label) for each in warnings.themes(row.alert))
        return _("Found: %(what)s; not decided yet.") % {"what": found or _("reported by people")}

    def waits_for(self, row: Any) -> str:
        """Name the steps that are open, as the chain of the case calls them."""
        named = self._named(row.path)
        return "、".join(named.get(code, code) for code in row.waits_for)

    def _facts(self, said: Case | Conclusion, area: str) -> str:
        facts = [self._words.standing(said.category, area)]
        if said.risk_types:
            facts.append(self._words.word("risk_types", said.risk_types, area))
        if said.level:
            facts.append(_("risk %(level)s") % {"level": said.get_level_display()})
        if said.no_labour:
            facts.append(_("nobody here can work"))
        return "；".join(facts)

    def _named(self, path: int | None) -> dict[str, str]:
        if path is None:
            return {}
        if path not in self._steps:
            steps = steps_of(Path.objects.get(pk=path))
            self._steps[path] = {step.code: step.label for step in steps}
        return self._steps[path]


def state_badge(row: Case) -> Badge:
    """Return the state as a pill."""
    return Badge(row.state_label, _TONES.get(row.state, "plain"))


def help_told(row: Any) -> str:
    """Say how many measures were promised, landed, and are late, and which risks have none; empty where none was."""
    if not row.promised:
        return ""
    said = [_("%(landed)d of %(promised)d landed") % {"landed": row.landed, "promised": row.promised}]
    said += [_("%(late)d late") % {"late": row.late}] if row.late else []
    bare = bare_risks(row.bare, row.area_id)
    said += [pgettext("measure", "nothing against: %(risks)s") % {"risks": bare}] if bare else []
    return "；".join(said)


def due_badge(row: Any, days: NextDays) -> Badge | None:
    """Return the next day as far away as it is; None where none runs."""
    due = days.of(row)
    tones: dict[str, Tone] = {"overdue": "overdue", "soon": "soon"}
    return None if due is None else Badge(f"{due.isoformat()} {relative(due)}", tones.get(tone(due), "plain"))


def visited(row: Any) -> str:
    """Say when the household was last met at home, and how long ago that is."""
    day: datetime.date | None = row.visited_on
    if day is None:
        return _("not yet")
    return _("%(day)s (%(count)d days ago)") % {"day": day, "count": (clock.today() - day).days}


def head(row: Any) -> str:
    """Return the name of the head; the household number where nobody is head."""
    heads = row.household.heads
    return heads[0].shown_name if heads else row.household.code

"""What is asked of the register, and what is not, with the reason."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.regulations.lookup import book
from households.quality import asked as everything
from households.quality.declaring import COUNTY_CHECKER, GUIZHOU, Rule
from households.quality.unasked import UNASKED


def source_in_words(source: str) -> str:
    """Name the checker that a rule comes from, with its number there."""
    if source.startswith(GUIZHOU):
        return _("Checker of Guizhou province %(number)s") % {"number": source.removeprefix(GUIZHOU).strip()}
    return _("Checker of a county") if source == COUNTY_CHECKER else source


@door(Right.VIEW_HOUSEHOLDS)
def rules(request: StaffRequest) -> HttpResponse:
    """List every rule with its question, its source and the values that hold in the reader's area."""
    area = min(prefixes(request.user, Right.VIEW_HOUSEHOLDS), default="")
    asked = [(rule, source_in_words(rule.source), _values(rule, area)) for rule in everything.rules()]
    unasked = [(each, source_in_words(each.source)) for each in UNASKED]
    return render(request, "households/quality/rules.html", {"asked": asked, "unasked": unasked})


def _values(rule: Rule, area: str) -> list[tuple[str, str, str]]:
    """Return the values a rule uses: key, name, and what holds in the area in words."""
    known, today = book(), clock.today()
    found = [(name, known.resolve(name, area, today)) for name in rule.values]
    return [
        (name, each.subject.label, each.text or _("no value: the rule is silent")) for name, each in found
    ]

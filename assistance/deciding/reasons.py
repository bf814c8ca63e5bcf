"""Why a case comes to what it comes to, in words: four parts, the row of the table that fits, the rule of the level.

The parts are 收入, 合规自付支出, 突出困难问题, 自主应对能力. Amounts only for who reads findings (township up).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assistance.deciding.computing import Computed, net_below, reference_below
from assistance.deciding.facts import PARTS, Facts
from foundation.regulations.lookup import book
from foundation.regulations.units import in_language
from households.models import Visit
from households.visits import answers
from households.visits.book import declared_of
from households.words import Words
from monitoring.screening.terms import EventKind


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts: what was judged at the door, and what is known."""

    heading: str
    judged: str
    lines: list[str] = field(default_factory=list)


def four_parts(facts: Facts, *, exact: bool) -> list[Part]:
    """Return the four parts; sums only where `exact`."""
    judged = _judged(facts)
    said = (
        (_("Income"), list(_income(facts, exact))),
        (_("Compliant self-paid expense"), list(_expense(facts, exact))),
        (pgettext("case", "Hardships that stand out"), list(_hardship(facts))),
        (_("Whether the household copes by itself"), list(_coping(facts))),
    )
    return [
        Part(heading, judged.get(code, ""), lines) for code, (heading, lines) in zip(PARTS, said, strict=True)
    ]


def category_reason(why: str) -> str:
    """Return the row of the table that fits, in words."""
    return {
        "below_registered": _(
            "Net income per head is within the range, the household was lifted out of poverty before, and a risk was "
            "found."
        ),
        "below_ordinary": _(
            "Net income per head is within the range, the household was never registered as poor, and a risk was found."
        ),
        "above_serious": _(
            "Net income per head is above the range, but something sudden has put basic life into serious difficulty."
        ),
        "above_not_serious": _(
            "Net income per head is above the range, and what happened is not both sudden and serious: by the table "
            "the household is not taken in."
        ),
        "no_risk": _(
            "No risk was found: income alone takes nobody in, however low it is."
        ),
        "unknown": _(
            "Income or the line of the day is not known: nothing can be computed. Complete the check, or judge the "
            "category by hand with the reason."
        ),
    }.get(why, "")  # fmt: skip


def level_reason(computed: Computed) -> str:
    """Return the rule of the area's table that gave the level; or that none fits."""
    items = book().resolve("risk_level_rules", computed.facts.area, computed.facts.day).items
    for item in items:
        if item["code"] == computed.rule:
            return in_language(item["zh"], item["en"])
    return _("no rule of the area's table for high or middle fits")


def sudden_words(facts: Facts) -> str:
    """Return what came suddenly, in words."""
    named = {
        **{kind.value: str(kind.label) for kind in EventKind},
        "work_lost": pgettext("case", "work lost"),
        "school": pgettext("case", "a child goes to a higher school"),
    }
    return "、".join(named.get(code, code) for code in facts.sudden)


def _income(facts: Facts, exact: bool) -> Iterator[str]:
    if facts.line is None:
        yield _("No monitoring line is in force on %(day)s.") % {"day": facts.day}
    below = net_below(facts)
    if facts.net is None:
        yield _("Income is not known.")
    elif exact:
        yield _("Net income per head: %(sum)s yuan") % {
            "sum": facts.worked[0] if facts.worked else f"{facts.net:,}"
        }
    if facts.line is not None and exact:
        yield _("Monitoring line on %(day)s: %(line)s yuan") % {"day": facts.day, "line": f"{facts.line:,}"}
    if below is not None:
        yield _("Within the monitoring range.") if below else _("Above the monitoring range.")
    yield (
        _("Lifted out of poverty before (脱贫户).")
        if facts.registered
        else _("Never registered as poor (一般农户).")
    )


def _expense(facts: Facts, exact: bool) -> Iterator[str]:
    if facts.reference is None:
        return
    if exact:
        yield _("Reference income per head, payouts added and compliant self-pay taken off: %(sum)s yuan") % {
            "sum": facts.worked[1] if len(facts.worked) > 1 else f"{facts.reference:,}"
        }
    below = reference_below(facts)
    if below is not None:
        yield (
            _("With that expense it falls within the range.")
            if below
            else _("With that expense it stays above the range.")
        )


def _hardship(facts: Facts) -> Iterator[str]:
    if facts.risks:
        words = Words(facts.day).word("risk_types", list(facts.risks), facts.area)
        yield _("Risks found: %(risks)s") % {"risks": words}
    else:
        yield _("No risk was found.")
    if facts.sudden:
        yield _("Came suddenly: %(what)s") % {"what": sudden_words(facts)}
    if facts.found:
        yield facts.found


def _coping(facts: Facts) -> Iterator[str]:
    if facts.able == 0:
        yield _("Nobody in the household is able to work.")
    elif facts.able is not None:
        yield ngettext("%(count)d person able to work.", "%(count)d people able to work.", facts.able) % {
            "count": facts.able
        }


def _judged(facts: Facts) -> dict[str, str]:
    """Return what was chosen at the door for each part, in the words of the form it was asked by."""
    if facts.visit is None or not facts.answers:
        return {}
    visit = Visit.objects.select_related("questionnaire").get(pk=facts.visit)
    asked = {each.code: each for each in declared_of(visit.questionnaire).questions()}
    return {
        code: answers.words(asked[code], said, area=facts.area, on=facts.day)
        for code, said in facts.answers.items()
        if code in asked
    }

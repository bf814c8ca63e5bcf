"""What the catalogue suggests for a household, each with why, and what it does not suggest, each with why not.

A person decides: nothing is ticked by itself, and what is not suggested can be ticked all the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.catalogue.book import measures
from assistance.catalogue.declared import DeclaredMeasure
from assistance.catalogue.facts import Home, Person, facts_of
from assistance.catalogue.fitting import Fit, fit
from assistance.catalogue.terms import About
from assistance.catalogue.words import CatalogueWords
from assistance.lifecycle_of_help import STANDING
from assistance.measures.selectors import of_case, received, risks_of
from assistance.models import Case, Measure
from foundation.accounts import clock

#: Codes of health_states: whom illness, and whom disability, is about.
_ILL, _DISABLED = frozenset({"3", "4"}), "2"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A measure for one member (`person` None: for the household) against one risk, with the sentence why.

    `ask` says what the register does not tell and the visitor must ask; `amount` what a source says is paid.
    """

    measure: DeclaredMeasure
    person: Person | None
    risk: str
    why: str
    ask: str = ""
    amount: str = ""

    @property
    def key(self) -> str:
        """What a form sends back: code, member and risk."""
        return key_of(self.measure.code, self.person.resident.pk if self.person else None, self.risk)


@dataclass(frozen=True, slots=True)
class NotSuggested:
    """A measure that is not suggested, and why; `already` where it is promised or landed."""

    measure: DeclaredMeasure
    why: str
    already: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that the catalogue says of a household today; suggestions that answer a risk first, kind by kind."""

    risks: list[str]
    home: Home
    suggested: list[Suggestion]
    left_out: list[NotSuggested]
    measures: list[Measure]


def key_of(code: str, resident: int | None, risk: str) -> str:
    """Return code, member and risk as one word of a form."""
    return f"{code}:{resident or ''}:{risk}"


def first_risk(measure: DeclaredMeasure, risks: Sequence[str]) -> str:
    """Return the first of the risks that a measure answers; empty where it answers none."""
    return next((each for each in risks if measure.answers_to(each)), "")


def offer_for(case: Case) -> Offer:
    """Hold the whole catalogue against the household of a case."""
    had = of_case(case)
    home = facts_of(case.household, received(had))
    risks, words = risks_of([case])[case.pk], CatalogueWords(case.area_id)
    lacks_development = bool(home.able) and not any(row.develops and row.state in STANDING for row in had)
    suggested: list[Suggestion] = []
    left_out: list[NotSuggested] = []
    for measure in measures().values():
        taken = [row for row in had if row.code == measure.code and row.state in STANDING]
        found = list(_suggest(measure, home, risks, words, case.area_id, lacks_development, taken))
        suggested += found
        if not found:
            left_out.append(_why_not(measure, home, risks, words, taken))
    return Offer(risks, home, _risks_first(suggested), left_out, had)


def _risks_first(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Put what answers a risk before what only develops the household; else kind by kind."""
    return sorted(found, key=lambda each: (not each.risk, each.measure.kind))


def _suggest(
    measure: DeclaredMeasure,
    home: Home,
    risks: Sequence[str],
    words: CatalogueWords,
    area: str,
    lacks_development: bool,
    taken: Sequence[Measure],
) -> Iterator[Suggestion]:
    """Yield a measure for everybody whom it fits and who does not have it."""
    risk = first_risk(measure, risks)
    if not risk and not (measure.develops and lacks_development):
        return
    has = {row.resident_id for row in taken}
    for person in _whom(measure, home, risk):
        if (person.resident.pk if person else None) in has:
            continue
        held = fit(measure, home, person)
        if held.fits:
            yield Suggestion(
                measure,
                person,
                risk,
                _why(home, person, risk, words),
                _asked(held, words),
                _paid(measure, words, area),
            )


def _whom(measure: DeclaredMeasure, home: Home, risk: str) -> Iterable[Person | None]:
    """Return whom a measure may be for: the household, or the members that its risk is about."""
    if measure.about is About.HOUSEHOLD:
        return (None,)
    return tuple(person for person in home.people if _concerned(person, risk))


def _concerned(person: Person, risk: str) -> bool:
    """Say whether a risk may be about somebody; whoever's health or school nobody knows is asked."""
    if risk == "01":
        return not person.health or bool(_ILL & set(person.health))
    if risk == "03":
        return not person.health or _DISABLED in person.health
    return risk != "09" or person.school != "none"


def _why(home: Home, person: Person | None, risk: str, words: CatalogueWords) -> str:
    """Say the reason in a sentence: which risk, which member, what is there already."""
    told = {
        "risk": words.risk(risk) if risk else "",
        "who": words.person(person) if person else pgettext("measure", "the household"),
        "has": words.has(home, person),
    }
    if risk:
        said = pgettext("measure", "Risk “%(risk)s”, for %(who)s") % told
    else:
        said = (
            pgettext("measure", "Somebody here can work: one development measure at least, for %(who)s")
            % told
        )
    return said + (pgettext("measure", "; has already: %(has)s") % told if told["has"] else "")


def _asked(held: Fit, words: CatalogueWords) -> str:
    """Say what the register does not tell."""
    if not held.unknown:
        return ""
    asked = "、".join(dict.fromkeys(words.fact(each) for each in held.unknown))
    return pgettext("measure", "The register does not say: %(facts)s. Ask at the visit.") % {"facts": asked}


def _paid(measure: DeclaredMeasure, words: CatalogueWords, area: str) -> str:
    amount = measure.amount_for(area, clock.today())
    return words.amount(amount) if amount else ""


def _why_not(
    measure: DeclaredMeasure,
    home: Home,
    risks: Sequence[str],
    words: CatalogueWords,
    taken: Sequence[Measure],
) -> NotSuggested:
    """Say why nobody of the household is suggested this measure."""
    if taken:
        newest = taken[-1]
        said = pgettext("measure", "%(state)s already, on %(day)s") % {
            "state": newest.state_label,
            "day": newest.landed_on or newest.asked_on or newest.ticked_on,
        }
        return NotSuggested(measure, said, already=True)
    risk = first_risk(measure, risks)
    if not risk and not measure.develops:
        return NotSuggested(measure, pgettext("measure", "answers none of the risks of this household"))
    people = list(_whom(measure, home, risk))
    if not people:
        told = {"risk": words.risk(risk)}
        return NotSuggested(
            measure, pgettext("measure", "by the register, “%(risk)s” is about nobody here") % told
        )
    fails = [found.fails for found in (fit(measure, home, each) for each in people) if found.fails]
    if not fails:
        return NotSuggested(measure, pgettext("measure", "answers none of the risks of this household"))
    told = {"rule": "；".join(dict.fromkeys(words.condition(each) for each in fails))}
    return NotSuggested(measure, _("is for: %(rule)s") % told)

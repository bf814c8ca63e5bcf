"""What the catalogue suggests for a household, each with why, and what it does not suggest, each with why not.

A person decides: nothing is ticked by itself, and what is not suggested can be ticked all the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.catalogue.book import measures
from assistance.catalogue.declared import DeclaredMeasure
from assistance.catalogue.facts import Home, Person, facts_of
from assistance.catalogue.fitting import Fit, fit
from assistance.catalogue.terms import About
from assistance.catalogue.words import CatalogueWords
from assistance.measures.lasting import last_day, runs, stands
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
    """A measure that is not suggested, and why.

    `already` where it waits or runs for `person` (None: the household) and asking would be asking twice; `again` is
    what a form sends back where it landed before and may come again for the same person.
    """

    measure: DeclaredMeasure
    why: str
    already: bool = False
    again: str = ""
    person: Person | None = None


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
    today = clock.today()
    lacks_development = bool(home.able) and not any(row.develops and stands(row, today) for row in had)
    suggested: list[Suggestion] = []
    left_out: list[NotSuggested] = []
    for measure in measures().values():
        taken = _newest(had, measure.code)
        found = list(_suggest(measure, home, risks, words, lacks_development, taken))
        suggested += found
        offered = {each.person.resident.pk if each.person else None for each in found}
        left_out += _had(measure, home, risks, {key: row for key, row in taken.items() if key not in offered})
        if not found and (not taken or measure.about is About.MEMBER):
            left_out += _why_not(measure, home, risks, words, taken)
    return Offer(risks, home, _risks_first(suggested), left_out, had)


def _newest(had: Iterable[Measure], code: str) -> dict[int | None, Measure]:
    """Return by member (None: the household) the measure of a code that tells most: what runs, else the newest."""
    found: dict[int | None, Measure] = {}
    for row in had:
        told = row.code == code and (row.state == "landed" or runs(row, clock.today()))
        if told and (row.resident_id not in found or not runs(found[row.resident_id], clock.today())):
            found[row.resident_id] = row
    return found


def _comes_again(row: Measure) -> bool:
    """Say whether help that somebody had is suggested anew: it is over, or was given once and not in this year."""
    today = clock.today()
    if not stands(row, today):
        return True
    once = row.state == "landed" and row.per == "once" and row.until_day is None
    return once and row.landed_on is not None and row.landed_on.year < today.year


def had_told(row: Measure) -> str:
    """Say when the same help was had before: until its last day, or on the day on which it landed."""
    last = last_day(row)
    if last is not None and last >= clock.today():
        return pgettext("measure", "until %(day)s") % {"day": last}
    if last is not None:
        return pgettext("measure", "had until %(day)s") % {"day": last}
    return pgettext("measure", "last landed on %(day)s") % {"day": row.landed_on}


def _risks_first(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Put what answers a risk before what only develops the household; else kind by kind."""
    return sorted(found, key=lambda each: (not each.risk, each.measure.kind))


def _suggest(
    measure: DeclaredMeasure,
    home: Home,
    risks: Sequence[str],
    words: CatalogueWords,
    lacks_development: bool,
    taken: Mapping[int | None, Measure],
) -> Iterator[Suggestion]:
    """Yield a measure for everybody whom it fits and who does not have it now."""
    risk = first_risk(measure, risks)
    if not risk and not (measure.develops and lacks_development):
        return
    for person in _whom(measure, home, risk):
        before = taken.get(person.resident.pk if person else None)
        if before is not None and not _comes_again(before):
            continue
        held = fit(measure, home, person)
        if held.fits:
            yield Suggestion(
                measure,
                person,
                risk,
                _why(home, person, risk, words) + (f"；{had_told(before)}" if before is not None else ""),
                _asked(held, words),
                words.paid(measure, clock.today())[0],
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


def _had(
    measure: DeclaredMeasure, home: Home, risks: Sequence[str], taken: Mapping[int | None, Measure]
) -> Iterator[NotSuggested]:
    """Yield for everybody who had this measure how it stands, and what asks for it again where it does not run."""
    people = {person.resident.pk: person for person in home.people}
    for resident, row in taken.items():
        if resident is not None and resident not in people:
            continue  # who left is asked for nothing
        person = people[resident] if resident is not None else None
        if runs(row, clock.today()):
            said = pgettext("measure", "%(state)s already, on %(day)s") % {
                "state": row.state_label,
                "day": row.landed_on or row.asked_on or row.ticked_on,
            }
            yield NotSuggested(measure, said, already=True, person=person)
            continue
        fits = (resident is None) == (measure.about is About.HOUSEHOLD)
        again = key_of(measure.code, resident, first_risk(measure, risks)) if fits else ""
        yield NotSuggested(measure, had_told(row), already=not again, again=again, person=person)


def _why_not(
    measure: DeclaredMeasure,
    home: Home,
    risks: Sequence[str],
    words: CatalogueWords,
    taken: Collection[int | None],
) -> Iterator[NotSuggested]:
    """Say why nobody else of the household is suggested this measure; nothing where everybody had it."""
    if taken and all(person.resident.pk in taken for person in home.people):
        return
    risk = first_risk(measure, risks)
    if not risk and not measure.develops:
        yield NotSuggested(measure, pgettext("measure", "answers none of the risks of this household"))
        return
    people = [each for each in _whom(measure, home, risk) if (each and each.resident.pk) not in taken]
    if not people:
        told = {"risk": words.risk(risk)}
        said = (
            pgettext("measure", "by the register, “%(risk)s” is about nobody else here")
            if taken
            else pgettext("measure", "by the register, “%(risk)s” is about nobody here")
        )
        yield NotSuggested(measure, said % told)
        return
    fails = [found.fails for found in (fit(measure, home, each) for each in people) if found.fails]
    if not fails:
        yield NotSuggested(measure, pgettext("measure", "answers none of the risks of this household"))
        return
    told = {"rule": "；".join(dict.fromkeys(words.condition(each) for each in fails))}
    yield NotSuggested(measure, _("is for: %(rule)s") % told)

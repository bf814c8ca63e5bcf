"""Conditions, amounts and members in words: why a measure is suggested, and why it is not."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from assistance.catalogue.book import measures
from assistance.catalogue.declared import Amount, Condition, DeclaredMeasure
from assistance.catalogue.facts import Home, Person
from assistance.catalogue.paying import expected, paid_here
from assistance.catalogue.terms import Fact, Per
from foundation.regulations.lookup import value
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import in_language
from households.words import Words

_FACTS = {
    Fact.AGE: pgettext_lazy("catalogue", "age"),
    Fact.LABOUR: pgettext_lazy("catalogue", "ability to work"),
    Fact.HEALTH: pgettext_lazy("catalogue", "health"),
    Fact.SCHOOL: pgettext_lazy("catalogue", "school"),
    Fact.INSURED: pgettext_lazy("catalogue", "medical insurance"),
    Fact.STANDING: pgettext_lazy("catalogue", "standing"),
    Fact.WORKED: pgettext_lazy("catalogue", "months worked in the year"),
    Fact.ABLE: pgettext_lazy("catalogue", "somebody can work"),
    Fact.HOUSE_GRADE: pgettext_lazy("catalogue", "grade of the dwelling"),
    Fact.WATER_SAFE: pgettext_lazy("catalogue", "safe drinking water"),
    Fact.RECEIVES: pgettext_lazy("catalogue", "what it receives"),
}
_SCHOOLS = {
    "preschool": pgettext_lazy("catalogue", "under school age"),
    "compulsory": pgettext_lazy("catalogue", "compulsory school"),
    "senior": pgettext_lazy("catalogue", "senior high school"),
    "vocational": pgettext_lazy("catalogue", "vocational school"),
    "university": pgettext_lazy("catalogue", "university"),
    "none": pgettext_lazy("catalogue", "at no school"),
}
_PER = {
    Per.ONCE: pgettext_lazy("catalogue", "once"),
    Per.MONTH: pgettext_lazy("catalogue", "a month"),
    Per.TERM: pgettext_lazy("catalogue", "a term"),
    Per.YEAR: pgettext_lazy("catalogue", "a year"),
}


class CatalogueWords:
    """The words of one page; the code lists of the area are read once."""

    def __init__(self, area: str) -> None:
        """Take the words of today in `area`."""
        self._words, self._area = Words(), area
        self._kinds: dict[str, str] = {}

    def risk(self, code: str) -> str:
        """Name a risk type."""
        return self._words.word("risk_types", code, self._area)

    def kind(self, code: str) -> str:
        """Name a kind of measures."""
        return self.kinds().get(code, code)

    def kinds(self) -> dict[str, str]:
        """Return the names of all kinds by code, in the order of their list."""
        if not self._kinds:
            items = value("measure_kinds", area=self._area).items
            self._kinds = {item["code"]: in_language(item["zh"], item["en"]) for item in items}
        return self._kinds

    def condition(self, asked: Condition) -> str:
        """Say what must hold."""
        fact = str(_FACTS[asked.fact])
        if asked.least is not None and asked.most is not None:
            return _("%(fact)s %(least)s to %(most)s") % {
                "fact": fact,
                "least": asked.least,
                "most": asked.most,
            }
        if asked.least is not None:
            return _("%(fact)s from %(least)s") % {"fact": fact, "least": asked.least}
        if asked.most is not None:
            return _("%(fact)s up to %(most)s") % {"fact": fact, "most": asked.most}
        if asked.is_not:
            return _("%(fact)s: not %(words)s") % {
                "fact": fact,
                "words": self._listed(asked.fact, asked.is_not),
            }
        return _("%(fact)s: %(words)s") % {"fact": fact, "words": self._listed(asked.fact, asked.is_in)}

    def fact(self, asked: Condition) -> str:
        """Name the fact that a condition asks."""
        return str(_FACTS[asked.fact])

    def person(self, person: Person) -> str:
        """Say who somebody is, as far as a measure rests on it: age, health, school, ability to work."""
        said = [_("%(years)d years old") % {"years": person.age}] if person.age is not None else []
        said += [self._words.word("health", list(person.health), self._area)] if person.health else []
        if person.school and person.school != "none":
            said.append(str(_SCHOOLS[person.school]))
        elif person.labour:
            said.append(self._words.word("labour", person.labour, self._area))
        told = "，".join(said)
        return f"{person.resident.shown_name}（{told}）" if told else person.resident.shown_name

    def has(self, home: Home, person: Person | None) -> str:
        """Say what somebody, or the household, has already: standings and measures."""
        standings = person.standings if person else home.standings
        receives = person.receives if person else home.receives
        held = [self._words.standing(each, self._area) for each in sorted(standings)]
        return "、".join([*held, *self._named(sorted(receives))])

    def amount(self, paid: Amount) -> str:
        """Say what a source says is paid."""
        told = {
            "yuan": f"{paid.yuan:,}",
            "most": f"{paid.most:,}" if paid.most else "",
            "per": _PER[paid.per],
        }
        if paid.most:
            return pgettext("catalogue", "%(yuan)s to %(most)s yuan %(per)s") % told
        return pgettext("catalogue", "%(yuan)s yuan %(per)s") % told

    def paid(self, measure: DeclaredMeasure, on: datetime.date) -> tuple[str, str]:
        """Say what is paid here for a measure on a day, and where that is written; both empty where nobody says so.

        What an area entered itself goes before the file (assistance.catalogue.paying).
        """
        found = paid_here(measure, self._area, on)
        if found.own is not None and found.said is not None and found.said.value is not None:
            own, said = found.own, found.said.value
            written = (said.source_title, said.source_number, said.source_issuer, said.source_issued)
            why = said.source_reason if said.is_proposal else "，".join(filter(None, written))
            return in_language(own["zh"], own["en"]), why
        shipped = found.shipped
        return (self.amount(shipped), self.source(shipped.source)) if shipped else ("", "")

    def computed(self, measure: DeclaredMeasure, on: datetime.date) -> str:
        """Say with which sum payments are compared; empty where nothing is said, or nothing that can be counted."""
        sum_ = expected(measure.code, self._area, on)
        if sum_ is None:
            return ""
        return pgettext("catalogue", "%(yuan)s yuan %(per)s") % {
            "yuan": f"{sum_.yuan:,}",
            "per": _PER[sum_.per],
        }

    def source(self, source: Source) -> str:
        """Say where something is taken from."""
        if source.kind is SourceKind.PROPOSAL:
            return in_language(source.reason_zh, source.reason_en)
        return "，".join(filter(None, (source.title, source.issuer, source.issued)))

    def _listed(self, fact: Fact, words: Iterable[str]) -> str:
        return "、".join(self._word(fact, each) for each in words)

    def _word(self, fact: Fact, word: str) -> str:
        match fact:
            case Fact.LABOUR:
                return self._words.word("labour", word, self._area)
            case Fact.HEALTH:
                return self._words.word("health", [word], self._area)
            case Fact.SCHOOL:
                return str(_SCHOOLS[word])
            case Fact.STANDING:
                return self._words.standing(word, self._area)
            case Fact.RECEIVES:
                return "、".join(self._named([word]))
            case Fact.ABLE | Fact.WATER_SAFE | Fact.INSURED:
                return _("yes") if word == "yes" else _("no")
        return word

    @staticmethod
    def _named(codes: Iterable[str]) -> list[str]:
        declared = measures()
        return [declared[code].name if code in declared else code for code in codes]

"""A review side by side: what was known of a household, and what the visit found, with the differences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alerts import selectors, wording
from alerts.models import Alert
from alerts.verification import acts, pieces
from alerts.verification.acts import Act
from alerts.verification.path import Way, path_of
from alerts.verification.pieces import ToldPiece
from alerts.wording import ToldCause
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.offers import history
from households.models import Visit
from households.visits import answers
from households.visits.book import declared_of
from households.visits.known import Fact, facts_of
from households.visits.naming import Names
from households.visits.page import place_words
from households.visits.questionnaires import Question


@dataclass(frozen=True, slots=True)
class Line:
    """One question: what the register said with its source, what was found, and whether that is something else."""

    asks: str
    known: str
    source: str
    found: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one section of the questionnaire."""

    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Review:
    """The page of a review. `visit` is None where nothing was reported yet; `said` is what who visited wrote."""

    alert: Alert
    visit: Visit | None
    causes: list[ToldCause]
    exact: bool
    parts: list[Part]
    differing: int
    opinion: str
    outcome: str
    said: str
    visitors: str
    met: str
    place: str
    pieces: list[ToldPiece]
    acts: list[Act]
    way: Way


def review_of(alert: Alert, reader: User) -> Review:
    """Gather the review of an alert that was found through its scoped door."""
    visit, names = alert.visit, Names(reader)
    exact = reader.holds(Right.VIEW_FINDINGS, alert.area_id)
    living = [each for each in selectors.signals_of(alert) if each.is_living]
    parts = parts_of(visit) if visit else []
    return Review(
        alert=alert,
        visit=visit,
        causes=wording.causes(living, exact=exact),
        exact=exact,
        parts=parts,
        differing=sum(line.differs for part in parts for line in part.lines),
        opinion=alert.get_opinion_display(),
        outcome=selectors.outcome_name(alert.reported_outcome, alert.area_id)
        if alert.reported_outcome
        else "",
        said=_said(alert),
        visitors=names.of(visit.visitors.order_by("pk")) if visit else "",
        met="、".join(each.shown_name for each in visit.met.order_by("relation", "pk")) if visit else "",
        place=place_words(visit) if visit else "",
        pieces=pieces.told(alert) if alert.returned else [],
        acts=acts.acts_of_review(alert, reader),
        way=path_of(alert),
    )


def parts_of(visit: Visit) -> list[Part]:
    """Return what was asked at a visit beside what the register knew on its day; unanswered and unknown is left out."""
    facts = facts_of(visit.household, visit.happened_on)
    found = []
    for section in declared_of(visit.questionnaire).sections:
        lines = [line for each in section.questions if (line := _line(visit, each, facts)) is not None]
        if lines:
            found.append(Part(section.name, lines))
    return found


def _line(visit: Visit, question: Question, facts: dict[str, Fact]) -> Line | None:
    answer = visit.answers.get(question.code)
    fact = facts.get(question.known) if question.known else None
    if answer is None and fact is None:
        return None
    return Line(
        question.asks,
        "" if fact is None else _words(visit, question, fact.value),
        "" if fact is None else _source(fact),
        "" if answer is None else _words(visit, question, answer),
        fact is not None and answer is not None and not answers.same(answer, fact.value),
    )


def _source(fact: Fact) -> str:
    return _("%(source)s, %(day)s") % {"source": fact.source.label, "day": fact.source.day}


def _words(visit: Visit, question: Question, answer: object) -> str:
    return answers.words(question, answer, area=visit.area_id, on=visit.happened_on)


def _said(alert: Alert) -> str:
    """Return what was written with the last report."""
    last = history(alert).filter(verb="report").last()
    return last.reason if last else ""

"""What the page of one visit shows, and what its reader may do there."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from foundation.workflow.models import Passage
from foundation.workflow.offers import history
from households.models import Signature, Visit
from households.models.households import HEAD
from households.models.revisions import Revision
from households.signing.selectors import signatures_of
from households.visits import answers
from households.visits.book import declared_of
from households.visits.naming import Names
from households.visits.purposes import Due, served_by
from households.visits.questionnaires import Declared
from households.visits.tables import outcome
from households.visits.told import digest_of


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its answer in words; `source` says where it was known from, or is ""."""

    asks: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answered questions of one section."""

    name: str
    answered: list[Answered]


@dataclass(frozen=True, slots=True)
class Page:
    """A visit in words. `as_written` is false where what stands in the database is not what was written down."""

    visit: Visit
    declared: Declared
    state: Badge
    head: str
    visitors: str
    met: str
    place: str
    parts: list[Part]
    served: list[Due]
    signatures: list[Signature]
    as_written: bool
    why_annulled: str
    entered_by: str

    @property
    def title(self) -> str:
        """What was written down."""
        return self.declared.name


@dataclass(frozen=True, slots=True)
class May:
    """What a reader may do with a visit."""

    amend: bool
    annul: bool


def page_of(visit: Visit, reader: User) -> Page:
    """Gather the page of a visit that was found through its scoped door."""
    declared, names = declared_of(visit.questionnaire), Names(reader)
    return Page(
        visit=visit,
        declared=declared,
        state=outcome(visit),
        head=_head(visit),
        visitors=names.of(visit.visitors.order_by("pk")),
        met="、".join(each.shown_name for each in visit.met.order_by("relation", "pk")),
        place=place_words(visit),
        parts=parts_of(visit),
        served=served_by(visit, reader),
        signatures=signatures_of(visit),
        as_written=digest_of(visit) == visit.digest,
        why_annulled=_why_annulled(visit),
        entered_by=names.of([visit.entered_by]),
    )


def may(visit: Visit, reader: User) -> May:
    """Return what `reader` may do with a visit now."""
    visits = reader.holds(Right.VISIT_HOUSEHOLDS, visit.area_code, of=visit.household)
    acts = visit.counts and not recused(reader, visit.household.recusal_keys)
    own = visit.entered_by_id == reader.pk
    return May(
        amend=acts and visits and own and visit.entered_on == clock.today(),
        annul=acts and (visits if own else reader.holds(Right.REVIEW_VISITS, visit.area_code)),
    )


def parts_of(visit: Visit) -> list[Part]:
    """Return what was answered, section by section; sections without an answer are left out."""
    found = []
    for section in declared_of(visit.questionnaire).sections:
        answered = [
            Answered(
                each.asks,
                answers.words(each, visit.answers[each.code], area=visit.area_id, on=visit.happened_on),
                _source(visit, each.code),
            )
            for each in section.questions
            if each.code in visit.answers
        ]
        if answered:
            found.append(Part(section.name, answered))
    return found


def place_words(visit: Visit) -> str:
    """Return where the visit was, in degrees, or why no place is kept."""
    if visit.latitude is None:
        return str(visit.get_no_place_display())
    where = f"{visit.latitude:.6f}, {visit.longitude:.6f}"
    if visit.accuracy is None:
        return where
    return _("%(where)s (within %(metres)d m)") % {"where": where, "metres": visit.accuracy}


def steps_of(visit: Visit, reader: User) -> list[dict[str, object]]:
    """Return what happened with a visit, newest first, for its time line."""
    names = Names(reader)
    changed = {row.version + 1: row.changed for row in visit.versions.all()}
    corrections = 1
    steps: list[dict[str, object]] = []
    for passage in history(visit):
        detail = passage.reason
        if passage.verb == "amend":
            corrections += 1
            detail = detail or _("%(count)d entries changed; what stood there before is kept.") % {
                "count": len(changed.get(corrections, []))
            }
        title = f"{_verb(passage)} · {names.of([passage.by])}"
        steps.append({"on": passage.entered_on, "title": title, "detail": detail})
    return steps[::-1]


def _head(visit: Visit) -> str:
    head = visit.household.residents.present().filter(relation=HEAD).first()
    return head.shown_name if head else ""


def _verb(passage: Passage) -> str:
    if passage.verb == Visit.lifecycle.created:
        return _("Written down")
    return str(Visit.lifecycle.find(passage.verb).label)


def _why_annulled(visit: Visit) -> str:
    if visit.counts:
        return ""
    last = history(visit).filter(to_state="annulled").last()
    return last.reason if last else ""


def _source(visit: Visit, code: str) -> str:
    known = visit.known.get(code)
    if known is None:
        return ""
    return _("as in the register (%(source)s, %(day)s)") % {
        "source": Revision.Kind(known["source"]).label,
        "day": known["day"],
    }

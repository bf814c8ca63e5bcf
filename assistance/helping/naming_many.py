"""Name helpers for many households at once: suggested by load, looked over on one page, named by one press."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assistance.helping import assigning
from assistance.helping.assigning import Named
from assistance.helping.panel import filled
from assistance.helping.places import Candidate, candidates, may_have_helpers
from assistance.models import Case
from foundation.accounts.kin import recused, recused_people
from foundation.accounts.models import Posting, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, Role

#: So many households are named for at once: a page of the list.
MOST = 50
#: So many people are offered for a place, who has least to do first.
_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A free place of a case: who is suggested (key of a post, None: nobody fits), and who else is offered."""

    case: Any
    kind: str
    name: str
    posting: int | None
    choices: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Preview:
    """What one press would name, and the sentence of each household for which nobody can be named, by its number."""

    rows: list[Suggestion] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """How many were named, and the sentence of each household for which it was refused, by its number."""

    count: int
    refused: dict[str, str]


def preview(cases: Sequence[Case], *, by: User) -> Preview:
    """Suggest somebody for every free place of these cases: helpers by profession first, then who helps fewest.

    Whom an earlier line suggests counts there already, so that a batch does not fall on one person.
    """
    made, given = Preview(), Counter[int]()
    known: dict[tuple[str, str], list[Candidate]] = {}
    for case in cases:
        code = case.household.code
        if why := _why_not(case, by):
            made.refused[code] = why
            continue
        free = [place for place in filled(case) if not place.held and not place.asked]
        if not free:
            made.refused[code] = _("Every place of this household is filled, or waits for an answer.")
        kin = recused_people(case.recusal_keys())
        for place in free:
            offered = known.setdefault((case.area_id, place.kind), candidates(case, place.kind))
            fit = sorted((each for each in offered if each.posting.user_id not in kin), key=_order(given))
            if not fit:
                made.refused[code] = _("%(place)s: nobody works here in a post that fits.") % {
                    "place": place.name
                }
                continue
            given[fit[0].posting.user_id] += 1
            made.rows.append(Suggestion(case, place.kind, place.name, fit[0].posting.pk, fit[:_OFFERED]))
    return made


def name_many(chosen: Iterable[tuple[int, str, int]], *, by: User) -> Done:
    """Name the person of a post for a place of a case each (case, place, post); what is refused leaves the rest."""
    wanted = list(chosen)
    cases = {
        case.pk: case
        for case in Case.objects.visible_to(by, Right.ASSIGN_HELPERS)
        .filter(pk__in={case for case, _kind, _post in wanted})
        .select_related("household")
    }
    posts = Posting.objects.select_related("user", "department", "area").in_bulk(
        {post for *_rest, post in wanted}
    )
    count, refused = 0, dict[str, str]()
    for key, kind, post in wanted:
        case, posting = cases.get(key), posts.get(post)
        if case is None or posting is None:
            continue
        try:
            assigning.name(case, Named(kind, posting), by=by)
        except Refused as refusal:
            refused[case.household.code] = refusal.sentence
        else:
            count += 1
    return Done(count, refused)


def _why_not(case: Case, by: User) -> str:
    """Return why nobody is named for a case by this person, or nothing."""
    if forbidden := recused(by, case.recusal_keys()):
        return forbidden
    if not may_have_helpers(case):
        return _("This case has no helpers: it is not decided yet, or it has ended.")
    return ""


def _order(given: Counter[int]) -> Any:
    """Return the order of candidates: helpers by profession, then fewest households, then who works nearest."""

    def key(each: Candidate) -> tuple[bool, int, int, int]:
        posting = each.posting
        load = each.load + given[posting.user_id]
        return (posting.role != Role.HELPER, load, -len(posting.area_id), posting.pk)

    return key

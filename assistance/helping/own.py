"""“My households” (我的帮扶户): every household that one helps, its risk in a sentence, and what is due there next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.board.selectors import board_rows
from assistance.board.wording import BoardWords, head, visited
from assistance.helping.assigning import said
from assistance.helping.places import kinds_of
from assistance.helping.sentences import Line, lines_of
from assistance.models import Case, HandOver, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from households.identity import showing

#: So many households are shown, the most urgent first.
MOST = 200


@dataclass(frozen=True, slots=True)
class Helped:
    """One household of the list: the case, the places that one holds there, and what to know before going."""

    case: Any
    places: list[HelperPlace]
    names: str
    head: str
    risk: str
    visited: str
    due: list[Line]
    asked: bool
    may_call: bool


@dataclass(frozen=True, slots=True)
class MyHouseholds:
    """The page: households, what one was asked, hand-overs that wait for one, and how many there are."""

    rows: list[Helped]
    hand_overs: list[HandOver]
    total: int
    overdue: int


def my_households(user: User) -> MyHouseholds:
    """Return the households that `user` helps or was named for, the most urgent first; no query per household."""
    places = list(
        HelperPlace.objects.active().filter(person=user).select_related("case", "hand_over").order_by("pk")
    )
    hand_overs = list(HandOver.objects.waiting().filter(receiver=user).select_related("giver"))
    places = [place for place in places if not (place.state == "offered" and place.hand_over_id)]
    by_case: dict[int, list[HelperPlace]] = {}
    for place in places:
        by_case.setdefault(place.case_id, []).append(place)
    cases = list(board_rows(user, "").filter(pk__in=by_case).select_related("household__phone")[:MOST])
    lines, words = lines_of(cases, user), BoardWords()
    rows = [_helped(case, by_case[case.pk], lines[case.pk], words) for case in cases]
    rows.sort(key=_urgency)
    today = clock.today()
    late = sum(any(line.due and line.due < today for line in row.due) for row in rows)
    return MyHouseholds(rows, hand_overs, len(by_case), late)


def helped_by(user: User) -> int:
    """Count the households that `user` helps or was named for."""
    return HelperPlace.objects.active().filter(person=user).order_by().values("case").distinct().count()


@transaction.atomic
def call(place: HelperPlace, *, by: User) -> str:
    """Return the telephone of a household that one helps, to be dialled at once; the help is the reason kept."""
    if place.person_id != by.pk or place.state != "accepted":
        raise Refused(
            _("This household is not helped by you: show the telephone on its page, with a reason.")
        )
    household = place.case.household
    if household.phone is None:
        raise Refused(_("The register has no telephone of this household."))
    today, area = clock.today(), place.case.area_id
    act = Act("helper.called", Case._meta.label_lower, str(place.case_id), today, today, area=area,
              details=said(place))  # fmt: skip
    record(act, by=by.authority(Right.REVEAL_NUMBERS, area, of=household))
    reason = _("Helper of case %(number)s") % {"number": place.case.number}
    return showing.reveal(household.phone, about=household, reason=reason, by=by)


def _helped(case: Any, places: Sequence[HelperPlace], lines: Sequence[Line], words: BoardWords) -> Helped:
    called = kinds_of(case.area_id)
    return Helped(
        case=case,
        places=list(places),
        names="、".join(called.get(place.kind, place.kind) for place in places),
        head=head(case),
        risk=words.risk(case),
        visited=visited(case),
        due=[line for line in lines if line.due is not None],
        asked=any(place.state == "offered" for place in places),
        may_call=case.household.phone is not None and any(place.state == "accepted" for place in places),
    )


def _urgency(row: Helped) -> tuple[bool, bool, Any, int]:
    first = next((line.due for line in row.due), None)
    return (not row.asked, first is None, first or clock.today(), row.case.pk)

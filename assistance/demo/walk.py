"""The guided walk from the proposal to the announcement: evaluated, reviewed, decided, announced.

What lies between two presses is played in walk_acts.py.
"""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.demo import walk_acts
from assistance.demo.acts import taken
from assistance.demo.walk_acts import the_case, the_meeting
from foundation.desk.walk import Stop


def _took(verb: str) -> Callable[[], bool]:
    def is_done() -> bool:
        case = the_case()
        return case is not None and taken(case, verb)

    return is_done


def _paper(word: str) -> Callable[[], str]:
    def page() -> str:
        case = the_case()
        return f"{reverse(f'cases:{word}_new')}?row={case.pk}" if case else ""

    return page


def _minutes_page() -> str:
    meeting = the_meeting()
    return reverse("cases:conclude", args=[meeting.pk]) if meeting else ""


def _minutes() -> dict[str, object]:
    return {
        "minutes": _(
            "The assistant presented the four parts of the check; nobody had questions; the vote is entered."
        )
    }


STOPS = (
    Stop(
        "cun",
        gettext_lazy(
            "The household has applied and signed, and the departments were asked: nothing stands against it. Tonight "
            "the villagers' representatives have voted; the minutes close the meeting."
        ),
        _minutes_page,
        _took("evaluate"),
        fills=_minutes,
        before=walk_acts.up_to_the_meeting,
    ),
    Stop(
        "zhen",
        gettext_lazy(
            "The notice hung in the village for its days, and nobody objected. The township reviews what was computed."
        ),
        _paper("reviews"),
        _took("review"),
        fills=lambda: {"as_computed": ["on"]},
        before=walk_acts.up_to_the_end_of_the_notice,
    ),
    Stop(
        "shending",
        gettext_lazy(
            "Who reviewed does not decide: the county approves, with one number for all cases of the day."
        ),
        _paper("approvals"),
        _took("approve"),
        fills=lambda: {"number": "示防返〔2026〕18号"},
    ),
    Stop(
        "zhen",
        gettext_lazy(
            "The decision is announced in the village: from now on the household is watched over and helped."
        ),
        _paper("announcements"),
        _took("announce"),
        fills=lambda: {"place": _("notice board of the village committee")},
    ),
)

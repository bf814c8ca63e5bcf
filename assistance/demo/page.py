"""What cases bring to the first page of the demonstration: the end of its funnel, counts, and stories."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext

from alerts.demo.tales import DISPATCHER
from assistance.demo import page_of_help
from assistance.demo.days import flood
from assistance.demo.last_day import objection
from assistance.disasters.selectors import counts_of
from assistance.fast_track.papers import owing
from assistance.models import Case
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.accounts.scope import within
from foundation.desk.demo_parts import Count, DemoPart, Step, StoryLine
from households.models import QualityFinding
from households.models.households import HEAD

_VERIFIER = "zhen"
#: S15: imported from the old register, its risk “other” without a remark.
_OLD = "YS000015"


def numbers() -> list[tuple[int, Promise]]:
    """Return nothing: the funnel says it."""
    return []


def funnel() -> list[Step]:
    """Return how many households are to be enrolled (拟纳入), and how many are (已纳入)."""
    here = Case.objects.filter(within("area__code", [COUNTY]))
    steps = []
    if going := here.filter(state="open").count():
        words = pgettext("counted", "households to be enrolled")
        steps.append(Step(going, words, f"{reverse('cases:cases')}?state=open", DISPATCHER))
    if held := here.filter(state="enrolled").count():
        words = pgettext("counted", "households enrolled")
        steps.append(Step(held, words, f"{reverse('cases:cases')}?state=enrolled", DISPATCHER))
    return steps


def stories() -> list[StoryLine]:
    """Return the objection of the last day, the flood, help and removals, and a household from before."""
    own = [line for line in (_objection(), _flood(), _from_before()) if line is not None]
    return [*own, *page_of_help.stories()]


def _objection() -> StoryLine | None:
    """S10: it holds one household back, and the others of the notice went on."""
    made = objection()
    if made is None or made.settled_on is not None:
        return None
    case = made.item.case
    if case is None:
        return None
    told = {
        "head": _head(case),
        "village": case.area.name,
        "day": date_format(made.arrived_on),
        "others": made.item.notice.items.filter(ended_on__isnull=False).count(),
    }
    sentence = _(
        "%(head)s, %(village)s: somebody objected on %(day)s, the last day of the notice. That holds this household "
        "back; the other %(others)d on the notice went on."
    )
    return _line(sentence % told, reverse("cases:notice", args=[made.item.notice_id]))


def _flood() -> StoryLine | None:
    """S5: one event, help first, papers after."""
    made = flood()
    counts = counts_of(made, User.objects.get(username=_VERIFIER)) if made else None
    if made is None or counts is None or not counts.opened:
        return None
    sentence = _(
        "%(name)s: %(listed)d households on the list, %(helped)d helped first, the papers of %(owing)d are owed."
    ) % {"name": made.name, "listed": counts.listed, "helped": counts.helped, "owing": counts.owing}
    return _line(sentence, reverse("cases:disaster", args=[made.pk]))


def _from_before() -> StoryLine | None:
    """S15: monitored before this platform, without papers."""
    case = (
        Case.objects.filter(household__code=_OLD, origin=Case.Origin.IMPORT)
        .select_related("household")
        .first()
    )
    if case is None or not QualityFinding.objects.waiting().filter(household=case.household_id).exists():
        return None
    sentence = _("%(name)s came from the old register: what is missing stands on the village's list.") % {
        "name": _head(case)
    }
    return _line(sentence, reverse("cases:imported_area", args=[case.area_id]))


def _head(case: Case) -> str:
    head = case.household.residents.present().filter(relation=HEAD).first()
    return head.name if head else case.household.code


def _line(sentence: str, page: str) -> StoryLine:
    return StoryLine(sentence, page, _VERIFIER, role_labels(COUNTY)[Role.TOWNSHIP_VERIFIER])


def _owing(user: User) -> int:
    return owing(user).count()


COUNTS = (
    *page_of_help.COUNTS,
    Count(
        Right.REVIEW_CASES,
        _owing,
        ngettext_lazy("%(n)d case owes papers", "%(n)d cases owe papers", "n"),
    ),
)
PART = DemoPart(numbers, stories, COUNTS, funnel)

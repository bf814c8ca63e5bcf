"""What the warnings bring to the first page of the demonstration: the end of its funnel, counts, and stories."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy, pgettext

from alerts.demo import tales
from alerts.demo.table import ALERTS
from alerts.models import Alert
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import within
from foundation.desk.demo_parts import Count, DemoPart, Step


def numbers() -> list[tuple[int, Promise]]:
    """Return nothing: the funnel says it."""
    return []


def funnel() -> list[Step]:
    """Return how many households have an open warning."""
    number = ALERTS.whole()
    if not Alert.objects.filter(within("area__code", [COUNTY])).exists():
        return []
    words = pgettext("counted", "warnings (households)")
    return [Step(number, words, reverse("alerts:queue"), tales.DISPATCHER)]


def _raised(user: User) -> int:
    return Alert.objects.visible_to(user).open().filter(state="raised").count()


def _open(user: User) -> int:
    return Alert.objects.visible_to(user).open().count()


COUNTS = (
    Count(
        Right.DISPATCH_ALERTS,
        _raised,
        ngettext_lazy("%(n)d warning to dispatch", "%(n)d warnings to dispatch", "n"),
    ),
    Count(Right.VIEW_ALERTS, _open, ngettext_lazy("%(n)d open warning", "%(n)d open warnings", "n")),
)
PART = DemoPart(numbers, tales.stories, COUNTS, funnel)

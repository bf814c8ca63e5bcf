"""Who is sent to many households: of those who may go, whoever has least open."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification.assigning import assign_many
from alerts.verification.visitors import may_go
from foundation.accounts.models import Posting, StandIn, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right, roles_with
from foundation.accounts.scope import prefixes, within
from foundation.workflow.move import Result

#: States in which an alert lies with who visits.
WITH_THE_VISITOR = ("assigned", "returned")


class Visitors:
    """The people who may go to the households of some alerts; read once, then asked for each."""

    def __init__(self, alerts: Sequence[Alert]) -> None:
        """Read who may go, without kin and with stand-ins, and what each has open."""
        self._may_go = may_go(alerts)
        keys = {person for some in self._may_go.values() for person in some}
        self._people = User.objects.in_bulk(keys)
        self._load = dict.fromkeys(keys, 0) | open_work(keys)

    def least_busy(self, alert: Alert) -> User:
        """Return who of those that may go has least open, and count this as theirs; refuse where nobody may."""
        fitting = self._may_go[alert.pk]
        if not fitting:
            raise Refused(
                _("Nobody who visits households works in this village, or all are kin of the household.")
            )
        return self._given(min(fitting, key=lambda person: (self._load[person], person)))

    def named(self, alert: Alert, person: int) -> User:
        """Return the one who was named, if they may go; refuse otherwise."""
        if person not in self._may_go[alert.pk]:
            raise Refused(_("This person does not visit households of this village, or is kin of this one."))
        return self._given(person)

    def has_room(self, alert: Alert, most: int) -> bool:
        """Say whether somebody who may go has less open than `most`, and count this as theirs."""
        fitting = [person for person in self._may_go[alert.pk] if self._load[person] < most]
        if fitting:
            self._given(min(fitting, key=lambda person: (self._load[person], person)))
        return bool(fitting)

    def _given(self, person: int) -> User:
        self._load[person] += 1
        return self._people[person]


def send(alerts: Sequence[Alert], named: int | None, *, by: User) -> list[Result]:
    """Send people to many households: the one who is named, or for each whoever may go and has least open."""
    visitors = Visitors(alerts)
    chosen: dict[int, User] = {}
    refused: dict[int, Result] = {}
    for alert in alerts:
        try:
            chosen[alert.pk] = visitors.named(alert, named) if named else visitors.least_busy(alert)
        except Refused as refusal:
            refused[alert.pk] = Result(alert.pk, refusal)
    sent = assign_many([alert for alert in alerts if alert.pk in chosen], lambda alert: chosen[alert.pk], by)
    results = refused | {result.key: result for result in sent}
    return [results[alert.pk] for alert in alerts]


def open_work(people: Collection[int]) -> dict[int, int]:
    """Return how many alerts lie with each of some people; who has none is left out."""
    rows = Alert.objects.filter(visitor__in=people, state__in=WITH_THE_VISITOR).order_by()
    return dict(rows.values("visitor").annotate(count=Count("pk")).values_list("visitor", "count"))


def people_to_send(user: User) -> list[User]:
    """Return who visits households in the areas in which `user` has visits reviewed, by name."""
    posts = Posting.objects.in_force().filter(
        within("area__code", prefixes(user, Right.REVIEW_VISITS)),
        role__in=roles_with(Right.VISIT_HOUSEHOLDS),
        user__is_active=True,
    )
    stand_ins = StandIn.objects.in_force().filter(posting__in=posts, substitute__is_active=True)
    people = Q(pk__in=posts.values("user")) | Q(pk__in=stand_ins.values("substitute"))
    return list(User.objects.filter(people).order_by("name", "pk"))

"""Who opened the rows that a department delivered, and why: read from the record of acts."""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.labels import role_labels
from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.desk.tables import Column, Filter, Table
from foundation.desk.verbs import verb_label
from foundation.ledger.models import Entry
from monitoring.models import Delivery

#: Acts that show somebody rows of a delivery as they came.
READING = ("delivery.rejects_read", "delivery.rejects_fetched", "delivery.rows_explained")
_OBJECT = Delivery._meta.label_lower
_STAFF = "staff:"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often rows were opened for one purpose."""

    purpose: str
    count: int


def openings_of(user: User) -> QuerySet[Entry]:
    """Return the entries about rows of the deliveries that `user` may see, the newest first."""
    own = Delivery.objects.visible_to(user).annotate(key=Cast("pk", CharField())).values("key")
    return Entry.objects.filter(object_type=_OBJECT, verb__in=READING, object_id__in=own)


def tallies(entries: QuerySet[Entry]) -> list[Tally]:
    """Count the openings by purpose, the most frequent first."""
    counted = entries.order_by().values("verb").annotate(times=Count("pk"), code=F("verb")).order_by("-times")
    return [Tally(verb_label(row["code"]), row["times"]) for row in counted]


class Readers:
    """Who opened something, as far as the reader may know them: a name in their own areas, else the office alone."""

    def __init__(self, user: User, entries: QuerySet[Entry]) -> None:
        """Read the names of everybody who stands in `entries`."""
        actors = entries.order_by().values_list("actor", flat=True).distinct()
        numbers = [actor.removeprefix(_STAFF) for actor in actors if actor.startswith(_STAFF)]
        known = User.objects.visible_to(user, Right.VIEW_DATASETS).filter(pk__in=numbers)
        self._names = {f"{_STAFF}{pk}": name for pk, name in known.values_list("pk", "name")}
        self._roles: dict[str, dict[Role, str]] = {}

    def who(self, entry: Entry) -> str:
        """Name who opened something, with the office."""
        if entry.role not in Role.values:
            return _("the platform")
        if entry.area not in self._roles:
            self._roles[entry.area] = role_labels(entry.area)
        label = self._roles[entry.area][Role(entry.role)]
        return " · ".join(part for part in (self._names.get(entry.actor, ""), label) if part)


class Titles:
    """What the deliveries of some entries are called; one query."""

    def __init__(self, user: User) -> None:
        """Remember for whom."""
        self._user = user
        self._titles: dict[str, str] = {}

    def of(self, entry: Entry) -> str:
        """Name the delivery of an entry: dataset and period."""
        if entry.object_id not in self._titles:
            seen = Delivery.objects.visible_to(self._user).select_related("dataset")
            row = seen.filter(pk=entry.object_id).first()
            self._titles[entry.object_id] = f"{row.dataset.name} {row.period}" if row else ""
        return self._titles[entry.object_id]


def table_for(user: User, entries: QuerySet[Entry]) -> Table:
    """Return the table of one request."""
    readers, titles = Readers(user, entries), Titles(user)
    return Table(
        "opened",
        columns=(
            Column(
                "delivery",
                gettext_lazy("Delivery"),
                titles.of,
                url=lambda row: reverse("monitoring:delivery", args=[row.object_id]),
            ),
            Column("why", gettext_lazy("What for"), lambda row: verb_label(row.verb)),
            Column("who", gettext_lazy("Who"), readers.who),
            Column("on", gettext_lazy("Day"), lambda row: row.entered_on, kind="day"),
            Column(
                "entry",
                gettext_lazy("Ledger entry"),
                lambda row: str(row.uuid),
                kind="code",
                sheet_only=True,
            ),
        ),
        filters=(
            Filter(
                "why",
                gettext_lazy("What for"),
                "choice",
                lambda rows, verb: rows.filter(verb=verb),
                lambda _user: [(verb, verb_label(verb)) for verb in READING],
            ),
        ),
        order=("-pk",),
        empty=gettext_lazy(
            "Nobody has opened rows of your department yet. Every look at rejected rows or at a file stands here."
        ),
        title=_("Who opened the data"),
    )

"""The list of authorisations: its columns and filters, and the rows with everything they show."""

from typing import Any

from django.db.models import CharField, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table, Tone
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from households.authorisations.lifecycle import AUTHORISATION
from households.authorisations.soon import soon_days
from households.models import Authorisation, Resident, Signature
from households.models.households import HEAD

TONES: dict[str, Tone] = {"pending": "soon", "in_force": "done", "refused": "overdue"}


def rows_for(user: User) -> QuerySet[Authorisation]:
    """Return the authorisations that `user` may see, with head, village and signatures; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    return (
        Authorisation.objects.visible_to(user)
        .select_related("household__area")
        .annotate(signed=_signatures(Q(state="signed")), of=_signatures(~Q(state="dropped")))
        .prefetch_related(Prefetch("household__residents", heads, to_attr="heads"))
    )


def badge_of(row: Authorisation) -> Badge:
    """Return where an authorisation stands as a coloured word."""
    return Badge(row.state_label, TONES.get(row.state, "plain"))


def purposes_of(row: Authorisation) -> str:
    """Name the purposes."""
    return "、".join(label_of(each) for each in row.purposes)


def label_of(item: dict[str, str]) -> str:
    """Name a purpose or a kind of data in the language of the page."""
    return in_language(item["zh"], item["en"])


def url_of(row: Authorisation) -> str:
    """Return the address of an authorisation."""
    return reverse("authorisations:authorisation", args=[row.pk])


def _signatures(condition: Q) -> Coalesce:
    """Count the signatures of a row that fit; the reference of a signature is text."""
    own = (
        Signature.objects.filter(
            condition,
            owner_model=Authorisation._meta.label_lower,
            owner_id=Cast(OuterRef("pk"), CharField(max_length=64)),
        )
        .order_by()
        .values("owner_id")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(own), Value(0))


def _head(row: Any) -> str:
    heads = row.household.heads
    return heads[0].shown_name if heads else row.household_code


def _progress(row: Any) -> str:
    return _("%(signed)d of %(all)d") % {"signed": row.signed, "all": row.of} if row.of else ""


def _ending(rows: QuerySet[Any], wanted: bool, user: User) -> QuerySet[Any]:
    soon = Authorisation.objects.ending(soon_days(user)).values("pk")
    return rows.filter(pk__in=soon) if wanted else rows.exclude(pk__in=soon)


def _purposes(user: User) -> list[tuple[str, str]]:
    area = next((duty.area for duty in user.duties()), "")
    items = value("authorisation_purposes", area=area).items
    return [(each["code"], label_of(each)) for each in items]


def table(user: User) -> Table:
    """Return the list for `user`: what ends soon is a value of the reader's area."""
    return Table(
        "authorisations",
        title=gettext_lazy("Authorisations"),
        columns=_COLUMNS,
        filters=(
            *_CHOICES,
            Filter(
                "soon",
                gettext_lazy("Ends soon"),
                "yesno",
                lambda rows, wanted: _ending(rows, wanted, user),
            ),
            Filter(
                "area",
                gettext_lazy("Area (code or name)"),
                "text",
                lambda rows, text: rows.filter(in_place(text, "household__area")),
            ),
        ),
        order=("-asked_on", "-pk"),
        empty=gettext_lazy(
            "No authorisation yet. It is asked for on the page of a household, and signed there on the phone."
        ),
    )


_COLUMNS = (
    Column("head", gettext_lazy("Household of"), _head, kind="link", url=url_of),
    Column(
        "code",
        gettext_lazy("Household number"),
        lambda row: row.household_code,
        kind="code",
        sort="household_code",
    ),
    Column("village", gettext_lazy("Village"), lambda row: row.household.area.name),
    Column("purposes", gettext_lazy("Purposes"), purposes_of),
    Column("basis", gettext_lazy("Basis"), lambda row: Authorisation.Basis(row.basis).label),
    Column("state", gettext_lazy("State"), badge_of, kind="badge", sort="state"),
    Column("signed", gettext_lazy("Signatures"), _progress),
    Column("from", gettext_lazy("Valid from"), lambda row: row.valid_from, "day", sort="valid_from"),
    Column("until", gettext_lazy("Valid until"), lambda row: row.valid_until, "day", sort="valid_until"),
    Column("asked", gettext_lazy("Asked on"), lambda row: row.asked_on, "day", sort="asked_on"),
)
_CHOICES = (
    Filter(
        "state",
        gettext_lazy("State"),
        "choice",
        lambda rows, state: rows.filter(state=state),
        lambda user: list(AUTHORISATION.states.items()),
    ),
    Filter(
        "purpose",
        gettext_lazy("Purpose"),
        "choice",
        lambda rows, code: rows.filter(purposes__contains=[{"code": code}]),
        _purposes,
    ),
    Filter(
        "basis",
        gettext_lazy("Basis"),
        "choice",
        lambda rows, basis: rows.filter(basis=basis),
        lambda user: Authorisation.Basis.choices,
    ),
)

"""Lists of register files and of people in two households."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from foundation.desk.tables import Badge, Column, Filter, Table
from households.identity.masking import masked_name
from households.models import Duplicate, Household, PairDecision, Revision
from households.pairs.sides import is_late, is_overdue
from households.pairs.telling import page_of

FILES = Table(
    "register-files",
    title=gettext_lazy("Register files"),
    columns=(
        Column(
            "file",
            gettext_lazy("File"),
            lambda row: _("File %(number)d") % {"number": row.pk},
            url=lambda row: reverse("register:file", args=[row.pk]),
        ),
        Column("kind", gettext_lazy("kind of file"), lambda row: row.get_kind_display()),
        Column("as_of", gettext_lazy("as of"), lambda row: row.as_of, kind="day", sort="as_of"),
        Column("entered", gettext_lazy("entered on"), lambda row: row.entered_on, kind="day"),
        Column("area", gettext_lazy("Area"), lambda row: row.area.name if row.area else ""),
        Column("by", gettext_lazy("entered by"), lambda row: row.by.name),
        Column("read", gettext_lazy("Rows"), lambda row: row.counts.get("rows_read"), kind="number"),
        Column(
            "rejected", gettext_lazy("Rejected"), lambda row: row.counts.get("rows_rejected"), kind="number"
        ),
        Column(
            "state",
            gettext_lazy("State"),
            lambda row: Badge(_("taken back"), "soon") if row.reverted_by_id else None,
            kind="badge",
        ),
    ),
    order=("-pk",),
    empty=gettext_lazy(
        "No register file has been imported yet. Hand in the first one: it is looked through before."
    ),
)


def pair_state(row: Any) -> Badge | None:
    """Say that a pair is with the area above both, and whether whoever decides is late."""
    passed = next((each for each in row.open_decisions if each.state == "passed"), None)
    if passed is None:
        return Badge(pgettext("pair", "overdue"), "overdue") if is_late(row) else None
    return Badge(passed.state_label, "overdue" if is_overdue(passed) else "soon")


DUPLICATES = Table(
    "duplicates",
    title=gettext_lazy("People in two households"),
    columns=(
        Column(
            "name",
            gettext_lazy("Name in the file"),
            lambda row: row.claimed_name if row.claim_shown else masked_name(row.claimed_name),
            "link",
            url=page_of,
        ),
        Column(
            "household",
            gettext_lazy("Lives in"),
            lambda row: row.household.code if row.home_shown else _("a household of another area"),
            url=lambda row: (
                reverse("households:household", args=[row.household_id]) if row.home_shown else ""
            ),
        ),
        Column(
            "village", gettext_lazy("Village"), lambda row: row.household.area.name if row.home_shown else ""
        ),
        Column(
            "claimed",
            gettext_lazy("Also named in"),
            lambda row: row.claimed_code if row.claim_shown else _("a household of another area"),
        ),
        Column(
            "claimed_area",
            gettext_lazy("Village in the file"),
            lambda row: row.claimed_area.name if row.claim_shown else "",
        ),
        Column("basis", pgettext_lazy("pair", "Found by"), lambda row: row.get_basis_display()),
        Column("state", gettext_lazy("State"), pair_state, "badge"),
        Column(
            "due",
            pgettext_lazy("pair", "Decide or pass up by"),
            lambda row: None if row.is_passed else row.due_on,
            kind="day",
        ),
        Column("found", gettext_lazy("Found on"), lambda row: row.found_on, kind="day", sort="found_on"),
    ),
    filters=(
        Filter(
            "basis",
            pgettext_lazy("pair", "Found by"),
            "choice",
            lambda rows, code: rows.filter(basis=code),
            lambda _user: Duplicate.Basis.choices,
        ),
        Filter(
            "passed",
            pgettext_lazy("pair", "With the area above both"),
            "yesno",
            lambda rows, wanted: rows.filter(is_passed=wanted),
        ),
    ),
    order=("-pk",),
    empty=gettext_lazy("Nobody stands in two households."),
)


def files_of(user: User) -> QuerySet[Revision]:
    """Return the register files of the areas where `user` may import."""
    return Revision.objects.visible_to(user).files().select_related("area", "by")


def duplicates_of(user: User) -> QuerySet[Duplicate]:
    """Return the waiting pairs of which `user` sees a side; of the other side they see only that it is there."""
    seen = Household.objects.visible_to(user).filter(pk=OuterRef("household"))
    claims = Area.objects.filter(
        within("code", prefixes(user, Right.VIEW_HOUSEHOLDS)), pk=OuterRef("claimed_area")
    )
    passed = PairDecision.objects.filter(pair=OuterRef("pk"), state="passed")
    return (
        Duplicate.objects.visible_to(user)
        .waiting()
        .select_related("household__area", "claimed_area")
        .annotate(home_shown=Exists(seen), claim_shown=Exists(claims), is_passed=Exists(passed))
        .prefetch_related(Prefetch("decisions", PairDecision.objects.all(), to_attr="open_decisions"))
    )

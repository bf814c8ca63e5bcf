"""Any list as a file: the same rows, columns, filters and masking as its page, marked with who took it out.

The list's own page is asked for its rows (`select`), so an export passes the page's door and begins at the same
`visible_to`. Small lists are answered at once, large ones by a job; either way the file is sealed while it is written,
every export is a ledger entry of the transaction that hands it over, and a role has a most number of rows.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.access import Door
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk import focus
from foundation.desk.columns import Badge, ColumnKind
from foundation.desk.table_page import Selected, Selection
from foundation.desk.watermark import watermark
from foundation.files import drafts
from foundation.files.drafts import Draft
from foundation.files.lists import MOST_ROWS, About, Form, Heading, Width, write_list
from foundation.ledger.record import Act, Actor, record

#: Rows read from the database at a time; after each the rights of the reader are looked at again.
STEP = 2_000
_WIDTHS: dict[ColumnKind, Width] = {
    "text": "wide",
    "link": "wide",
    "badge": "middle",
    "badges": "wide",
    "code": "middle",
    "money": "middle",
    "number": "narrow",
    "day": "narrow",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list: the address of its page, the area looked at ("" for all of one's own), and the form of the file."""

    path: str
    query: str
    focus: str
    form: Form

    def dump(self) -> bytes:
        """Return this as bytes: what was typed into filters may name people, so it rests sealed only."""
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def load(content: bytes) -> "Wanted":
        """Read it back."""
        return Wanted(**json.loads(content))


@dataclass(frozen=True, slots=True)
class List:
    """The rows that an export holds, and behind which right they stand (None: the person's own)."""

    selection: Selection
    right: Right | None
    count: int

    @property
    def title(self) -> str:
        """What the file is called."""
        return str(self.selection.table.title or self.selection.table.name)


def select(wanted: Wanted, *, by: User) -> List:
    """Ask the page of the list for its rows; 404 where the address is no list, Refused where it is too long.

    The page's own door is passed on the way, with all that it refuses.
    """
    selection, declared = selected(wanted, by=by)
    most = most_rows(by)
    count = selection.rows.order_by()[: most + 1].count()
    if count > most:
        raise Refused(
            _("Your post may take out at most %(most)s rows at once: set filters until fewer are left.")
            % {"most": f"{most:,}"}
        )
    return List(selection, declared.right if declared else None, count)


def selected(wanted: Wanted, *, by: User) -> tuple[Selection, Door | None]:
    """Ask the page of a list for the rows it shows to `by`, and for its door; 404 where the address is no list."""
    match = resolve(wanted.path)
    answer = match.func(_request(wanted, by), *match.args, **match.kwargs)
    if not isinstance(answer, Selected):
        raise Http404(_("This page is no list."))
    return answer.selection, getattr(match.func, "door", None)


def most_rows(user: User) -> int:
    """Return how many rows the posts of `user` may take out at once (settings.EXPORT_ROWS_MOST_BY_ROLE)."""
    by_role: dict[str, int] = settings.EXPORT_ROWS_MOST_BY_ROLE
    allowed = [by_role.get(duty.role, settings.EXPORT_ROWS_MOST) for duty in user.duties()]
    return min(max(allowed, default=settings.EXPORT_ROWS_MOST), MOST_ROWS)


def write(
    wanted: Wanted, chosen: List, *, by: User, progress: Callable[[int, int], None] | None = None
) -> tuple[Draft, int]:
    """Write the file; returns its sealed draft and the number of rows. The caller records it and hands it on."""
    selection, draft = chosen.selection, Draft()
    headings = [Heading(str(each.label), _WIDTHS[each.kind]) for each in selection.table.columns]
    about = About(chosen.title, watermark(by, area_names(wanted, chosen, by)), _filters(selection))
    try:
        with transaction.atomic():  # a cursor of the server, and one state of the database
            rows = _rows(chosen, by, progress or _untold)
            count = write_list(wanted.form, draft, about, headings, rows, folder=drafts.folder())
        draft.close()
    except BaseException:
        draft.discard()
        raise
    return draft, count


def record_export(wanted: Wanted, chosen: List, draft: Draft, count: int, *, by: User) -> None:
    """Write into the ledger who took out which list, with which filters and how many rows.

    What was chosen from a list is said; what was typed may name people, and is only committed to.
    """
    filters, typed = _for_the_ledger(chosen.selection, wanted)
    today = clock.today()
    record(
        Act(
            "list.exported",
            "list",
            chosen.selection.table.name,
            today,
            today,
            details={
                "form": wanted.form,
                "rows": count,
                "bytes": draft.size,
                "sha256": draft.sha256,
                "filters": filters,
                "areas": sorted(_codes(wanted, chosen, by)),
            },
            personal=typed,
        ),
        by=_actor(wanted, chosen, by),
    )


def area_of(wanted: Wanted, chosen: List, user: User) -> str:
    """Return the first of the areas that a list is about."""
    return min(_codes(wanted, chosen, user), default="")


def file_name(chosen: List) -> str:
    """Return what the file is called on the reader's disk: the list and the day."""
    return f"{chosen.title} {clock.today():%Y-%m-%d}"


def _request(wanted: Wanted, user: User) -> HttpRequest:
    """Return the request that the page of the list would get from its reader."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", wanted.path, wanted.path
    request.GET = QueryDict(wanted.query)
    request.user = user
    request.session = {focus.SESSION_KEY: wanted.focus}  # type: ignore[assignment]
    request.htmx = False  # type: ignore[attr-defined]
    request.area_focus = wanted.focus  # type: ignore[attr-defined]
    request.wants_rows = True  # type: ignore[attr-defined]
    return request


def _rows(chosen: List, user: User, progress: Callable[[int, int], None]) -> Iterator[list[Any]]:
    """Read the rows through a cursor of the server; stop where the reader's rights have changed meanwhile."""
    table, scope = chosen.selection.table, _scope(chosen, user)
    for number, record_ in enumerate(chosen.selection.rows.iterator(chunk_size=STEP), start=1):
        yield [plain_value(column.value(record_)) for column in table.columns]
        if number % STEP == 0:
            progress(number, max(chosen.count, number))
            if _scope(chosen, _fresh(user)) != scope:
                raise Refused(_("Your rights have changed meanwhile: ask for the list again."))


def plain_value(value: Any) -> Any:
    """Return the value of a cell as a file holds it: the words of a badge, a number, a day."""
    if isinstance(value, list):
        return "、".join(str(badge.label) for badge in value)
    return str(value.label) if isinstance(value, Badge) else value


def _fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def _scope(chosen: List, user: User) -> object:
    """Return what decides which rows a person may read."""
    return user.is_active, prefixes(user, chosen.right) if chosen.right else None


def _codes(wanted: Wanted, chosen: List, user: User) -> set[str]:
    """Return the areas the list is about: the one looked at, or all in which its right is held."""
    if wanted.focus:
        return {wanted.focus}
    return set(prefixes(user, chosen.right)) if chosen.right else {duty.area for duty in user.duties()}


def area_names(wanted: Wanted, chosen: List, user: User) -> str:
    """Return the names of the areas that a list is about."""
    names = Area.objects.visible_to(user).filter(code__in=_codes(wanted, chosen, user)).order_by("code")
    return "、".join(names.values_list("name", flat=True))


def _actor(wanted: Wanted, chosen: List, user: User) -> Actor:
    """Return as whom a person takes out a list: by the right of its door, in the first of its areas."""
    area = area_of(wanted, chosen, user)
    if chosen.right is not None:
        return user.authority(chosen.right, area)
    role = next((duty.role for duty in user.duties() if area.startswith(duty.area)), "")
    return Actor(f"staff:{user.pk}", role, area)


def _filters(selection: Selection) -> str:
    return "；".join(f"{chip.label} {'≠' if chip.negated else '='} {chip.value}" for chip in selection.chips)


def _for_the_ledger(selection: Selection, wanted: Wanted) -> tuple[dict[str, str], dict[str, str]]:
    """Return the filters as the ledger may say them, and what was typed."""
    given, said, typed = QueryDict(wanted.query), {}, {}
    labels = {str(chip.label): chip.negated for chip in selection.chips}
    for each in selection.table.filters:
        if str(each.label) not in labels:
            continue
        sign = "≠" if labels[str(each.label)] else "="
        if each.kind == "text":
            said[each.key], typed[each.key] = sign, given.get(each.key, "")
        else:
            said[each.key] = sign + given.get(each.key, "")
    return said, typed


def _untold(_done: int, _total: int) -> None:
    """Tell nobody."""

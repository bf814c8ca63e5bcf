"""Who sees what of a hit: the village kind and band, the township and above its detail, each look on record."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistance.checks.items import words_of
from assistance.checks.running import PURPOSE, context_of
from assistance.models import AssetCheck, AssetHit
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from foundation.vault.sealing import open_sealed
from households.authorisations.using import in_force, use
from households.models import Resident


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as one reader may see it; `who` and `detail` are empty for the village, and once nothing allows a look."""

    hit: AssetHit
    kind: str
    band: Sequence[str]
    who: str = ""
    dataset: str = ""
    detail: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The hits of a check for one reader; `closed` says why the detail is not shown though it is the reader's."""

    hits: Sequence[ShownHit]
    in_detail: bool
    closed: str = ""


def sees_detail(check: AssetCheck, user: User) -> bool:
    """Say whether a reader is of those who see detail: the township and above (field.md 1.1)."""
    return user.holds(Right.VIEW_FINDINGS, check.area_code)


def shown(check: AssetCheck, user: User, *, through: str = "page") -> Shown:
    """Return the hits of a check for a reader who came to it through its door.

    A look at detail uses the authorisation like a query does: it is an entry in the record, and is denied from the
    moment in which the authorisation has ended.
    """
    rows = list(check.hits.select_related("resident", "dataset", "verified_by").order_by("pk"))
    names = kind_names(check)
    if not rows or not sees_detail(check, user):
        return Shown([_plain(row, names) for row in rows], in_detail=False)
    try:
        _look(check, rows, user, through)
    except Refused as ended:
        return Shown([_plain(row, names) for row in rows], in_detail=False, closed=ended.sentence)
    return Shown([_whole(row, names) for row in rows], in_detail=True)


def kind_names(check: AssetCheck) -> dict[str, str]:
    """Return what the kinds of data are called, as the authorisation told them."""
    return {each["code"]: in_language(each["zh"], each["en"]) for each in check.authorisation.kinds}


def check_name(area: str) -> str:
    """Return what the asset check is called in an area (信息比对, 财产检索, …)."""
    return value("asset_check_name", area=area).text


def _look(check: AssetCheck, rows: Sequence[AssetHit], user: User, through: str) -> None:
    people = list(Resident.objects.filter(pk__in={row.resident_id for row in rows}))
    kinds = sorted({row.kind for row in rows})
    # What was renewed meanwhile allows the look as well as what the check was made by.
    newer = in_force(check.case.household, purpose=PURPOSE, kinds=kinds, members=people)
    use(
        newer or check.authorisation, purpose=PURPOSE, kinds=kinds, members=people, by=user,
        what=f"asset_check:{check.pk}:{through}", right=Right.VIEW_FINDINGS,
    )  # fmt: skip


def _plain(row: AssetHit, names: Mapping[str, str]) -> ShownHit:
    return ShownHit(row, names.get(row.kind, row.kind), words_of(row.band))


def _whole(row: AssetHit, names: Mapping[str, str]) -> ShownHit:
    sealed = bytes(row.detail)
    said: dict[str, str] = json.loads(open_sealed(sealed, context_of(row))) if sealed else {}
    return ShownHit(
        row, names.get(row.kind, row.kind), words_of(row.band), who=row.resident.shown_name,
        dataset=row.dataset.name, detail=[pair for pair in said.items() if pair[0] != "姓名" or row.name_differs],
    )  # fmt: skip

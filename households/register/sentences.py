"""What came of a register file, in sentences and in the order of datasets.md section 6."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from households.register.contract import HEADERS
from households.register.importing import COUNTS
from households.register.rejects import sentence


def counts_of(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the counts of an import in the order of the contract (the database keeps none)."""
    names = ("rows_read", "rows_accepted", "rows_rejected", "rejects", *COUNTS, "duplicates")
    return {name: result[name] for name in names}


def sentences(result: Mapping[str, Any]) -> Iterable[str]:
    """Tell what came of a register file, the reasons of rejects one by one."""
    yield _("%(rows_read)d rows read, %(rows_accepted)d accepted, %(rows_rejected)d rejected.") % result
    yield (
        _(
            "Households: %(households_created)d new, %(households_changed)d changed, "
            "%(households_unchanged)d unchanged."
        )
        % result
    )
    yield (
        _(
            "People: %(residents_created)d new, %(residents_changed)d changed, %(residents_unchanged)d unchanged."
        )
        % result
    )
    if result["duplicates"]:
        yield _("%(duplicates)d rows repeat another row and count once.") % result
    for reason, count in result["rejects"].items():
        yield _("%(count)d rows: %(why)s") % {"count": count, "why": sentence(reason)}
    yield from _beside(result)


def _beside(result: Mapping[str, Any]) -> Iterable[str]:
    """Tell what else the clerk has to know: kept values, columns that were left out, pairs to decide."""
    headers = {"net_income_per_head": HEADERS["income"]} | HEADERS
    for name, count in result.get("kept", {}).items():
        yield (
            _(
                "%(column)s: %(count)d values stay, because they are newer than the file or were checked by hand."
            )
            % {"column": headers.get(name, name), "count": count}
        )
    if dropped := result.get("columns_dropped"):
        yield _("Columns that were left out: %(columns)s.") % {"columns": "、".join(dropped)}
    if result.get("pairs"):
        yield _("%(pairs)d people stand in two households and wait to be decided.") % result


def reverted_sentences(result: Mapping[str, Any]) -> Iterable[str]:
    """Tell what came of taking a file back."""
    for name, label in (
        ("household", _("Households")),
        ("resident", _("People")),
        ("standing", _("Standings")),
    ):
        yield _("%(what)s: %(restored)d as before, %(removed)d gone again, %(stayed)d stay as they are.") % {
            "what": label,
            **{how: result[how].get(name, 0) for how in ("restored", "removed", "stayed")},
        }

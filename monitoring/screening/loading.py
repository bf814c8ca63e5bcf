"""Bring the declarations into the table of standards: idempotent by digest, one ledger entry for what changed."""

from collections.abc import Mapping

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import WHOLE_COUNTRY
from foundation.ledger.record import Act, record
from foundation.regulations.files import read_folder
from monitoring.contracts.book import contracts
from monitoring.loading import GONE
from monitoring.models import Dataset, DeclaredStandard
from monitoring.screening.book import standards
from monitoring.screening.checks import check_lines, check_units
from monitoring.screening.standard import Standard


def load_shipped() -> None:
    """Declare the shipped standards as the platform itself; after regulation values and datasets (AFTER_MIGRATE).

    Raises FileError, and changes nothing, where a line is missing or of another unit than what is measured.
    """
    values = read_folder()
    check_lines(standards(), values)
    check_units(standards(), contracts(), values)
    declare(standards(), by=User.objects.built_in("system"))


@transaction.atomic
def declare(declared: Mapping[str, Standard], *, by: User) -> dict[str, str]:
    """Make the table say what `declared` says; returns the digest of each file that changed, `withdrawn` where gone."""
    known = dict(DeclaredStandard.objects.declared().values_list("code", "digest"))
    changed = {code: each.digest for code, each in declared.items() if known.get(code) != each.digest}
    for code in changed:
        row, _new = DeclaredStandard.objects.update_or_create(code=code, defaults=_columns(declared[code]))
        row.datasets.set(Dataset.objects.filter(pk__in=declared[code].datasets))
    gone = known.keys() - declared.keys()
    DeclaredStandard.objects.filter(code__in=gone).update(withdrawn=True)
    changed |= dict.fromkeys(sorted(gone), GONE)
    if changed:
        _note(changed, by)
    return changed


def _columns(standard: Standard) -> dict[str, object]:
    return {
        "label_zh": standard.label_zh,
        "label_en": standard.label_en,
        "theme": standard.theme,
        "kind": standard.kind,
        "about": standard.about,
        "line": standard.line,
        "core": standard.core,
        "opens_alert": standard.opens_alert,
        "digest": standard.digest,
        "withdrawn": False,
    }


def _note(changed: dict[str, str], by: User) -> None:
    day = clock.today()
    record(
        Act("standards.declared", "standards", "shipped", day, day, area="", details={"files": changed}),
        by=by.authority(Right.VIEW_VALUES, WHOLE_COUNTRY),
    )

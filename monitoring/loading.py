"""Bring the declarations into the table of datasets: idempotent by digest, one ledger entry for what changed."""

from collections.abc import Mapping

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.models import Department, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import WHOLE_COUNTRY
from foundation.ledger.record import Act, record
from foundation.regulations.contents import FileError
from monitoring.contracts.book import contracts
from monitoring.contracts.contract import Contract
from monitoring.models import Dataset

#: What the ledger says of a declaration whose file is gone.
GONE = "withdrawn"


def load_shipped() -> None:
    """Declare the shipped datasets as the platform itself; a step after every migration (AFTER_MIGRATE)."""
    declare(contracts(), by=User.objects.built_in("system"))


@transaction.atomic
def declare(declared: Mapping[str, Contract], *, by: User) -> dict[str, str]:
    """Make the table say what `declared` says; returns the digest of each file that changed, `withdrawn` where gone.

    Raises FileError, and changes nothing, where a contract names a department that does not exist.
    """
    _check_departments(declared)
    known = dict(Dataset.objects.declared().values_list("code", "digest"))
    changed = {code: each.digest for code, each in declared.items() if known.get(code) != each.digest}
    for code in changed:
        Dataset.objects.update_or_create(code=code, defaults=_columns(declared[code]))
    gone = known.keys() - declared.keys()
    Dataset.objects.filter(code__in=gone).update(withdrawn=True)
    changed |= dict.fromkeys(sorted(gone), GONE)
    if changed:
        _note(changed, by)
    return changed


def _check_departments(declared: Mapping[str, Contract]) -> None:
    known = set(Department.objects.values_list("code", flat=True))
    for contract in declared.values():
        if contract.department not in known:
            raise FileError(
                contract.file,
                "department",
                f"is {contract.department!r}, which is no department: write one of {', '.join(sorted(known))}",
            )


def _columns(contract: Contract) -> dict[str, object]:
    return {
        "department_id": contract.department,
        "name_zh": contract.name_zh,
        "name_en": contract.name_en,
        "kind": contract.kind,
        "on_query": contract.on_query,
        "every": contract.rhythm.every,
        "digest": contract.digest,
        "withdrawn": False,
    }


def _note(changed: dict[str, str], by: User) -> None:
    day = clock.today()
    record(
        Act("datasets.declared", "datasets", "shipped", day, day, area="", details={"files": changed}),
        by=by.authority(Right.VIEW_DATASETS, WHOLE_COUNTRY),
    )

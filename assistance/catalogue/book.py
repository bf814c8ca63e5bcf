"""Ask for a measure: `measure("dibao")`. The shipped declarations are read once per process."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from assistance.catalogue.declared import DeclaredMeasure
from assistance.catalogue.reading import read_folder
from foundation.accounts.models import Department
from foundation.regulations.contents import FileError
from foundation.regulations.lookup import value

KINDS, RISKS = "measure_kinds", "risk_types"


@cache
def measures() -> Mapping[str, DeclaredMeasure]:
    """Return every shipped measure by its code, kind by kind."""
    return MappingProxyType(read_folder())


def measure(code: str) -> DeclaredMeasure | None:
    """Return one measure; None where no file declares it any more."""
    return measures().get(code)


def called(code: str, kept: str) -> str:
    """Name in the reader's language what a row calls `kept`: promised words stay where the catalogue has others now."""
    declared = measures().get(code)
    return declared.name if declared is not None and declared.name_zh == kept else kept


def named(kept: str) -> str:
    """Name in the reader's language what evidence calls `kept`, without its code; else as it stands."""
    return next((each.name for each in measures().values() if each.name_zh == kept), kept)


def check_shipped() -> None:
    """Refuse a catalogue that names a kind, a risk type or a department that nobody knows (AFTER_MIGRATE)."""
    check(
        measures().values(),
        kinds={item["code"] for item in value(KINDS, area="").items},
        risks={item["code"] for item in value(RISKS, area="").items},
        departments=set(Department.objects.values_list("pk", flat=True)),
    )


def check(
    declared: Iterable[DeclaredMeasure], *, kinds: set[str], risks: set[str], departments: set[str]
) -> None:
    """Refuse the first measure whose kind, risk types or department stand in no list; raises FileError."""
    for each in declared:
        file = f"{each.kind}.toml"
        if each.kind not in kinds:
            raise FileError(file, "file name", f"is no kind of measures: use {', '.join(sorted(kinds))}")
        if unknown := sorted(set(each.answers) - risks):
            raise FileError(file, f"{each.code} answers", f"names risk types that nobody knows: {unknown}")
        if each.department and each.department not in departments:
            raise FileError(file, f"{each.code} department", f"is {each.department!r}, which nobody knows")

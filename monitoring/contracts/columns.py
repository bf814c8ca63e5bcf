"""Read one `[[column]]` of a declaration."""

from decimal import Decimal

from foundation.regulations.contents import FileError
from foundation.regulations.strict_tables import StrictTable
from monitoring.contracts.contract import Code, Column
from monitoring.contracts.headers import normal_header
from monitoring.contracts.terms import NUMBERS, CellType

#: What cells of yes-or-no columns hold.
YES, NO = "是", "否"
_ZERO = Decimal(0)


def read_column(table: StrictTable) -> Column:
    """Return one column, refusing every key that does not fit its type."""
    kind = table.choice("type", CellType)
    purpose_zh, purpose_en = table.both("purpose")
    basis_zh, basis_en = table.both("basis", optional=kind is not CellType.MONEY)
    column = Column(
        header=table.text("header"),
        type=kind,
        required=table.flag("required"),
        purpose_zh=purpose_zh,
        purpose_en=purpose_en,
        example=table.text("example"),
        aliases=table.texts("aliases", ()),
        codes=_codes(table, kind),
        least=table.number("least", _ZERO if kind in NUMBERS else None),
        most=table.number("most", None),
        unit="元" if kind is CellType.MONEY else table.text("unit", ""),
        empty=table.text("empty", ""),
        otherwise=table.text("otherwise", ""),
        may_be_future=table.flag("may_be_future"),
        basis_zh=basis_zh,
        basis_en=basis_en,
    )
    table.done()
    _check_fit(table, column)
    return column


def _codes(table: StrictTable, kind: CellType) -> tuple[Code, ...]:
    if kind is CellType.YES_NO:
        return (Code(YES), Code(NO))
    if (kind is CellType.CODE) != ("codes" in table):
        raise table.wrong("codes", "stands with the type “code”, and only there")
    if kind is not CellType.CODE:
        return ()
    raw = table.raw("codes")
    if not isinstance(raw, list) or not raw:
        raise table.wrong("codes", "must be a list of values that is not empty")
    codes = tuple(_code(table, number, each) for number, each in enumerate(raw, start=1))
    spellings = [spelling for code in codes for spelling in code.spellings]
    if len(set(spellings)) != len(spellings):
        raise table.wrong("codes", "give one spelling to two values: keep one of them")
    return codes


def _code(table: StrictTable, number: int, raw: object) -> Code:
    if isinstance(raw, str) and raw.strip():
        return Code(raw)
    inside = StrictTable(table.file, f"{table.place} codes {number}", raw)
    code = Code(inside.text("value"), inside.texts("also"))
    inside.done()
    return code


def _check_fit(table: StrictTable, column: Column) -> None:
    """Refuse what the type of the column has no use for."""
    number = column.type in NUMBERS
    if not number and (column.least is not None or column.most is not None or column.unit):
        raise table.wrong("least/most/unit", "are only for numbers: remove them")
    if column.least is not None and column.most is not None and column.least > column.most:
        raise table.wrong("least/most", "leave no value between them: correct one of them")
    if column.may_be_future and column.type is not CellType.DAY:
        raise table.wrong("may_be_future", "is only for days: remove it")
    for key, value in (("empty", column.empty), ("otherwise", column.otherwise)):
        if value and value not in {code.value for code in column.codes}:
            raise table.wrong(key, f"is {value!r}: write one of the column's own values")
    if column.empty and column.required:
        raise table.wrong("empty", "has no meaning where the column is required: remove one of the two")


def check_headers(file: str, columns: tuple[Column, ...]) -> None:
    """Refuse two columns that one header could mean."""
    seen: dict[str, str] = {}
    for column in columns:
        for name in column.names:
            normal = normal_header(name)
            if normal in seen:
                raise FileError(
                    file,
                    f"column {column.header}",
                    f"has the header “{name}”, which already means {seen[normal]}: keep one of them",
                )
            seen[normal] = column.header

"""Read the declarations strictly: one file, one dataset; its name is the code. What does not obey stops the load."""

import hashlib
import re
import tomllib
from decimal import Decimal
from pathlib import Path

from foundation.regulations.contents import FileError
from foundation.regulations.sources import Source, SourceError, SourceKind, check_href, read_issued
from foundation.regulations.strict_tables import StrictTable
from monitoring.contracts.columns import check_headers, read_column
from monitoring.contracts.contract import Authority, Column, Contract, Rhythm
from monitoring.contracts.terms import CellType, Every, Field, Kind, PeriodForm

FOLDER = Path(__file__).parents[1] / "datasets"
_CODE = re.compile(r"[a-z][a-z0-9_]{2,39}")
_REJECT_SHARE = Decimal("0.20")
_MOST_DAYS = 28


def read_folder(folder: Path = FOLDER) -> dict[str, Contract]:
    """Return the contract of every file of a folder by code; raises FileError at the first that does not obey."""
    return {path.stem: read_file(path) for path in sorted(folder.glob("*.toml"))}


def read_file(path: Path) -> Contract:
    """Return the contract that one file declares."""
    raw = path.read_bytes()
    try:
        table = tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise FileError(path.name, "the file", f"is not TOML in UTF-8: {wrong}") from wrong
    if not _CODE.fullmatch(path.stem):
        raise FileError(path.name, "file name", "must be lower-case letters, digits and underscores")
    top = StrictTable(path.name, "", table)
    contract = _contract(path, hashlib.sha256(raw).hexdigest(), top)
    top.done()
    check_headers(path.name, contract.columns)
    _check_references(top, contract)
    _check_kind(top, contract)
    return contract


def _contract(path: Path, digest: str, top: StrictTable) -> Contract:
    columns = tuple(read_column(each) for each in top.tables("column"))
    (name_zh, name_en), (purpose_zh, purpose_en) = top.both("name"), top.both("purpose")
    office_zh, office_en = top.both("office", optional=True)
    return Contract(
        code=path.stem,
        file=path.name,
        digest=digest,
        department=top.text("department"),
        office_zh=office_zh,
        office_en=office_en,
        name_zh=name_zh,
        name_en=name_en,
        purpose_zh=purpose_zh,
        purpose_en=purpose_en,
        kind=top.choice("kind", Kind),
        on_query=top.flag("on_query"),
        subject=top.text("subject"),
        subject_name=top.text("subject_name"),
        key=top.texts("key"),
        day=top.text("day", ""),
        periods=top.choices("periods", PeriodForm),
        rhythm=_rhythm(top.table("rhythm")),
        reject_share=_share(top),
        retention_months=_months(top),
        legal=_source(top.table("legal")),
        columns=columns,
        authoritative=tuple(_authority(each) for each in top.tables("authoritative", optional=True)),
    )


def _rhythm(table: StrictTable) -> Rhythm:
    every, by_day = table.choice("every", Every), table.number("by_day", None)
    table.done()
    if by_day is None:
        return Rhythm(every)
    if by_day != int(by_day) or not 1 <= by_day <= _MOST_DAYS:
        raise table.wrong("by_day", f"must be a day of the month from 1 to {_MOST_DAYS}")
    if every in (Every.EVENT, Every.QUERY):
        raise table.wrong("by_day", "has no meaning where nothing is due: remove it")
    return Rhythm(every, int(by_day))


def _share(top: StrictTable) -> Decimal:
    share = top.number("reject_share", _REJECT_SHARE) or Decimal(0)
    if not 0 <= share <= 1:
        raise top.wrong("reject_share", "must be a share from 0 to 1")
    return share


def _months(top: StrictTable) -> int:
    months = top.number("retention_months") or Decimal(0)
    if months != int(months) or months < 1:
        raise top.wrong("retention_months", "must be a whole number of months, at least 1")
    return int(months)


def _source(table: StrictTable) -> Source:
    kind = table.choice("kind", SourceKind)
    if kind is SourceKind.PROPOSAL:
        zh, en = table.both("reason")
        table.done()
        return Source(kind, reason_zh=zh, reason_en=en)
    try:
        source = Source(
            kind,
            title=table.text("title"),
            issuer=table.text("issuer"),
            issued=read_issued(table.raw("issued"), kind),
            number=table.text("number", ""),
            clause=table.text("clause", ""),
            href=check_href(table.text("href", "")),
        )
    except SourceError as wrong:
        raise table.wrong("source", str(wrong)) from wrong
    table.done()
    return source


def _authority(table: StrictTable) -> Authority:
    how_zh, how_en = table.both("how")
    authority = Authority(table.choice("field", Field), table.texts("columns"), how_zh, how_en)
    table.done()
    return authority


def _check_references(top: StrictTable, contract: Contract) -> None:
    """Refuse a contract that speaks of a column which it does not have, or which is of the wrong type."""
    known = contract.by_header
    named = {"key": contract.key, "subject": (contract.subject,), "subject_name": (contract.subject_name,)}
    named |= {"day": (contract.day,) if contract.day else ()}
    named |= {f"authoritative {each.field}": each.columns for each in contract.authoritative}
    for key, headers in named.items():
        if lost := [header for header in headers if header not in known]:
            raise top.wrong(key, f"names {'、'.join(lost)}, which is no column: add the column or correct it")
    _check_column(top, "subject", known[contract.subject], CellType.ID_NUMBER)
    _check_column(top, "subject_name", known[contract.subject_name], CellType.NAME)
    if contract.day:
        _check_column(top, "day", known[contract.day], CellType.DAY)
    for header in contract.key:
        if not known[header].required:
            raise top.wrong("key", f"names {header}, which may be empty: make it required")


def _check_column(top: StrictTable, key: str, column: Column, kind: CellType) -> None:
    if column.type is not kind or not column.required:
        raise top.wrong(key, f"names {column.header}: it must be required and of the type “{kind.value}”")


def _check_kind(top: StrictTable, contract: Contract) -> None:
    """Refuse what contradicts the kind of the dataset."""
    if contract.kind is Kind.EVENTS and not contract.day:
        raise top.wrong("day", "is missing: events need the column of the day on which they happened")
    if contract.kind is Kind.ROLL and contract.day:
        raise top.wrong("day", "has no meaning for a roll, which is of the last day of its period: remove it")
    if contract.on_query != (contract.rhythm.every is Every.QUERY):
        raise top.wrong("rhythm", "is “query” where on_query is true, and only there")

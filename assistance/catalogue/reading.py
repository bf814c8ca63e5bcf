"""Read the catalogue strictly: one file of `kinds/` for each kind of measure, its name the code of the kind."""

import datetime
import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from assistance.catalogue.declared import Amount, Condition, DeclaredMeasure
from assistance.catalogue.terms import NUMBERS, OF_HOUSEHOLD, WORDS, About, Fact, Per
from foundation.regulations.contents import AREA, COUNTRY, FileError
from foundation.regulations.quotas import refuse_quotas
from foundation.regulations.sources import Source, SourceError, SourceKind, check_href, read_issued
from foundation.regulations.strict_tables import StrictTable

FOLDER = Path(__file__).parent / "kinds"
_CODE = re.compile(r"[a-z][a-z0-9_]{2,29}")
_OLDEST = Decimal(150)


def read_folder(folder: Path = FOLDER) -> dict[str, DeclaredMeasure]:
    """Return every measure by its code, in the order of the files; raises FileError at the first that does not obey."""
    found: dict[str, DeclaredMeasure] = {}
    for path in sorted(folder.glob("*.toml")):
        for measure in read_file(path.stem, path.read_bytes()):
            if measure.code in found:
                raise FileError(
                    path.name, measure.code, f"stands in {found[measure.code].kind}.toml too: one code, one measure"
                )  # fmt: skip
            found[measure.code] = measure
    _check_received(found)
    return found


def read_file(kind: str, raw: bytes) -> list[DeclaredMeasure]:
    """Return the measures that the content of one file declares for a kind."""
    name = f"{kind}.toml"
    try:
        table = tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise FileError(name, "the file", f"is not TOML in UTF-8: {wrong}") from wrong
    refuse_quotas(name, table)
    top = StrictTable(name, "", table)
    made = [_measure(kind, each) for each in top.tables("measure")]
    top.done()
    return made


def _measure(kind: str, table: StrictTable) -> DeclaredMeasure:
    code, about = table.text("code"), table.choice("about", About)
    if not _CODE.fullmatch(code):
        raise table.wrong("code", "must be 3 to 30 lower-case letters, digits and underscores")
    (name_zh, name_en), (text_zh, text_en) = table.both("name"), table.both("text")
    made = DeclaredMeasure(
        code=code,
        kind=kind,
        name_zh=name_zh,
        name_en=name_en,
        text_zh=text_zh,
        text_en=text_en,
        department=table.text("department", ""),
        about=about,
        answers=table.texts("answers"),
        develops=table.flag("develops"),
        conditions=tuple(_condition(each, about) for each in table.tables("when", optional=True)),
        amounts=tuple(_amount(each) for each in table.tables("amount", optional=True)),
        source=_source(table),
    )
    table.done()
    return made


def _condition(table: StrictTable, about: About) -> Condition:
    fact = table.choice("fact", Fact)
    made = Condition(
        fact,
        is_in=table.texts("is", ()),
        is_not=table.texts("is_not", ()),
        least=_whole(table, "least"),
        most=_whole(table, "most"),
    )
    table.done()
    if about is About.HOUSEHOLD and fact not in OF_HOUSEHOLD:
        raise table.wrong("fact", f"{fact.value} is asked of a member: the measure is for the household")
    numbered = made.least is not None or made.most is not None
    worded = [*made.is_in, *made.is_not]
    if (fact in NUMBERS) != numbered or (fact in NUMBERS) == bool(worded):
        asked = "least or most" if fact in NUMBERS else "is or is_not"
        raise table.wrong(fact.value, f"needs {asked}, and nothing else")
    if fact in WORDS and (unknown := sorted(set(worded) - WORDS[fact])):
        raise table.wrong(fact.value, f"does not know {unknown}: use {', '.join(sorted(WORDS[fact]))}")
    return made


def _whole(table: StrictTable, key: str) -> int | None:
    number = table.number(key, None)
    if number is None:
        return None
    if number != int(number) or not 0 <= number <= _OLDEST:
        raise table.wrong(key, f"must be a whole number from 0 to {_OLDEST}")
    return int(number)


def _amount(table: StrictTable) -> Amount:
    area, from_day = table.text("area"), table.raw("from")
    if area != COUNTRY and not AREA.fullmatch(area):
        raise table.wrong("area", "must be “country” or a code of 2, 4, 6, 9, 12 or 15 digits")
    if not isinstance(from_day, datetime.date):
        raise table.wrong("from", "must be a day: an amount without a day is no amount")
    yuan, most = table.number("yuan"), table.number("most", None)
    if yuan is None or yuan <= 0 or (most is not None and most <= yuan):
        raise table.wrong("yuan/most", "must be above 0, and most above yuan")
    made = Amount(
        "" if area == COUNTRY else area, from_day, yuan, most, table.choice("per", Per), _source(table)
    )
    table.done()
    if made.source.kind is SourceKind.PROPOSAL:
        raise table.wrong("source", "must be a document or a report: nobody invents an amount")
    return made


def _source(table: StrictTable) -> Source:
    """Return where a measure or an amount is taken from; `source = "proposal"` gives its reason in both languages."""
    raw = table.raw("source")
    if raw == SourceKind.PROPOSAL:
        reason_zh, reason_en = table.both("reason")
        return Source(SourceKind.PROPOSAL, reason_zh=reason_zh, reason_en=reason_en)
    told = table.table("source")
    kind = told.choice("kind", SourceKind)
    try:
        made = Source(
            kind,
            title=told.text("title"),
            issuer=told.text("issuer"),
            issued=read_issued(told.raw("issued"), kind),
            clause=told.text("clause", ""),
            href=check_href(told.text("href", "")),
        )
    except SourceError as wrong:
        raise told.wrong("source", str(wrong)) from wrong
    told.done()
    return made


def _check_received(found: dict[str, DeclaredMeasure]) -> None:
    """Refuse a condition on what a household receives that names no measure of the catalogue."""
    for measure in found.values():
        named: Iterable[str] = (
            code
            for each in measure.conditions
            if each.fact is Fact.RECEIVES
            for code in (*each.is_in, *each.is_not)
        )
        if unknown := sorted(set(named) - found.keys()):
            raise FileError(
                f"{measure.kind}.toml", measure.code, f"names measures that nobody declares: {unknown}"
            )

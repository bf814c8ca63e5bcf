"""Read the declarations of standards strictly: one file, one standard; its name is the code."""

import hashlib
import re
import tomllib
from decimal import Decimal
from pathlib import Path

from foundation.regulations.contents import FileError
from foundation.regulations.strict_tables import StrictTable
from foundation.regulations.units import Population
from monitoring.screening.standard import (
    Ages,
    Condition,
    Example,
    Exclusions,
    Measure,
    Repeat,
    Standard,
    Window,
)
from monitoring.screening.terms import (
    EVALUATED,
    About,
    AgeOn,
    Aggregation,
    Dead,
    EventKind,
    Kind,
    Owner,
    Severity,
    Span,
    Theme,
)

FOLDER = Path(__file__).parents[1] / "standards"
_CODE = re.compile(r"[a-z][a-z0-9_]{2,39}")
_MONTHS = re.compile(r"([1-9][0-9]?) months")
_OLDEST = Decimal(150)
_LONGEST_COOLDOWN = Decimal(730)


def read_folder(folder: Path = FOLDER) -> dict[str, Standard]:
    """Return the standard of every file of a folder by code; raises FileError at the first that does not obey."""
    return {path.stem: read_file(path) for path in sorted(folder.glob("*.toml"))}


def read_file(path: Path) -> Standard:
    """Return the standard that one file declares."""
    return read_declaration(path.stem, path.read_bytes())


def read_declaration(code: str, raw: bytes) -> Standard:
    """Return the standard that the content of a file declares under a code (a draft lies in no folder)."""
    name = f"{code}.toml"
    try:
        table = tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise FileError(name, "the file", f"is not TOML in UTF-8: {wrong}") from wrong
    if not _CODE.fullmatch(code):
        raise FileError(name, "file name", "must be lower-case letters, digits and underscores")
    top = StrictTable(name, "", table)
    standard = _standard(code, hashlib.sha256(raw).hexdigest(), top)
    top.done()
    _check_kind(top, standard)
    return standard


def _standard(code: str, digest: str, top: StrictTable) -> Standard:
    (label_zh, label_en), (asks_zh, asks_en) = top.both("label"), top.both("asks")
    return Standard(
        code=code,
        file=f"{code}.toml",
        digest=digest,
        label_zh=label_zh,
        label_en=label_en,
        asks_zh=asks_zh,
        asks_en=asks_en,
        core=top.flag("core"),
        theme=top.choice("theme", Theme),
        kind=top.choice("kind", Kind),
        about=top.choice("about", About),
        line=top.text("line"),
        risk_type=top.text("risk_type"),
        event_kind=top.choice("event_kind", EventKind),
        severity=top.choice("severity", Severity),
        opens_alert=not top.flag("reminder"),
        measure=_measure(top.table("measure")),
        also_in=top.text("also_in", ""),
        excludes=_exclusions(top),
        repeat=_repeat(top),
        examples=tuple(_example(each) for each in top.tables("example", optional=True)),
        owner=_owner(top),
    )


def _owner(top: StrictTable) -> Owner | None:
    """Return who answers a reminder; it stands beside `reminder = true`, and only there."""
    if ("owner" in top) != top.flag("reminder"):
        raise top.wrong(
            "owner", "says who answers a reminder: it stands with reminder = true, and only there"
        )
    return top.choice("owner", Owner) if "owner" in top else None


def _measure(table: StrictTable) -> Measure:
    measure = Measure(
        dataset=table.text("dataset"),
        aggregation=table.choice("aggregation", Aggregation),
        window=_window(table),
        column=table.text("column", ""),
        less=table.texts("less", ()),
        fell_from=table.text("fell_from", ""),
        where=_conditions(table, "where"),
        holds=_conditions(table, "holds"),
        at_once=_conditions(table, "at_once"),
    )
    table.done()
    if not measure.column and (measure.less or measure.fell_from or measure.at_once):
        raise table.wrong("column", "is missing: less, fell_from and at_once stand beside a number")
    if measure.aggregation in (Aggregation.SUM, Aggregation.MAX) and not measure.column:
        raise table.wrong("column", "is missing: a sum or a largest row is of a number")
    if measure.aggregation in (Aggregation.ANY, Aggregation.COUNT) and measure.column:
        raise table.wrong("column", "has no meaning where rows are only counted: remove it")
    if measure.fell_from and measure.aggregation is not Aggregation.SUM:
        raise table.wrong("fell_from", "compares two sums: write aggregation = “sum”")
    if measure.holds and measure.aggregation not in (Aggregation.ANY, Aggregation.LAST):
        raise table.wrong("holds", "says yes or no of a row: for numbers write where")
    return measure


def _window(table: StrictTable) -> Window:
    raw = table.text("window")
    if found := _MONTHS.fullmatch(raw):
        return Window(Span.MONTHS, int(found[1]))
    if raw == Span.MONTHS or raw not in Span.values:
        known = ", ".join(each.value for each in Span if each is not Span.MONTHS)
        raise table.wrong("window", f"is {raw!r}: write one of {known}, or for example “6 months”")
    return Window(Span(raw))


def _conditions(table: StrictTable, key: str) -> tuple[Condition, ...]:
    return tuple(_condition(each) for each in table.tables(key, optional=True))


def _condition(table: StrictTable) -> Condition:
    condition = Condition(
        column=table.text("column"),
        is_in=table.texts("is", ()),
        is_not=table.texts("is_not", ()),
        above=table.number("above", None),
        year_of_day=table.flag("year_of_day"),
        newest=table.flag("newest"),
    )
    table.done()
    asked = (
        bool(condition.is_in),
        bool(condition.is_not),
        condition.above is not None,
        condition.year_of_day,
        condition.newest,
    )
    if sum(asked) != 1:
        raise table.wrong(
            condition.column, "needs exactly one of is, is_not, above, year_of_day = true, newest = true"
        )
    return condition


def _exclusions(top: StrictTable) -> Exclusions:
    if "excludes" not in top:
        return Exclusions()
    table = top.table("excludes")
    classes = table.texts("classes", ())
    if unknown := [each for each in classes if each not in Population.values]:
        raise table.wrong("classes", f"does not know {unknown}: use {', '.join(Population.values)}")
    excludes = Exclusions(
        dead=table.choice("dead", Dead) if "dead" in table else Dead.LATER_ROWS,
        ages=_ages(table.table("ages_outside")) if "ages_outside" in table else None,
        classes=classes,
        empty_households_count=table.flag("empty_households_count"),
    )
    table.done()
    return excludes


def _ages(table: StrictTable) -> Ages:
    ages = Ages(_whole(table, "least", _OLDEST), _whole(table, "most", _OLDEST), table.choice("on", AgeOn))
    table.done()
    if ages.least > ages.most:
        raise table.wrong("least/most", "leave no age between them: correct one of them")
    return ages


def _repeat(top: StrictTable) -> Repeat:
    table = top.table("repeat")
    days, step_up = _whole(table, "cooldown_days", _LONGEST_COOLDOWN), table.number("step_up") or Decimal(0)
    table.done()
    if not 0 < step_up <= 1:
        raise table.wrong("step_up", "must be a share above 0 and up to 1")
    return Repeat(days, step_up)


def _example(table: StrictTable) -> Example:
    example = Example(table.text("zh"), table.text("en"))
    table.done()
    return example


def _whole(table: StrictTable, key: str, most: Decimal) -> int:
    number = table.number(key) or Decimal(0)
    if number != int(number) or not 0 <= number <= most:
        raise table.wrong(key, f"must be a whole number from 0 to {most}")
    return int(number)


def _check_kind(top: StrictTable, standard: Standard) -> None:
    """Refuse what contradicts the kind of the standard."""
    measure, kind = standard.measure, standard.kind
    since_delivery = measure.window.span is Span.DELIVERY
    if kind not in EVALUATED:
        raise top.wrong(
            "kind", f"is “{kind.value}”, which nothing evaluates yet: wait for the release that does"
        )
    if kind is Kind.THRESHOLD and (not (measure.column or measure.aggregation is Aggregation.COUNT)):
        raise top.wrong("measure column", "is missing: a threshold needs a number")
    if kind in (Kind.EVENT, Kind.ABSENCE, Kind.CONFLICT) and measure.aggregation not in (
        Aggregation.ANY,
        Aggregation.LAST,
    ):
        raise top.wrong("measure aggregation", "must be any or last where the answer is yes or no")
    if (kind is Kind.CHANGE) != bool(measure.fell_from or (since_delivery and measure.column)):
        raise top.wrong(
            "kind", "is “change” where a sum fell from a column or from the list before, and only there"
        )
    if kind is Kind.ABSENCE and not since_delivery:
        raise top.wrong("measure window", "must be “delivery”: absence is seen between two lists")
    if since_delivery and kind not in (Kind.ABSENCE, Kind.CHANGE):
        raise top.wrong("measure window", "“delivery” compares two lists: the kind must be absence or change")
    if bool(standard.also_in) != (kind is Kind.CONFLICT):
        raise top.wrong("also_in", "names the roll of a conflict, and stands only there")
    if kind is Kind.CONFLICT and standard.about is not About.PERSON:
        raise top.wrong("about", "must be person: a conflict is about one person in two datasets")

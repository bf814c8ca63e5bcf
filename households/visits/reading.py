"""Read the declarations of questionnaires strictly: CODE.VERSION.toml; what does not obey stops the load."""

import datetime
import hashlib
import re
import tomllib
from decimal import Decimal
from pathlib import Path

from foundation.regulations.contents import FileError
from foundation.regulations.strict_tables import StrictTable
from households.visits.answers import YESNO
from households.visits.known import FACTS
from households.visits.questionnaires import MEMBERS, Choice, Declared, Kind, Question, Section

FOLDER = Path(__file__).parent / "questions"
_NAME = re.compile(r"([a-z][a-z_]{1,39})\.([1-9][0-9]{0,3})")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHOSEN = (Kind.CHOICE, Kind.SEVERAL)
_COUNTED = (Kind.NUMBER, Kind.AMOUNT)
_COUNTS = (MEMBERS, *"ABCDEFG")


def read_folder(folder: Path = FOLDER) -> list[Declared]:
    """Return what every file of a folder declares; raises FileError at the first that does not obey."""
    return [read_file(path) for path in sorted(folder.glob("*.toml"))]


def read_file(path: Path) -> Declared:
    """Return the questionnaire that one file declares."""
    return read_text(path.stem, path.read_text(encoding="utf-8"))


def read_text(name: str, text: str) -> Declared:
    """Return the questionnaire of a declaration called `name` (code.version)."""
    found = _NAME.fullmatch(name)
    if not found:
        raise FileError(name, "file name", "must be a code, a point and a version: house_check.1")
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        raise FileError(name, "the file", f"is not TOML: {wrong}") from wrong
    top = StrictTable(name, "", table)
    declared = _declared(found[1], int(found[2]), text, top)
    top.done()
    _check_codes(top, declared)
    return declared


def _declared(code: str, version: int, text: str, top: StrictTable) -> Declared:
    from_day = top.raw("from")
    if not isinstance(from_day, datetime.date) or isinstance(from_day, datetime.datetime):
        raise top.wrong("from", "must be a day: 2026-01-01")
    (name_zh, name_en), (paper_zh, paper_en) = top.both("name"), top.both("paper")
    asks_zh, asks_en = top.both("asks")
    return Declared(
        code=code,
        version=version,
        from_day=from_day,
        name_zh=name_zh,
        name_en=name_en,
        paper_zh=paper_zh,
        paper_en=paper_en,
        asks_zh=asks_zh,
        asks_en=asks_en,
        sections=tuple(_section(each) for each in top.tables("section")),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        signed=top.flag("signed"),
        serves=top.text("serves", ""),
    )


def _section(table: StrictTable) -> Section:
    code, (zh, en) = _code(table), table.both("name")
    section = Section(code, zh, en, tuple(_question(each) for each in table.tables("question")))
    table.done()
    return section


def _question(table: StrictTable) -> Question:
    code, (zh, en) = _code(table), table.both("asks")
    question = Question(
        code=code,
        kind=table.choice("kind", Kind),
        zh=zh,
        en=en,
        required=table.flag("required"),
        known=table.text("known", ""),
        choices=_choices(table),
        list=table.text("list", ""),
        most=table.number("most", None),
        counts=table.text("counts", ""),
        about=table.texts("about", ()),
        only_if=table.text("only_if", ""),
    )
    table.done()
    _check_question(table, question)
    return question


def _code(table: StrictTable) -> str:
    code = table.text("code")
    if not _CODE.fullmatch(code):
        raise table.wrong("code", "must be lower-case letters, digits and underscores")
    return code


def _choices(table: StrictTable) -> tuple[Choice, ...]:
    raw = table.raw("choices", [])
    if not isinstance(raw, list):
        raise table.wrong("choices", "must be a list of [code, Chinese, English]")
    for each in raw:
        if not (isinstance(each, list) and len(each) == 3 and all(isinstance(w, str) and w for w in each)):
            raise table.wrong("choices", f"holds {each!r}: write [code, Chinese, English]")
    choices = tuple(Choice(*each) for each in raw)
    if len({each.code for each in choices}) != len(choices):
        raise table.wrong("choices", "has a code twice: keep one of them")
    return choices


def _check_question(table: StrictTable, question: Question) -> None:
    """Refuse choices where nothing is chosen, a bound where nothing is counted, and a fact that nobody knows."""
    sources = bool(question.choices) + bool(question.list)
    if question.kind in _CHOSEN and sources != 1:
        raise table.wrong(
            "choices/list", "must stand there once: the answers themselves, or the list they come from"
        )
    if question.kind not in _CHOSEN and sources:
        raise table.wrong("choices/list", f"has no meaning for a question of kind {question.kind}: remove it")
    if question.most is not None and question.kind not in _COUNTED:
        raise table.wrong("most", "bounds numbers and amounts only: remove it")
    if question.counts and (question.kind not in _COUNTED or question.counts not in _COUNTS):
        raise table.wrong(
            "counts", f"is {question.counts!r}: write members or A to G, of a number or an amount"
        )
    if question.known and question.known not in FACTS:
        raise table.wrong("known", f"is {question.known!r}: write one of {', '.join(sorted(FACTS))}")


def _check_codes(top: StrictTable, declared: Declared) -> None:
    codes = [each.code for each in declared.questions()]
    known = {f"{each.code}={choice.code}" for each in declared.questions() for choice in each.choices}
    known |= {
        f"{each.code}={word}" for each in declared.questions() if each.kind is Kind.YESNO for word in YESNO
    }
    shown = (each.only_if.partition("=") for each in declared.questions() if each.only_if)
    if unknown := {f"{code}={answer}" for code, _is, some in shown for answer in some.split("|")} - known:
        raise top.wrong(
            "section",
            f"only_if {min(unknown)}: write the code of a question, =, its choices with | between them",
        )
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise top.wrong("section", f"asks {', '.join(twice)} twice: one code, one question")

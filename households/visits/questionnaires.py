"""What a questionnaire is: sections of questions, each with its kind. Pure: no queries, no clock."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from foundation.regulations.units import in_language

#: The answer that the calculator divides by.
MEMBERS = "members"


class Kind(StrEnum):
    """What a question is answered with."""

    TEXT = "text"
    NUMBER = "number"
    #: Yuan, for the whole household.
    AMOUNT = "amount"
    DAY = "day"
    YESNO = "yesno"
    CHOICE = "choice"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    code: str
    zh: str
    en: str

    @property
    def label(self) -> str:
        """The answer in the language of the page."""
        return in_language(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `known` names the fact of the register that answers it (households.visits.known), or is "".

    Choices stand in `choices`, or come from the dated code list `list` of the area. `most` bounds numbers and amounts.
    `counts` is what the calculator of income takes the answer for: a letter of its items, `members`, or "". `about`
    names kinds of events: what a due purpose tells of them stands beside the question (households.visits.purposes).
    `only_if` names another question and the answers with which this one is shown: `opinion=decline`, `seen=maybe|yes`.
    """

    code: str
    kind: Kind
    zh: str
    en: str
    required: bool = False
    known: str = ""
    choices: tuple[Choice, ...] = ()
    list: str = ""
    most: Decimal | None = None
    counts: str = ""
    about: tuple[str, ...] = ()
    only_if: str = ""

    @property
    def asks(self) -> str:
        """The question in the language of the page."""
        return in_language(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    code: str
    zh: str
    en: str
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """The heading in the language of the page."""
        return in_language(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Declared:
    """One version of a questionnaire as its file declares it; `key` is the row that visits point to, once loaded."""

    code: str
    version: int
    from_day: datetime.date
    name_zh: str
    name_en: str
    paper_zh: str
    paper_en: str
    asks_zh: str
    asks_en: str
    sections: tuple[Section, ...]
    digest: str
    text: str
    #: Whether the checkers and one of the household sign it.
    signed: bool = False
    #: The kind of work that it is asked for (a model of households.visits.purposes); "": for any visit.
    serves: str = ""
    key: int = 0

    @property
    def name(self) -> str:
        """What it is called where one chooses it."""
        return in_language(self.name_zh, self.name_en)

    @property
    def paper(self) -> str:
        """The title on paper."""
        return in_language(self.paper_zh, self.paper_en)

    @property
    def asks(self) -> str:
        """What it is for, in one sentence."""
        return in_language(self.asks_zh, self.asks_en)

    def questions(self) -> Iterator[Question]:
        """Yield every question in order."""
        for section in self.sections:
            yield from section.questions

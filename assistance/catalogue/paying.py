"""What a measure pays in an area: what the area entered itself, else what the file names; as a number where it is one.

A county enters its amounts in words (the local value AMOUNTS). Where the Chinese words are a number of yuan and a time
and nothing else (“每学年 3000 元”, “500 元/月”), they also count: what was promised is compared with what was paid. All
other words stay words, and so does an amount “from … to …”.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistance.catalogue.book import measures
from assistance.catalogue.declared import Amount, DeclaredMeasure
from assistance.catalogue.terms import About, Per
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import value

#: The local value of what measures pay in an area: a list of their codes, each with the amount in words.
AMOUNTS = "measure_amounts"
_TIMES = {
    "月": Per.MONTH, "每月": Per.MONTH, "学期": Per.TERM, "每学期": Per.TERM, "年": Per.YEAR, "每年": Per.YEAR,
    "每年一次": Per.YEAR, "学年": Per.YEAR, "每学年": Per.YEAR, "次": Per.ONCE, "一次性": Per.ONCE,
}  # fmt: skip
_NUMBER = r"(?P<yuan>[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,8})(?P<cents>\.[0-9]{1,2})?"
_BEFORE = re.compile(rf"(?P<person>每人)?(?P<per>每月|每学期|每学年|每年一次|每年|一次性){_NUMBER}元")
_AFTER = re.compile(rf"{_NUMBER}元(?:/(?P<person>人))?/(?P<per>月|学期|学年|年|次)")


@dataclass(frozen=True, slots=True)
class Expected:
    """A sum that is paid: yuan, and for which time."""

    yuan: Decimal
    per: Per


@dataclass(frozen=True, slots=True)
class PaidHere:
    """What is said of a measure in an area: the area's own words with the value they stand in, or the file's amount."""

    own: Mapping[str, str] | None = None
    said: Resolved | None = None
    shipped: Amount | None = None


def paid_here(measure: DeclaredMeasure, area: str, on: datetime.date) -> PaidHere:
    """Return what is said; an area's own words go before the file, unless the file names a nearer area."""
    answer, shipped = value(AMOUNTS, area=area, on=on), measure.amount_for(area, on)
    own = next((each for each in answer.items if each["code"] == measure.code), None)
    if own and answer.value and not (shipped and len(shipped.area) > len(answer.value.area)):
        return PaidHere(own, answer)
    return PaidHere(shipped=shipped)


def expected(code: str, area: str, on: datetime.date) -> Expected | None:
    """Return the sum that a measure pays in an area on a day; None where nobody says so, or only in words."""
    measure = measures().get(code)
    if measure is None:
        return None
    found = paid_here(measure, area, on)
    if found.own is not None:
        return read(found.own["zh"], measure.about)
    shipped = found.shipped
    return Expected(shipped.yuan, shipped.per) if shipped and not shipped.most else None


def read(words: str, about: About) -> Expected | None:
    """Return the sum that words say; None where they say more than a sum, or a sum for each person of a household."""
    plain = re.sub(r"\s", "", words)
    found = _BEFORE.fullmatch(plain) or _AFTER.fullmatch(plain)
    if found is None or (found["person"] and about == About.HOUSEHOLD):
        return None
    yuan = Decimal(re.sub("[,，]", "", found["yuan"]) + (found["cents"] or ""))
    return Expected(yuan, _TIMES[found["per"]]) if yuan else None

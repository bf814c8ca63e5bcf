"""Which papers may still be asked of a household (零证明): none whose fact register or data answer."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path as Folder
from types import MappingProxyType

from django.utils.translation import gettext as _

from assistance.checks.reading import connected
from assistance.enrolment import chain
from foundation.accounts import clock
from foundation.regulations.units import in_language
from foundation.workflow.paths import PathStep, paths_for, steps_of

_FILE = Folder(__file__).parent / "papers.toml"
#: Documents of the chain that the household itself signs; the platform makes the others.
SIGNED = ("application", "authorisation")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that offices usually ask for: `dataset` or `register` answers it, or `reason` says why it is needed."""

    code: str
    zh: str
    en: str
    dataset: str = ""
    register: bool = False
    reason_zh: str = ""
    reason_en: str = ""

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return in_language(self.zh, self.en)

    @property
    def reason(self) -> str:
        """Why it is still asked for, in the language of the page."""
        return in_language(self.reason_zh, self.reason_en)


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as the list of an area shows it: `answered` names what answers it there, or is ""."""

    paper: Paper
    answered: str
    why: str


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step of the chain of an area, with what the household signs there (codes)."""

    step: PathStep
    signs: tuple[str, ...]


@cache
def papers() -> Mapping[str, Paper]:
    """Return every declared paper by its code; a declaration that answers itself twice, or not at all, is a fault."""
    declared = [Paper(**each) for each in tomllib.loads(_FILE.read_text(encoding="utf-8"))["paper"]]
    for each in declared:
        if sum((bool(each.dataset), each.register, bool(each.reason_zh and each.reason_en))) != 1:
            raise ValueError(
                f"{_FILE.name}, {each.code}: a dataset, the register or a reason, and only one of them."
            )
    return MappingProxyType({each.code: each for each in declared})


def answered(paper: Paper, area: str) -> str:
    """Name what answers a paper in an area, or ""; a dataset does so as soon as it was delivered there."""
    return _answers([paper], area)[paper.code]


def published(area: str) -> list[Shown]:
    """Return the list of an area: every paper, with what answers it or why it may be asked for; one query."""
    every = list(papers().values())
    by = _answers(every, area)
    return [Shown(each, by[each.code], "" if by[each.code] else _why(each)) for each in every]


def chain_of(area: str) -> list[ChainStep]:
    """Return the steps of the chain that a new case of an area would follow."""
    path = paths_for(chain.KIND, {area}, clock.today()).get(area)
    if path is None:
        return []
    return [
        ChainStep(step, tuple(each for each in SIGNED if each in step.documents)) for step in steps_of(path)
    ]


def _answers(asked: Sequence[Paper], area: str) -> dict[str, str]:
    """Name by code what answers each of these papers in an area, or ""."""
    found = connected([each.dataset for each in asked if each.dataset], area, clock.today())
    said = {code: f"{row.department.called} · {row.name}" for code, row in found.items()}
    register = _("the register of households")
    return {each.code: register if each.register else said.get(each.dataset, "") for each in asked}


def _why(paper: Paper) -> str:
    return paper.reason or _("The department has delivered nothing here yet.")

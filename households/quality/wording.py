"""What a finding says to people: its rule's sentence with the facts in it, in the language of the page."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.templatetags.shell import money
from foundation.regulations.lookup import book
from foundation.regulations.units import in_language
from households.models import QualityFinding
from households.quality.asked import by_code
from households.quality.declaring import HOUSEHOLD_FORM, Fact


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as a page shows it; `who` is the member it is about.

    `form_url` is the form or page that corrects it; empty where there is none: then the household's page is the
    place. `may_judge` says whether the reader may say that it is right as it is.
    """

    finding: QualityFinding
    who: str
    sentence: str
    do: str
    form_url: str
    may_judge: bool = False

    @property
    def page_url(self) -> str:
        """The address of the household's page."""
        return household_url(self.finding.household_id)


class Words:
    """Puts findings into words; lists of codes are asked of the book once, so make one for each page."""

    def __init__(self, user: User | None = None) -> None:
        """Take the reader, where there is somebody who may judge; know nothing else yet."""
        self._user = user
        self._lists: dict[str, dict[str, str]] = {}

    def told(self, findings: Iterable[QualityFinding]) -> list[Told]:
        """Put findings into words; `resident` should be joined."""
        known = by_code()
        return [
            Told(
                finding,
                who=finding.resident.shown_name if finding.resident else "",
                sentence=self.sentence(finding),
                do=str(known[finding.rule].do) if finding.rule in known else "",
                form_url=form_url(finding),
                may_judge=self._user is not None and may_judge(self._user, finding),
            )
            for finding in findings
        ]

    def sentence(self, finding: QualityFinding) -> str:
        """Return what is wrong in one sentence; of a rule that this version no longer asks, only its number."""
        rule = by_code().get(finding.rule)
        if rule is None:
            return _("Rule %(rule)s, which is no longer asked.") % {"rule": finding.rule}
        shown = {fact.key: self._shown(fact, finding.facts.get(fact.key)) for fact in rule.facts}
        return str(rule.says) % shown if shown else str(rule.says)

    def _shown(self, fact: Fact, value: Any) -> str:
        """Write one fact for people; what a finding does not hold is a dash."""
        if value is None:
            return "—"
        match fact.kind:
            case "money":
                return money(Decimal(value))
            case "code":
                return self._label(fact.codes, value)
            case "month":
                return f"{datetime.date.fromisoformat(value):%Y-%m}"
            case _:
                return f"{value:,.10g}" if isinstance(value, int | float) else str(value)

    def _label(self, codes: str, code: str) -> str:
        """Name a code of a list; what is not in it stays as it was sent."""
        if codes and codes not in self._lists:
            items = book().resolve(codes, "", clock.today()).items
            self._lists[codes] = {item["code"]: in_language(item["zh"], item["en"]) for item in items}
        return self._lists.get(codes, {}).get(code, code)


def household_url(household: int) -> str:
    """Return the address of a household's page."""
    return reverse("households:household", args=[household])


def form_url(finding: QualityFinding) -> str:
    """Return the address of the form that corrects what a finding doubts; empty where there is none."""
    rule = by_code().get(finding.rule)
    if rule is not None and rule.mends is not None:
        return rule.mends(finding.facts)
    if finding.resident_id is not None:
        return reverse("households:member_correct", args=[finding.resident_id])
    if rule is not None and rule.place == HOUSEHOLD_FORM:
        return reverse("households:household_correct", args=[finding.household_id])
    return ""


def judge_of(finding: QualityFinding) -> Right:
    """Return the right to say of a finding that it is right as it is."""
    rule = by_code().get(finding.rule)
    return Right.EDIT_HOUSEHOLDS if rule is None else rule.judge


def may_judge(user: User, finding: QualityFinding) -> bool:
    """Say whether `user` may say of a finding that it is right as it is."""
    return user.holds(judge_of(finding), finding.area_id)

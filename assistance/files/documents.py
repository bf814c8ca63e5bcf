"""The documents that the steps of a chain ask for: what each is called, and which ones a case still lacks."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.enrolment.chain import standing_of
from assistance.files.parts import Lack
from assistance.models import Case
from foundation.workflow.courses import Standing
from foundation.workflow.paths import PathStep

#: Code of a document, as the chains name it → what it is called.
NAMES = {
    "application": pgettext_lazy("case document", "Application"),
    "authorisation": pgettext_lazy("case document", "Authorisation to compare data"),
    "check_result": pgettext_lazy("case document", "Result sheet of the asset check"),
    "minutes": pgettext_lazy("case document", "Minutes of the democratic evaluation"),
    "posting_proof": pgettext_lazy("case document", "Proof that the notice was posted"),
    "notice": pgettext_lazy("case document", "Notice"),
    "conclusion": pgettext_lazy("case document", "Opinion of the township"),
    "approval": pgettext_lazy("case document", "Decision of the county"),
    "announcement": pgettext_lazy("case document", "Announcement"),
}


def name_of(code: str) -> str:
    """Return what a document is called; a code that nobody named stands as it is."""
    return str(NAMES.get(code, code))


def lacking(case: Case, proved: Collection[str]) -> Iterator[Lack]:
    """Yield the documents that should be in the file by now and are not.

    Those of steps that were taken are missing; those of open steps are still to come; a case from before this
    platform follows no chain, and nothing is demanded of it.
    """
    standing = standing_of(case)
    if standing is None:
        yield from _before_this_platform(case, proved)
        return
    seen: set[str] = set(proved)
    for step in standing.steps:
        why = _why(standing, step, is_running=case.is_running)
        for code in step.documents if why else ():
            if code not in seen:
                seen.add(code)
                yield Lack(name_of(code), why)


def _why(standing: Standing, step: PathStep, *, is_running: bool) -> str:
    """Say why the documents of a step should be there; empty where they need not be."""
    ending = standing.endings.get(step.code)
    if ending == "done":
        return _("“%(step)s” was taken without it.") % {"step": step.label}
    if ending == "skipped" or not is_running:
        return ""
    if step in standing.open_steps():
        return _("Still to come: “%(step)s” is open now.") % {"step": step.label}
    return ""


def _before_this_platform(case: Case, proved: Collection[str]) -> Iterator[Lack]:
    if case.origin != Case.Origin.IMPORT:
        return
    for code in NAMES:
        if code not in proved:
            yield Lack(name_of(code), _("The case is from before this platform: listed, not demanded."))

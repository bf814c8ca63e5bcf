"""What pages and commands say of findings: results, reasons, who is left out. In the language of the page."""

from django.utils.translation import gettext_lazy as _

from foundation.desk.tables import Badge, Tone
from monitoring.models import Finding

#: Why a standard names a household or does not.
REASONS = {
    "fires": _("over the line"),
    "below_line": _("not over the line"),
    "excluded": _("left out"),
    "silent": _("silent: no line in force here"),
    "no_data": _("no row of this household"),
    "late": _("the delivery is overdue"),
}
REASON_TONES: dict[str, Tone] = {
    "fires": "overdue",
    "below_line": "plain",
    "excluded": "plain",
    "silent": "soon",
    "no_data": "plain",
    "late": "soon",
}
#: Why a subject with rows is left out (monitoring.comparison.evaluating.Judged.excluded).
EXCLUDED = {
    "dead": _("recorded as dead"),
    "age": _("outside the ages that the standard asks about"),
    "class": _("households of this class are left out"),
    "no_member": _("nobody lives in the household any more"),
}
_RESULT_TONES: dict[str, Tone] = {
    "new": "action",
    "repeated": "plain",
    "cooled_down": "plain",
    "held": "soon",
}


def badge_of(finding: Finding) -> Badge:
    """Return what became of a finding as a coloured word: taken back, of a look back, or its result."""
    if finding.retracted_at is not None:
        return Badge(_("taken back"), "plain")
    if finding.looks_back:
        return Badge(_("look back"), "plain")
    return Badge(finding.get_result_display(), _RESULT_TONES.get(finding.result, "plain"))

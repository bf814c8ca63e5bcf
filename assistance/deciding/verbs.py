"""What the decisions about cases are called in the record."""

from typing import Any

from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Any] = {
    "case.concluded": _("conclusion of a case confirmed"),
    "case.batch_made": _("decision about many cases"),
    "case.letter_printed": _("letter on a case printed"),
    "case.letter_delivered": _("letter on a case delivered"),
    "case.paper_printed": _("paper of a decision printed"),
    "case.correction_noticed": _("notice of a correction posted"),
}

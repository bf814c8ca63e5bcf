"""What the acts around comparisons are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "trial.asked": _("Trial of a draft asked for"),
    "trial.ended": _("Trial of a draft ended"),
    "trial.deleted": _("Trial of a draft deleted at the end of its time"),
}

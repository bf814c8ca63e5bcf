"""What the acts on visits are called in the record, beside those of their lifecycle."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "questionnaires.declared": _("Questionnaires of visits declared"),
}

"""What the acts on departmental data are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "datasets.declared": _("Contracts of departmental data declared"),
    "standards.declared": _("Warning standards declared"),
}

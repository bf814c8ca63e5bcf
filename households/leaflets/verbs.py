"""What the verbs of leaflets are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "leaflet.given": _("Leaflet handed over to a household"),
    "leaflet.taken_back": _("Leaflet of a household taken back"),
}

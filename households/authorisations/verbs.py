"""What the verbs of authorisations are called on the record page (composition LEDGER_VERBS)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "authorisation.used": _("Looked up by an authorisation"),
    "authorisation.use_denied": _("Use of an authorisation denied"),
    "authorisation.printed": _("Authorisation printed"),
}

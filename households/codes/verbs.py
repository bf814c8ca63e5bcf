"""What the verbs of codes are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "codes.given_out": _("Household codes given out"),
    "codes.sheet_printed": _("Village sheet of codes printed"),
    "code.replaced": _("Household code given out anew"),
    "code.revoked": _("Household code revoked"),
}

"""What the acts on applications and asset checks are called in the record (composition LEDGER_VERBS)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "application.written": _("Application written"),
    "application.handed_in": _("Written application handed in"),
    "application.printed": _("Application printed"),
    "paper.asked_for": _("Paper asked for"),
    "paper.settled": _("Paper that was asked for settled"),
    "asset_check.made": _("Asset check made"),
    "asset_check.stopped": _("Asset check stopped: the authorisation had ended"),
    "asset_check.hit_verified": _("Hit of an asset check verified"),
    "asset_check.printed": _("Result of an asset check printed"),
}

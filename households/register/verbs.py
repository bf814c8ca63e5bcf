"""What the verbs of register files are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "register.imported": _("register file imported"),
    "register.taken_back": _("register file taken back"),
}

"""What the acts on areas are called on pages (verbs of the ledger)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "area.added": _("Area added"),
    "area.imported": _("Areas imported"),
    "area.merged": _("Area merged into another"),
    "area.renamed": _("Area renamed"),
    "area.renumbered": _("Area given a new code"),
    "area.restored": _("Area restored"),
    "area.retired": _("Area retired"),
    "area.split": _("Area split"),
    "posting.followed_area": _("Posting followed its area"),
}

"""What the acts on rows to be corrected are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {"delivery.row_read": _("Row of a delivery read")}

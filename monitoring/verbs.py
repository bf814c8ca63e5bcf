"""What the acts on departmental data are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "datasets.declared": _("Contracts of departmental data declared"),
    "headers.confirmed": _("Meaning of headers confirmed"),
    "headers.taken_back": _("Meaning of a header taken back"),
    "delivery.rejects_read": _("Rejected rows of a delivery read"),
    "delivery.rejects_fetched": _("Rejected rows of a delivery fetched"),
    "batch.deleted": _("Rows of a delivery deleted at the end of their time"),
    "finding.explained": _("Rows behind a finding read"),
    "delivery.rows_explained": _("Rows of a delivery read through what the comparison found"),
    "standards.declared": _("Warning standards declared"),
}

"""What the acts on candidates are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {"delivery.candidates_sought": _("Searched for who rows of a delivery may mean")}

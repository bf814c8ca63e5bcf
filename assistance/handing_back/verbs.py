"""What is done with the lists for departments is called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {"monitored.handed_back": _("List of monitored people taken out for a department")}

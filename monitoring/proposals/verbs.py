"""What the acts on proposed changes are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {"register_proposals.compared": _("Deliveries held against the register")}

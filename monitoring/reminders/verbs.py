"""What the acts on reminders are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {"reminder.remind": _("Office reminded of aid that goes on")}

"""What the acts on meetings, notices and objections are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "evaluation.called": _("Democratic evaluation called"),
    "evaluation.item_added": _("Household put on the list of a meeting"),
    "evaluation.item_left": _("Household taken off the list of a meeting"),
    "evaluation.opened_in_hall": _("Vote entry opened on the phone in the hall"),
    "evaluation.attended": _("Attendance of a meeting written down"),
    "evaluation.voted": _("Votes on a household written down"),
    "evaluation.concluded": _("Democratic evaluation concluded"),
    "evaluation.cancelled": _("Democratic evaluation called off"),
    "evaluation.printed": _("Paper of a meeting printed"),
    "notice.drawn": _("Public notice drawn up"),
    "notice.item_left": _("Household taken off a notice"),
    "notice.cancelled": _("Public notice given up before it was posted"),
    "notice.posted": _("Public notice posted"),
    "notice.taken_down": _("Public notice taken down"),
    "notice.extended": _("Public notice extended for one household"),
    "notice.printed": _("Public notice printed"),
    "objection.entered": _("Objection entered"),
    "objection.settled": _("Objection settled"),
}

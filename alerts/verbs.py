"""What the acts on alerts are called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "alert.opened_by_visitor": _("Opened by who was sent"),
    "alert.called": _("Household of a warning called"),
    "alert.signals_attached": _("Signals attached to a warning"),
    "alert.signals_retracted": _("Signals of a warning taken back"),
    "alert.report_retracted": _("Report of a visit taken back"),
    "alert.reported": _("Reported to a warning"),
    "alert.joined": _("Another warning joined"),
    "alert.signal_detached": _("Signal detached from a warning"),
    "alert.signal_attached_again": _("Detached signal of a warning counts again"),
    "alert.signal_separated": _("Signal made a cause of its own"),
    "alert.urged": _("Warning urged"),
    "alert.signal_answered": _("Signal after the visit answered"),
    "alert.batch_drawn": _("Share of a batch drawn to be checked once more"),
    "alert.signals_moved": _("Signals moved to the warning of another household"),
    "alert.signals_moved_back": _("Move of signals taken back"),
    "alert.put_off": _("Warning put off"),
    "alert.taken_up": _("Warning that was put off taken up again"),
    "alert.woken": _("Warning woken, as its day came"),
    "alert.cool_down_changed": _("Cool-down of a warning changed"),
    "alert.rule_kept": _("Rule of dispatch kept"),
    "alert.rule_ended": _("Rule of dispatch ended"),
    "alert.bulk_asked": _("Act on many warnings asked for"),
    "alert.letter_printed": _("Letter to a household printed"),
    "alert.letter_delivered": _("Letter to a household delivered"),
    "alert.escalated": _("Superior told of an overdue warning"),
    "alert.signal_rejoined": _("Signal put back to its cause"),
}

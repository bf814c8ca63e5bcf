"""What the verbs of this storey are called on the record page (composition LEDGER_VERBS)."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "clock.next_day": _("Demonstration turned to its next day"),
    "kin.declared": _("Own or kin household declared"),
    "kin.withdrawn": _("Declaration of a household withdrawn"),
    "posting.ended": _("Posting ended"),
    "posting.granted": _("Posting granted"),
    "posting.period_corrected": _("Days of a posting corrected"),
    "posting.withdrawn": _("Posting withdrawn"),
    "record.lent": _("Record lent"),
    "record.loan_expired": _("Loan of a record ran out"),
    "record.taken_back": _("Lent record taken back"),
    "role.labelled": _("Role named"),
    "staff.disabled": _("Account disabled"),
    "staff.enabled": _("Account enabled"),
    "staff.first_passwords_set": _("First passwords made"),
    "staff.imported": _("Staff imported"),
    "staff.name_corrected": _("Name corrected"),
    "staff.opened": _("Account opened"),
    "staff.password_set": _("One-time password set"),
    "staff.sign_in_failed": _("Sign-in failed"),
    "staff.signed_in": _("Signed in"),
    "staff.signed_out": _("Signed out"),
    "stand_in.arranged": _("Stand-in arranged"),
    "stand_in.cancelled": _("Stand-in cancelled"),
}

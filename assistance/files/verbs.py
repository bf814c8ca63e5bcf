"""What is done with files, boards and the national list is called in the record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "case.file_taken_out": _("Household file taken out"),
    "case.files_taken_out": _("Household files of a village taken out"),
    "case.board_printed": _("Village board printed"),
    "national.entered": _("Entered in the national system"),
    "national.taken_over": _("Taken as it stands in the national system"),
    "national.list_taken_out": _("List for the national system taken out"),
    "national.compared": _("Export of the national system compared"),
    "national.difference_decided": _("Difference to the national system decided"),
}

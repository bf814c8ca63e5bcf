"""What the register cannot answer yet, rule by rule, and why: the page of rules shows it beside the others."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.quality.declaring import COUNTY_CHECKER, GUIZHOU, Unasked

_INTAKE: Promise = _(
    "The register takes in valid numbers only and keeps them sealed: intake rejects the others."
)
_NOT_KEPT: Promise = _("The register does not keep this yet.")
_WORK: Promise = _(
    "The register keeps place and months of work; it has no column for the other fields of a record of work: "
    "start, end, monthly income, employer, trade, channel."
)
_LAND: Promise = _(
    "The register has no columns for land (fields, forest, former fields, orchard, pasture, water) and none for the "
    "distance to the road."
)

UNASKED: tuple[Unasked, ...] = (
    Unasked("R-02", COUNTY_CHECKER, _("Is the check digit of the ID number right?"), _INTAKE),
    Unasked(
        "R-02",
        COUNTY_CHECKER,
        _("Do birth date and sex agree with the ID number?"),
        _("Numbers are sealed and are not opened in bulk: intake compares them while it reads the file."),
    ),
    Unasked("R-03", GUIZHOU + " 1_12_002", _("Has the ID number 18, 20 or 22 characters?"), _INTAKE),
    Unasked("R-03", GUIZHOU + " 1_12_004", _("Is the number of a disability certificate right?"), _NOT_KEPT),
    Unasked("R-07", COUNTY_CHECKER, _("Is it stated whether everybody speaks Mandarin?"), _NOT_KEPT),
    Unasked(
        "R-09",
        COUNTY_CHECKER,
        _("Has everybody exactly one of residents' and employees' medical insurance?"),
        _("The register keeps one answer for both."),
    ),
    Unasked(
        "R-10",
        GUIZHOU + " 1_02_003",
        _("Has everybody lifted out of poverty serious-illness insurance?"),
        _NOT_KEPT,
    ),
    Unasked(
        "R-30",
        GUIZHOU + " 5_11_033",
        _("Is a household from before this platform that is wholly without labour marked as one?"),
        _("The list of monitored objects has no column for the mark; of cases decided here R-30 is asked."),
    ),
    Unasked(
        "R-33",
        GUIZHOU + " 2_01_012",
        _("Is somebody ill who left school because of illness?"),
        _("The register has no column for the reason why a child is out of school."),
    ),
    Unasked("R-34", COUNTY_CHECKER, _("Has who is paid for forest on former fields such land?"), _LAND),
    Unasked("R-36", GUIZHOU + " 5_14_008", _("Are areas of land and the way to the road believable?"), _LAND),
    Unasked("R-37", GUIZHOU + " 1111_16", _("Has work that is over a last day?"), _WORK),
    Unasked(
        "R-37",
        GUIZHOU + " 5_12_006",
        _("Does a record of work say income, employer, trade and channel?"),
        _WORK,
    ),
)

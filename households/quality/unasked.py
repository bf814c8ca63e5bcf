"""What the register cannot answer yet, rule by rule, and why: the page of rules shows it beside the others."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.quality.declaring import COUNTY_CHECKER, GUIZHOU, Unasked

_INTAKE: Promise = _(
    "The register takes in valid numbers only and keeps them sealed: intake rejects the others."
)
_NOT_KEPT: Promise = _("The register does not keep this yet.")
_MEASURES: Promise = _("Needs measures with their state and days: they come with the cases.")
_REMOVAL: Promise = _("Needs the household check at removal: it comes with the cases.")
_NO_REMARK: Promise = _(
    "The list of monitored objects names the risk type alone, without a remark or a kind: every such case would be "
    "doubted. They come with the cases."
)
_WORK: Promise = _("Needs records of work and posts one by one: the register keeps place and months.")

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
    Unasked("R-12", GUIZHOU + " 1_11_005", _("Has a child left school after the removal?"), _REMOVAL),
    Unasked("R-15", GUIZHOU + " 1_11_004", _("Are income and guarantees after the removal known?"), _REMOVAL),
    Unasked("R-16", GUIZHOU + " 1_11_009", _("Are the development measures carried out?"), _MEASURES),
    Unasked("R-17", GUIZHOU + " 1_11_011", _("Is there a contact person after the removal?"), _NOT_KEPT),
    Unasked("R-19", GUIZHOU + " 4_11_010", _("Is the income at removal above the line?"), _REMOVAL),
    Unasked("R-21", GUIZHOU + " 2_11_004", _("Is it said what the risk “other” is?"), _NO_REMARK),
    Unasked("R-22", GUIZHOU + " 2_11_005", _("Is the kind of a natural disaster stated?"), _NO_REMARK),
    Unasked("R-28", GUIZHOU + " 5_11_030", _("Is a measure that is named also begun?"), _MEASURES),
    Unasked(
        "R-30",
        GUIZHOU + " 5_11_033",
        _("Is a household wholly without labour marked as one?"),
        _("The register does not keep the mark; who can work and who is in dibao or tekun it does."),
    ),
    Unasked("R-31", GUIZHOU + " 5_12_005", _("Is somebody over 70 in a public-welfare post?"), _WORK),
    Unasked("R-31", GUIZHOU, _("Has a household more than three public-welfare posts?"), _WORK),
    Unasked(
        "R-33", GUIZHOU + " 2_01_012", _("Is somebody ill who left school because of illness?"), _NOT_KEPT
    ),
    Unasked("R-34", COUNTY_CHECKER, _("Has who is paid for forest on former fields such land?"), _NOT_KEPT),
    Unasked("R-35", GUIZHOU + " 1111_09", _("Was the insurance premium subsidised in time?"), _NOT_KEPT),
    Unasked(
        "R-36", GUIZHOU + " 5_14_008", _("Are areas of land and the way to the road believable?"), _NOT_KEPT
    ),
    Unasked("R-37", GUIZHOU + " 1111_10", _("Are travel subsidies and records of work complete?"), _WORK),
)

"""R-01 to R-03: who is who. The register holds valid numbers only, sealed: nothing here opens one."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import COUNTY_CHECKER, FAMILY, GUIZHOU, MEMBER, Fact, Rule

RULES = (
    Rule(
        "R-01a",
        MEMBER,
        COUNTY_CHECKER,
        _("Does one person live in two households?"),
        # Members who leave only later may still stand in the old household beside the new one.
        when="""EXISTS (
            SELECT FROM households_resident AS other
            WHERE other.subject = identity AND other.id <> resident
              AND (other.left_on IS NULL OR other.left_on > %(today)s)
        )""",
        says=_("The same ID number stands in another household too."),
        do=_("Find out where the person lives, and let them leave the other household."),
    ),
    Rule(
        "R-01b",
        MEMBER,
        COUNTY_CHECKER,
        _("Does somebody of the same name, sex and birth date stand in the household twice?"),
        when="twins > 1",
        facts=(Fact("twins", "twins"),),
        says=_("%(twins)s members of this household have the same name, sex and birth date."),
        do=_("Compare the identity papers; let the one entered twice leave the household."),
    ),
    Rule(
        "R-02a",
        MEMBER,
        COUNTY_CHECKER,
        _("Is the birth date a possible one?"),
        when="born_on > %(today)s OR born_on < DATE '1900-01-01'",
        says=_("The birth date lies in the future or before 1900."),
        do=_("Correct the birth date after the identity paper."),
    ),
    Rule(
        "R-02b",
        MEMBER,
        GUIZHOU + " 1_12",
        _("Are birth date and sex known?"),
        when="born_on IS NULL OR sex NOT IN ('1', '2')",
        says=_("The birth date or the sex is not stated."),
        do=_("Enter both after the identity paper."),
    ),
    Rule(
        "R-03",
        FAMILY,
        GUIZHOU + " 1_12_002",
        _("Does every member have an ID number?"),
        when="unidentified > 0",
        facts=(Fact("members", "unidentified"),),
        says=_("Members without an ID number: %(members)s."),
        do=_("Enter the ID number, or say why there is none (a newborn child, no registration)."),
    ),
)

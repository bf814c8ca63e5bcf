"""R-04 to R-09: the household and what is stated of its members."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import CODE, COUNTY_CHECKER, FAMILY, MEMBER, Fact, Rule


def _listed(letter: str, column: str, codes: str, question: object, says: object) -> Rule:
    """Return the rule that a code which is filled stands in its list."""
    return Rule(
        f"R-05{letter}",
        MEMBER,
        COUNTY_CHECKER,
        question,  # type: ignore[arg-type]
        when=f"{column} <> '' AND {column} <> ALL (%({codes})s)",
        facts=(Fact("code", column),),
        says=says,  # type: ignore[arg-type]
        do=_("Choose a value of the list."),
    )


RULES = (
    Rule(
        "R-04a",
        FAMILY,
        COUNTY_CHECKER,
        _("Does the household have a head?"),
        when="heads = 0",
        facts=(Fact("members", "members"),),
        says=_("There is no head; members: %(members)s."),
        do=_("Say who the head is. If nobody lives here any more, let the household be dissolved."),
    ),
    Rule(
        "R-04b",
        FAMILY,
        COUNTY_CHECKER,
        _("Does the household have only one head?"),
        when="heads > 1",
        facts=(Fact("heads", "heads"),),
        says=_("There are %(heads)s heads."),
        do=_("Leave one head, and correct how the others are related to them."),
    ),
    Rule(
        "R-04c",
        FAMILY,
        COUNTY_CHECKER,
        _("Does the head have at most one spouse?"),
        when="spouses > 1",
        facts=(Fact("spouses", "spouses"),),
        says=_("The head has %(spouses)s spouses."),
        do=_("Correct the relation to the head."),
    ),
    Rule(
        "R-04d",
        FAMILY,
        COUNTY_CHECKER,
        _("Are head and spouse of different sex?"),
        when="same_sex_spouses > 0",
        facts=(Fact("sex", "head_sex", CODE, "sexes"),),
        says=_("Head and spouse both have the sex “%(sex)s”."),
        do=_("Correct the sex or the relation to the head."),
    ),
    _listed(
        "a",
        "relation",
        "relations_to_head",
        _("Is the relation to the head a value of the list?"),
        _("The relation to the head “%(code)s” is not in the list."),
    ),
    _listed(
        "b",
        "education",
        "education_levels",
        _("Is the education a value of the list?"),
        _("The education “%(code)s” is not in the list."),
    ),
    _listed(
        "c",
        "stage",
        "school_stages",
        _("Is the school stage a value of the list?"),
        _("The school stage “%(code)s” is not in the list."),
    ),
    _listed(
        "d",
        "labour",
        "labour_abilities",
        _("Is the ability to work a value of the list?"),
        _("The ability to work “%(code)s” is not in the list."),
    ),
    Rule(
        "R-06a",
        FAMILY,
        COUNTY_CHECKER,
        _("Is either the education or the school stage of every member stated?"),
        when="unschooled > 0",
        facts=(Fact("members", "unschooled"),),
        says=_("Members without education and without school stage: %(members)s."),
        do=_("Enter the school stage of those at school or below school age, the education of all others."),
    ),
    Rule(
        "R-06b",
        MEMBER,
        COUNTY_CHECKER,
        _("Is only one of education and school stage stated?"),
        when="education <> '' AND stage <> ''",
        facts=(
            Fact("education", "education", CODE, "education_levels"),
            Fact("stage", "stage", CODE, "school_stages"),
        ),
        says=_("Both an education (%(education)s) and a school stage (%(stage)s) are stated."),
        do=_("At school: empty the education. Not at school any more: empty the school stage."),
    ),
    Rule(
        "R-07a",
        FAMILY,
        COUNTY_CHECKER,
        _("Is the health of every member stated?"),
        when="no_health > 0",
        facts=(Fact("members", "no_health"),),
        says=_("Members whose health is not stated: %(members)s."),
        do=_("Enter the health of each member."),
    ),
    Rule(
        "R-07b",
        FAMILY,
        COUNTY_CHECKER,
        _("Is it stated of every member whether they have medical insurance?"),
        when="no_insured > 0",
        facts=(Fact("members", "no_insured"),),
        says=_("Members of whom it is not stated whether they have medical insurance: %(members)s."),
        do=_("Ask, and enter yes or no for each member."),
    ),
    Rule(
        "R-07c",
        FAMILY,
        COUNTY_CHECKER,
        _("Is it stated of every member whether they receive dibao?"),
        when="no_dibao > 0",
        facts=(Fact("members", "no_dibao"),),
        says=_("Members of whom it is not stated whether they receive dibao: %(members)s."),
        do=_("Enter none, rural or urban for each member."),
    ),
    Rule(
        "R-08a",
        MEMBER,
        COUNTY_CHECKER,
        _("Whoever has a place of work: for how many months have they worked?"),
        when="has_place AND months = 0",
        says=_("There is a place of work but no months of work."),
        do=_("Enter the months worked this year, or empty the place of work."),
    ),
    Rule(
        "R-08b",
        MEMBER,
        COUNTY_CHECKER,
        _("Whoever has worked for months: where?"),
        when="NOT has_place AND months > 0",
        facts=(Fact("months", "months"),),
        says=_("%(months)s months of work but no place of work."),
        do=_("Enter the place of work, or correct the months."),
    ),
)

"""R-28, R-31, R-35 and R-37: what measures say, and what contradicts them. R-13, R-16, R-20 and R-26 to R-29 are the
register's own rules, which read what landed of the measures of cases beside what the old list names (sql/words.sql).
"""

from django.utils.translation import gettext_lazy as _

from assistance.data_checks.mending import CASE_KEY, JUDGE, on_case
from households.quality.declaring import CASE, DAY, GUIZHOU, MEMBER, Fact, Rule

#: The first day of the year, and the day on which its premium must have been subsidised.
_YEAR = "date_trunc('year', %(today)s::date)::date"
_LATEST = f"({_YEAR} + make_interval(months => premium_subsidy_months::int))::date"

RULES = (
    Rule(
        "R-28c",
        CASE,
        GUIZHOU + " 5_11_030",
        _("Is a measure that was promised also carried out?"),
        # Where nothing at all has landed, R-13 says so.
        when="""monitored AND promised > 0 AND cardinality(measures) > 0
            AND promised_since + make_interval(months => first_measure_months::int) <= %(today)s""",
        facts=(CASE_KEY, Fact("since", "promised_since", DAY), Fact("promised", "promised")),
        values=("first_measure_months",),
        says=_("Measures that were asked for and have not landed: %(promised)s, the first since %(since)s."),
        do=_("Ask the department what became of it; it answers in its own list."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-31e",
        MEMBER,
        GUIZHOU + " 5_12_005",
        _("Is somebody too old for a public-welfare post in one?"),
        when="posts > 0 AND age >= public_post_age_limit",
        facts=(CASE_KEY, Fact("age", "age", passing=True), Fact("limit", "public_post_age_limit")),
        values=("public_post_age_limit",),
        says=_("%(age)s years old and in a public-welfare post; from %(limit)s on that is doubted."),
        do=_("Ask the department to end the post or to correct for whom it is."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-31f",
        CASE,
        GUIZHOU,
        _("Has a household more public-welfare posts than it may?"),
        when="posts > public_posts_most",
        facts=(CASE_KEY, Fact("posts", "posts"), Fact("most", "public_posts_most")),
        values=("public_posts_most",),
        says=_("Public-welfare posts in this household: %(posts)s; more than %(most)s are doubted."),
        do=_("Ask the department which of the posts are really held."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-35a",
        CASE,
        GUIZHOU + " 1111_09",
        _("Was the premium of the medical insurance subsidised for who was identified in time?"),
        when=f"""monitored AND members > uninsured AND identified < {_LATEST} AND %(today)s >= {_LATEST}
            AND (premium_on IS NULL OR premium_on < {_YEAR})
            AND NOT '参加城乡居民基本医疗保险个人缴费补贴' = ANY (measures)""",
        facts=(CASE_KEY, Fact("year", "date_part('year', %(today)s::date)"), Fact("until", _LATEST, DAY)),
        values=("premium_subsidy_months",),
        says=_("Identified before %(until)s, and no premium subsidy of that year is recorded."),
        do=_("Ask the medical insurance office, and tick the subsidy that was paid."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-35b",
        CASE,
        GUIZHOU + " 1111_13",
        _("Is a premium subsidy recorded although the household was identified too late for it?"),
        when=f"identified >= {_LATEST} AND premium_on >= {_YEAR}",
        facts=(CASE_KEY, Fact("identified", "identified", DAY), Fact("paid_on", "premium_on", DAY)),
        values=("premium_subsidy_months",),
        says=_(
            "Identified on %(identified)s, and a premium subsidy of the same year is recorded on %(paid_on)s."
        ),
        do=_("Ask the medical insurance office what it paid, and for which year."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-37a",
        CASE,
        GUIZHOU + " 1111_10",
        _("Has a travel subsidy that landed an amount?"),
        when="unpaid_travel > 0",
        facts=(CASE_KEY, Fact("unpaid", "unpaid_travel")),
        says=_("Travel subsidies without an amount: %(unpaid)s."),
        do=_("Let the department answer again, with the amount that it paid."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-37b",
        MEMBER,
        GUIZHOU + " 5_17_013",
        _("Does who was sent to work elsewhere have a record of work?"),
        when="sent_on IS NOT NULL AND NOT has_place AND months = 0",
        facts=(CASE_KEY, Fact("sent_on", "sent_on", DAY)),
        says=_("Work elsewhere was found on %(sent_on)s, and neither place nor months of work are entered."),
        do=_("Enter place and months of work, or let the department answer again."),
        judge=JUDGE,
    ),
)

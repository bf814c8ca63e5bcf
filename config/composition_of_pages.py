"""What stands above and is shown on pages below: sections, places, lists of work, tiles, search, banners."""

#: Lines that higher storeys add to the page of an area (foundation.desk.area_page.AreaFact).
AREA_FACTS: tuple[str, ...] = (
    "households.area_facts.households_here",
    "assistance.board.area_facts.cases_here",
    "assistance.income.places.incomes_here",
)
#: Sections of a household's page that other packages add (households.panels.HouseholdPanel).
HOUSEHOLD_PANELS: tuple[str, ...] = (
    "assistance.household_panel.CASES",
    "assistance.measures.household_panel.MEASURES",
    "alerts.panel.WARNINGS",
    "assistance.applying.household_panel.APPLIED",
    "alerts.time_line.TIME_LINE",
    "households.quality.panel.DOUBTS",
    "monitoring.comparison.panel.FINDINGS",
    "monitoring.reminders.panels.HOUSEHOLD",
    "monitoring.proposals.panel.PROPOSED",
    "households.income.panel.INCOME",
    "households.codes.panel.PANEL",
    "households.visits.panel.VISITS",
    "households.authorisations.panel.AUTHORISATIONS",
)
#: Sections of a finding's page: what took it up (monitoring.comparison.finding_panels.FindingPanel).
FINDING_PANELS: tuple[str, ...] = (
    "alerts.finding_panel.TAKEN_UP",
    "monitoring.reminders.panels.FINDING",
)
#: Places of the left rail and the bottom bar (foundation.desk.navigation.NavItem).
NAVIGATION: tuple[str, ...] = (
    "foundation.desk.places.home",
    "alerts.places.alerts",
    "alerts.places.own_list",
    "alerts.places.reports",
    "alerts.places.letters",
    "assistance.places.cases",
    "assistance.places.board",
    "assistance.places.national",
    "assistance.helping.navigation.own",
    "assistance.helping.navigation.helpers",
    "assistance.helping.navigation.hand_overs",
    "assistance.checks.places.checks",
    "assistance.deciding.places.reviews",
    "assistance.deciding.places.approvals",
    "assistance.notices.places.evaluations",
    "assistance.notices.places.notices",
    "assistance.followups.places.follow_ups",
    "assistance.income.places.incomes",
    "assistance.removal.places.removals",
    "assistance.plans.places.plans",
    "assistance.measures.places.tasks",
    "assistance.disasters.places.disasters",
    "assistance.imported.places.imported",
    "households.places.households",
    "households.visits.places.visits",
    "households.authorisations.places.authorisations",
    "households.register.places.files",
    "households.monitored.places.monitored",
    "households.codes.places.codes",
    "households.quality.places.quality",
    "monitoring.proposals.places.proposals",
    "monitoring.places.findings",
    "monitoring.reminders.places.reminders",
    "foundation.desk.places.areas",
    "monitoring.deliveries.places.deliveries",
    "monitoring.runs.places.comparisons",
    "monitoring.places.standards",
    "monitoring.places.datasets",
    "monitoring.candidates.places.candidates",
    "monitoring.returning.places.corrections",
    "foundation.desk.places.regulations",
    "foundation.desk.places.inbox",
    "foundation.desk.places.jobs",
    "foundation.desk.places.staff",
    "foundation.desk.places.postings",
    "foundation.desk.places.grants",
    "foundation.desk.places.stand_ins",
    "foundation.desk.places.vacancies",
    "foundation.desk.places.record",
    "foundation.desk.places.roles",
    "foundation.desk.places.administration",
    "foundation.desk.places.me",
)
#: Lists of letters to households, each leading to the others (alerts.letter_lists.LetterList).
LETTER_LISTS: tuple[str, ...] = ("alerts.places.letters_of_visits", "assistance.deciding.places.letters")
#: What stands on a person's own list, in stage order (foundation.desk.home.Worklist).
WORKLISTS: tuple[str, ...] = (
    "foundation.desk.worklists.waiting_grants",
    "alerts.worklists.of_warnings",
    "alerts.verification.worklists.to_confirm",
    "alerts.verification.worklists.to_recheck",
    "alerts.verification.worklists.often_returned",
    "assistance.notices.places.of_notices",
    "assistance.worklists.of_cases",
    "assistance.followups.places.of_follow_ups",
    "assistance.income.places.of_incomes",
    "assistance.plans.worklists.of_plans",
    "assistance.measures.worklists.of_measures",
    "assistance.disasters.places.papers_owed",
    "assistance.helping.worklists.of_helpers",
    "assistance.imported.places.doubles",
    "monitoring.deliveries.worklists.waiting_deliveries",
    "monitoring.deliveries.worklists.due_deliveries",
    "monitoring.deliveries.worklists.rejects_to_correct",
    "monitoring.returning.worklists.rows_to_correct",
    "monitoring.returning.worklists.contested_rows",
    "monitoring.reminders.worklists.reminders_to_answer",
    "households.quality.worklists.waiting_findings",
    "households.authorisations.worklists.to_sign",
    "households.authorisations.worklists.ending_soon",
    "monitoring.proposals.worklists.waiting_proposals",
    "monitoring.candidates.worklists.waiting_candidates",
    "monitoring.runs.worklists.held_back",
    "monitoring.tuning.listing.to_answer",
    "assistance.deciding.worklists.of_decisions",
    "assistance.removal.places.of_removals",
    "foundation.desk.local_worklist.waiting_local_values",
    "foundation.desk.worklists.ending_posts",
    "foundation.desk.worklists.vacant_posts",
    "foundation.desk.worklists.own_stand_ins",
)
#: Large tiles of the phone home (foundation.desk.home.TilePart).
TILES: tuple[str, ...] = (
    "households.places.monitored",
    "households.visits.places.to_hand_up",
    "alerts.places.compared",
    "alerts.places.to_check",
    "assistance.helping.navigation.my_households",
)
#: What the search of the top bar looks through (foundation.desk.search.SearchPart).
SEARCH: tuple[str, ...] = (
    "households.search_parts.people",
    "households.search_parts.households",
    "assistance.finding.cases",
    "foundation.desk.search.areas",
    "foundation.desk.search.staff",
)
#: Banners above every page: a callable that takes the request and returns a template name or None.
BANNERS: tuple[str, ...] = (
    "foundation.desk.demo.clock_banner",
    "foundation.desk.walk.banner",
)

"""What stands above and is needed below, as ordered import strings (foundation/accounts/composition.py).

The demonstration's parts and the kinds of notices, work and acts stand in files of their own.
"""

from config.composition_of_demonstration import (  # noqa: F401  (read from here by their names)
    DEMONSTRATION,
    DEMONSTRATION_COLUMNS,
    DEMONSTRATION_DAYS,
    DEMONSTRATION_STORIES,
)
from config.composition_of_kinds import JOB_KINDS, LEDGER_VERBS, NOTICE_KINDS  # noqa: F401  (likewise)

#: Who answers from the values in force what accounts ask (foundation.accounts.ordinances.Ordinances).
ORDINANCES: tuple[str, ...] = ("foundation.regulations.ordinances.IN_FORCE",)
#: Called in the transaction that ends a posting (foundation.accounts.postings.PostingFollower).
POSTING_FOLLOWERS: tuple[str, ...] = ("alerts.verification.leaving.after_posting_end",)
#: Called in the transaction that renumbers, merges, splits or retires an area (foundation.accounts.areas).
AREA_FOLLOWERS: tuple[str, ...] = (
    "foundation.accounts.area_followers.postings",
    "foundation.accounts.area_followers.role_labels",
    "foundation.accounts.area_followers.loans_and_homes",
    "foundation.desk.area_followers.views",
    "foundation.workflow.area_followers.paths",
    "foundation.regulations.area_followers.values",
    "foundation.regulations.area_followers.holidays",
    "households.area_followers.households",
    "monitoring.area_followers.deliveries",
    "monitoring.comparison.following.areas",
    "monitoring.comparison.waiting_areas.areas",
    "monitoring.proposals.following.areas",
    "monitoring.returning.following.areas",
    "monitoring.tuning.following.areas",
    "alerts.area_followers.areas",
    "alerts.rules.following.areas",
    "foundation.files.area_followers.attachments",
)
#: Columns with an area that keep the old one, and why; every other column is claimed by a follower.
AREA_COLUMNS_THAT_STAY: dict[str, str] = {
    "accounts.Area.parent": "the tree itself: an area with living areas below it does not give way",
    "accounts.AreaName.area": "history of the old code",
    "accounts.AreaSuccession.predecessor": "history of the old code",
    "accounts.AreaSuccession.successor": "history of the old code",
    "desk.GrantProposal.area": "a proposal for a retired area is refused when it is decided, and made anew",
    "regulations.Clock.area": "a clock keeps the calendar it began with",
    "regulations.LocalValue.area": "a proposal for a retired area is withdrawn, and made anew",
    "jobs.Job.area": "long work belongs to the area it was asked for; it is over before areas change",
    "households.QualityCount.area": "how many findings waited under the old code; the next check counts none there",
    "households.HouseholdEvent.area": "a version of before says which village was responsible then",
    "households.HouseholdEvent.stay_area": "likewise",
    "households.ResidentEvent.area": "likewise",
    "households.Duplicate.claimed_area": "says which village a file named",
    "alerts.BulkAct.area": "an act on many is over before areas change; it says in which area its asker acted",
    "ledger.Entry.area": "the record says what was true when it was written",
}
#: Every table of moves; documents and the matrix test walk them.
LIFECYCLES: tuple[str, ...] = (
    "foundation.desk.lifecycle.GRANT",
    "monitoring.lifecycle.DELIVERY",
    "monitoring.proposals.lifecycle.PROPOSAL",
    "monitoring.candidates.lifecycle.CANDIDATE",
    "monitoring.returning.lifecycle.CORRECTION",
    "monitoring.tuning.lifecycle.TUNING",
    "alerts.lifecycle.ALERT",
    "monitoring.reminders.lifecycle.REMINDER",
    "foundation.regulations.lifecycle.LOCAL_VALUE",
    "households.signing.lifecycle.SIGNATURE",
    "households.visits.lifecycle.VISIT",
    "households.authorisations.lifecycle.AUTHORISATION",
)
#: Lines that higher storeys add to the page of an area (foundation.desk.area_page.AreaFact).
AREA_FACTS: tuple[str, ...] = ("households.area_facts.households_here",)
#: Sections of a household's page that other packages add (households.panels.HouseholdPanel).
HOUSEHOLD_PANELS: tuple[str, ...] = (
    "alerts.panel.WARNINGS",
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
#: What stands on a person's own list, in stage order (foundation.desk.home.Worklist).
WORKLISTS: tuple[str, ...] = (
    "foundation.desk.worklists.waiting_grants",
    "alerts.worklists.of_warnings",
    "alerts.verification.worklists.to_confirm",
    "alerts.verification.worklists.to_recheck",
    "alerts.verification.worklists.often_returned",
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
)
#: What the search of the top bar looks through (foundation.desk.search.SearchPart).
SEARCH: tuple[str, ...] = (
    "households.search_parts.people",
    "households.search_parts.households",
    "foundation.desk.search.areas",
    "foundation.desk.search.staff",
)
#: Banners above every page: a callable that takes the request and returns a template name or None.
BANNERS: tuple[str, ...] = ("foundation.desk.demo.clock_banner",)
#: Called in order in the transaction that turns a demonstration to its next day: the night's work
#: (foundation.accounts.next_day.NightWork).
NEXT_DAY: tuple[str, ...] = (
    "foundation.accounts.loans.night_work",
    "foundation.files.retention.night_work",
    "households.authorisations.ending.night_work",
    "households.visits.drafts.night_work",
    "monitoring.retention.night_work",
    "households.quality.following.night_work",
    "monitoring.rhythm.reminding.night_work",
    "monitoring.comparison.trials.night_work",
    "alerts.snoozing.night_work",
    "monitoring.comparison.rhythm.night_work",
    "alerts.verification.night.night_work",
    "alerts.verification.leaving.night_work",
    "alerts.verification.escalating.night_work",
    "alerts.rules.running.night_work",
)
#: Called in order in the transaction of a change of the register (households.followers.RegisterFollower).
AFTER_REGISTER_CHANGE: tuple[str, ...] = (
    "households.quality.following.after_change",
    "monitoring.intake.recounting.after_change",
    "monitoring.proposals.following.after_register_change",
    "monitoring.candidates.following.after_register_change",
    "alerts.area_followers.after_register_change",
    "households.signing.following.after_register_change",
    "households.visits.following.after_register_change",
)
#: Called in the transaction that erases a person (households.followers.ErasureFollower).
AFTER_ERASURE: tuple[str, ...] = (
    "monitoring.proposals.following.forget",
    "monitoring.candidates.following.forget",
    "monitoring.comparison.following.forget",
    "alerts.area_followers.forget",
    "households.signing.following.forget",
    "households.visits.following.forget",
    "households.authorisations.following.forget",
)
#: Called in the transaction in which the rows of a delivery begin or cease to count
#: (monitoring.followers.DeliveryFollower).
AFTER_DELIVERY: tuple[str, ...] = (
    "monitoring.proposals.following.after_delivery",
    "monitoring.candidates.following.after_delivery",
    "monitoring.rhythm.reminding.after_delivery",
    "monitoring.returning.job_kind.after_delivery",
    "monitoring.comparison.rhythm.after_delivery",
)
#: Called in the transaction that ends a comparison, with its findings (monitoring.followers.ComparisonFollower).
AFTER_COMPARISON: tuple[str, ...] = (
    "monitoring.reminders.taking.after_comparison",
    "alerts.raising.after_comparison",
    "monitoring.runs.following.tell_of_held",
)
#: Who takes what is found on monitored households to their open case (alerts.following.SignalsOnCases).
SIGNALS_ON_CASES: tuple[str, ...] = ()
#: What visits have found at households, for trials of drafts (monitoring.comparison.trials.TrialOutcomes).
TRIAL_OUTCOMES: tuple[str, ...] = ("alerts.outcomes.of_households",)
#: What the page of a proposed local value offers beside its moves (foundation.desk.local_links.LocalValueLink).
LOCAL_VALUE_LINKS: tuple[str, ...] = ("monitoring.runs.local_values.trial_of_proposal",)
#: Work that one visit to a household may serve, in the order of the form (households.visits.purposes.PurposeSource).
VISIT_PURPOSES: tuple[str, ...] = (
    "alerts.verification.purpose.PURPOSE",
    "alerts.verification.purpose.PIECES",
)
#: Called in the transaction that ends a job (foundation.jobs.endings.JobFollower).
JOB_FOLLOWERS: tuple[str, ...] = (
    "monitoring.intake.job_kind.after_job",
    "monitoring.comparison.job_kind.after_job",
    "monitoring.runs.following.after_job",
    "foundation.desk.job_notices.tell_asker",
)
#: Called in this order by prepare_database after the migrations, as the owner; each does nothing when done.
AFTER_MIGRATE: tuple[str, ...] = (
    "foundation.regulations.loading.load_shipped",
    "foundation.regulations.holidays.seed",
    "monitoring.loading.load_shipped",
    "monitoring.screening.loading.load_shipped",
    "households.visits.book.load_shipped",
    "alerts.verification.path.load_shipped",
)
#: What files are attached to (foundation.files.owners.AttachmentOwner).
ATTACHMENT_OWNERS: tuple[str, ...] = (
    "foundation.desk.papers.GRANT_PAPERS",
    "households.signing.pictures.SIGNATURES",
    "households.visits.photos.PHOTOS",
)
#: What is signed at a household's table (households.signing.documents.SignedDocument).
SIGNED_DOCUMENTS: tuple[str, ...] = (
    "households.visits.signatures.SHEET",
    "households.authorisations.document.DOCUMENT",
)

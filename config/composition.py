"""What stands above and is needed below, as ordered import strings (foundation/accounts/composition.py).

The demonstration's parts, the kinds of notices, work and acts, and what pages show stand in files of their own.
"""

from config.composition_of_cases import (  # noqa: F401  (read from here by their names)
    CASE_ACTS,
    CASE_BARRIERS,
    CASE_FOLLOWERS,
    CASE_PANELS,
    CORRECTED_NOTICES,
    DELIVERED_MEASURES,
    FILE_PARTS,
    HELPER_LINES,
)
from config.composition_of_demonstration import (  # noqa: F401  (read from here by their names)
    DEMONSTRATION,
    DEMONSTRATION_COLUMNS,
    DEMONSTRATION_DAYS,
    DEMONSTRATION_STORIES,
    DEMONSTRATION_WALK,
)
from config.composition_of_kinds import GAUGES, JOB_KINDS, LEDGER_VERBS, NOTICE_KINDS  # noqa: F401  (likewise)
from config.composition_of_moves import MOVE_COLUMNS_THAT_STAY, MOVE_FOLLOWERS  # noqa: F401  (likewise)
from config.composition_of_pages import (  # noqa: F401  (likewise)
    AREA_FACTS,
    BANNERS,
    FINDING_PANELS,
    HOUSEHOLD_PANELS,
    LETTER_LISTS,
    NAVIGATION,
    OPEN_WORK,
    SEARCH,
    TILES,
    WORKLISTS,
)

#: Who answers from the values in force what accounts ask (foundation.accounts.ordinances.Ordinances).
ORDINANCES: tuple[str, ...] = ("foundation.regulations.ordinances.IN_FORCE",)
#: Called in the transaction that ends a posting (foundation.accounts.postings.PostingFollower).
POSTING_FOLLOWERS: tuple[str, ...] = ("alerts.verification.leaving.after_posting_end",)
#: What must be handed over before a posting ends (foundation.accounts.hanging.HangsOnPosting).
HANGS_ON_POSTINGS: tuple[str, ...] = (
    "assistance.helping.hanging.households_on",
    "assistance.helping.left_behind.sheets_on",
    "assistance.helping.left_behind.plans_on",
    "assistance.helping.left_behind.promises_on",
    "assistance.helping.left_behind.tasks_on",
)
#: Called in the transaction that renumbers, merges, splits or retires an area (foundation.accounts.areas).
AREA_FOLLOWERS: tuple[str, ...] = (
    "foundation.accounts.area_followers.postings",
    "assistance.helping.following.areas",
    "foundation.accounts.area_followers.role_labels",
    "foundation.accounts.area_followers.loans_and_homes",
    "foundation.desk.area_followers.views",
    "foundation.workflow.area_followers.paths",
    "foundation.regulations.area_followers.values",
    "foundation.regulations.area_followers.holidays",
    "households.area_followers.households",
    "households.grid.following.areas",
    "monitoring.area_followers.deliveries",
    "monitoring.comparison.following.areas",
    "monitoring.comparison.waiting_areas.areas",
    "monitoring.proposals.following.areas",
    "monitoring.returning.following.areas",
    "monitoring.tuning.following.areas",
    "alerts.area_followers.areas",
    "alerts.rules.following.areas",
    "assistance.area_followers.areas",
    "assistance.area_followers.disasters",
    "assistance.notices.following.areas",
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
    "assistance.ComparedExport.area": "an export was compared with the area as it was then",
    "alerts.BulkAct.area": "an act on many is over before areas change; it says in which area its asker acted",
    "assistance.CaseBatch.area": "a decision was made by the office of the old code",
    "assistance.Assessment.area": "a set was declared for the area as it was then; its households go with themselves",
    "assistance.RosterComparison.area": "a list was compared with the area as it was then",
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
    "assistance.lifecycle.CASE",
    "assistance.helping.lifecycle.HELPER_PLACE",
    "assistance.removal.lifecycle.REMOVAL",
    "assistance.recategorising.lifecycle.RECATEGORISATION",
    "assistance.stay_visits.lifecycle.STAY_VISIT",
    "assistance.assessment.lifecycle.ASSESSED",
    "assistance.lifecycle_of_help.MEASURE",
    "assistance.aid.lifecycle.AID",
    "assistance.lifecycle_of_help.PLAN",
    "assistance.income.lifecycle.INCOME_SHEET",
    "monitoring.reminders.lifecycle.REMINDER",
    "foundation.regulations.lifecycle.LOCAL_VALUE",
    "households.signing.lifecycle.SIGNATURE",
    "households.visits.lifecycle.VISIT",
    "households.authorisations.lifecycle.AUTHORISATION",
    "households.moving.lifecycle.HOUSEHOLD_MOVE",
    "households.pairs.lifecycle.PAIR",
)
#: Called in order in the transaction that turns a demonstration to its next day: the night's work
#: (foundation.accounts.next_day.NightWork).
NEXT_DAY: tuple[str, ...] = (
    "foundation.accounts.loans.night_work",
    "foundation.files.retention.night_work",
    "households.authorisations.ending.night_work",
    "households.visits.drafts.night_work",
    "households.moving.settling.night_work",
    "households.pairs.seeking.night_work",
    "households.pairs.overdue.night_work",
    "households.pairs.waiting.night_work",
    "monitoring.retention.night_work",
    "households.quality.following.night_work",
    "monitoring.rhythm.reminding.night_work",
    "monitoring.comparison.trials.night_work",
    "alerts.snoozing.night_work",
    "monitoring.comparison.rhythm.night_work",
    "alerts.verification.night.night_work",
    "alerts.verification.leaving.night_work",
    "alerts.verification.escalating.night_work",
    "assistance.enrolment.escalating.night_work",
    "assistance.removal.escalating.night_work",
    "alerts.rules.running.night_work",
    "assistance.notices.ending.night_work",
    "assistance.helping.following.night_work",
    "assistance.followups.keeping.night_work",
    "assistance.overdue.telling.night_work",
    "assistance.aid.following.night_work",
    "assistance.income.following.night_work",
    "assistance.income.reminding.night_work",
)
#: Called in order in the transaction of a change of the register (households.followers.RegisterFollower).
AFTER_REGISTER_CHANGE: tuple[str, ...] = (
    "households.grid.settling.after_register_change",
    "households.pairs.seeking.after_register_change",
    "households.quality.following.after_change",
    "monitoring.intake.recounting.after_change",
    "monitoring.proposals.following.after_register_change",
    "monitoring.candidates.following.after_register_change",
    "alerts.area_followers.after_register_change",
    "assistance.area_followers.after_register_change",
    "assistance.enrolment.members.after_register_change",
    "households.signing.following.after_register_change",
    "households.visits.following.after_register_change",
    "households.lineage.following.after_register_change",
    "assistance.applying.following.after_register_change",
    "assistance.aid.following.after_register_change",
)
#: What follows a family event, said beforehand and done with it (households.lineage.followers.LineageFollower).
LINEAGE_FOLLOWERS: tuple[str, ...] = (
    "households.lineage.following.STANDINGS",
    "households.lineage.following.AUTHORISATIONS",
    "households.lineage.following.CODES",
    "households.lineage.following.VISITS",
    "households.lineage.counted.COUNTED",
    "households.grid.following.LINEAGE",
    "households.moving.standing_by.WAITING_MOVES",
    "monitoring.proposals.lineage.PROPOSALS",
    "alerts.lineage.WARNINGS",
    "assistance.lineage.following.CASES",
)
#: Rules of data quality that need what storeys above know (households.quality.asked.MoreRules).
QUALITY_RULES: tuple[str, ...] = ("assistance.data_checks.asked.CASES",)
#: Called in the transaction that erases a person (households.followers.ErasureFollower).
AFTER_ERASURE: tuple[str, ...] = (
    "monitoring.proposals.following.forget",
    "monitoring.candidates.following.forget",
    "monitoring.comparison.following.forget",
    "alerts.area_followers.forget",
    "assistance.national.deciding.forget",
    "assistance.notices.following.forget",
    "households.signing.following.forget",
    "households.visits.following.forget",
    "households.lineage.following.forget",
    "households.pairs.seeking.forget",
    "households.authorisations.following.forget",
    "households.moving.erasing.forget",
    "assistance.disasters.erasing.forget",
    "assistance.helping.following.forget",
    "assistance.applying.following.forget",
    "assistance.measures.following.forget",
    "assistance.aid.following.forget",
    "assistance.roster.settling.forget",
)
#: Called in the transaction in which the rows of a delivery begin or cease to count
#: (monitoring.followers.DeliveryFollower).
AFTER_DELIVERY: tuple[str, ...] = (
    "monitoring.proposals.following.after_delivery",
    "monitoring.candidates.following.after_delivery",
    "monitoring.rhythm.reminding.after_delivery",
    "monitoring.returning.job_kind.after_delivery",
    "monitoring.comparison.rhythm.after_delivery",
    "assistance.aid.following.after_delivery",
)
#: Called in the transaction that ends a comparison, with its findings (monitoring.followers.ComparisonFollower).
AFTER_COMPARISON: tuple[str, ...] = (
    "monitoring.reminders.taking.after_comparison",
    "assistance.enrolment.basis.after_comparison",
    "alerts.raising.after_comparison",
    "assistance.disasters.alerts.after_comparison",
    "monitoring.runs.following.tell_of_held",
)
#: Called in the transaction in which a township proposes a household (alerts.proposals.AfterProposal).
AFTER_PROPOSAL: tuple[str, ...] = ("assistance.enrolment.opening.after_proposal",)
#: Why a proposed warning cannot go back to the door, and who hears of warnings that ended (alerts.proposals).
HELD_PROPOSALS: tuple[str, ...] = ("assistance.enrolment.coupling.holds",)
AFTER_WARNINGS_END: tuple[str, ...] = ("assistance.enrolment.coupling.after_end",)
#: Ways from a warning's page to what was opened for its household: (alert, user) → (name, address) or None.
ALERT_LINKS: tuple[str, ...] = ("assistance.household_panel.case_of_alert",)
#: Called in the transaction in which an authorisation comes into force (households.authorisations.followers).
AUTHORISATION_FOLLOWERS: tuple[str, ...] = ("assistance.applying.following.after_authorisation",)
#: Public pages of a place that the page behind a scanned code leads on to (households.codes.scanning.links_of).
SCAN_LINKS: tuple[str, ...] = ("assistance.notices.places.of_village",)
#: Who takes what is found on monitored households to their open case (alerts.following.SignalsOnCases).
SIGNALS_ON_CASES: tuple[str, ...] = ("assistance.enrolment.risks.RISKS",)
#: What visits have found at households, for trials of drafts (monitoring.comparison.trials.TrialOutcomes).
TRIAL_OUTCOMES: tuple[str, ...] = ("alerts.outcomes.of_households",)
#: What became of the households of warnings that were enrolled (monitoring.outcomes.courses.CoursesOfWarnings).
COURSES_OF_WARNINGS: tuple[str, ...] = ("assistance.removal.returning.of_warnings",)
#: What the page of a proposed local value offers beside its moves (foundation.desk.local_links.LocalValueLink).
LOCAL_VALUE_LINKS: tuple[str, ...] = ("monitoring.runs.local_values.trial_of_proposal",)
#: Work that one visit to a household may serve, in the order of the form (households.visits.purposes.PurposeSource).
VISIT_PURPOSES: tuple[str, ...] = (
    "alerts.verification.purpose.PURPOSE",
    "alerts.verification.purpose.PIECES",
    "assistance.followups.purpose.FOLLOW_UPS",
    "assistance.removal.aftercare.PURPOSE",
    "assistance.assessment.aftercare.PURPOSE",
    "assistance.stay_visits.purpose.PURPOSE",
)
#: What every visit has follow, whatever it serves (households.visits.followers.VisitFollower).
VISIT_FOLLOWERS: tuple[str, ...] = ("assistance.followups.new_risk.NEW_RISKS",)
#: Called in the transaction that ends a job (foundation.jobs.endings.JobFollower).
JOB_FOLLOWERS: tuple[str, ...] = (
    "monitoring.intake.job_kind.after_job",
    "monitoring.comparison.job_kind.after_job",
    "monitoring.runs.following.after_job",
    "assistance.imported.job_kind.after_job",
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
    "assistance.enrolment.chain.load_shipped",
    "assistance.removal.chain.load_shipped",
    "assistance.assessment.rule.check_shipped",
    "assistance.catalogue.book.check_shipped",
    "assistance.aid.feeds.check_shipped",
)
#: What files are attached to (foundation.files.owners.AttachmentOwner).
ATTACHMENT_OWNERS: tuple[str, ...] = (
    "foundation.desk.papers.GRANT_PAPERS",
    "households.signing.pictures.SIGNATURES",
    "households.visits.photos.PHOTOS",
    "households.lineage.papers.PAPERS",
    "households.moving.papers.PAPERS",
    "assistance.deciding.files.FILES",
    "assistance.deciding.correction_files.FILES",
    "assistance.applying.attaching.PAPERS",
    "assistance.evaluations.photos.PHOTOS",
    "assistance.notices.photos.PHOTOS",
    "assistance.enrolment.papers.PAPERS",
    "assistance.aid.files.AID_FILES",
    "assistance.imported.day_files.FILES",
)
#: What is signed at a household's table (households.signing.documents.SignedDocument).
SIGNED_DOCUMENTS: tuple[str, ...] = (
    "households.visits.signatures.SHEET",
    "households.authorisations.document.DOCUMENT",
    "assistance.applying.document.DOCUMENT",
    "assistance.aid.acknowledging.RECEIPT",
)

"""What parts of cases add to each other's pages, moves, papers and lists (assistance)."""

#: Sections of the page of a case (assistance.panels.CasePanel), and acts there (assistance.acts.CaseActs).
CASE_PANELS: tuple[str, ...] = (
    "assistance.ribbon.RIBBON",
    "assistance.applying.panel.APPLICATION",
    "assistance.checks.panel.CHECKS",
    "assistance.asked_panels.ASKED",
    "assistance.case_panels.CHECK_LIST",
    "assistance.deciding.panel.PANEL",
    "assistance.recategorising.panel.PANEL",
    "assistance.removal.panel.PANEL",
    "assistance.imported.day_panel.PANEL",
    "assistance.plans.panel.BOARD",
    "assistance.aid.panel.PANEL",
    "assistance.enrolment.deadlines.TIME",
    "assistance.notices.case_page.PANEL",
    "assistance.followups.panel.PANEL",
    "assistance.stay_visits.places.PANEL",
    "assistance.data_checks.panel.PANEL",
    "assistance.income.panel.PANEL",
    "assistance.lineage.panel.PANEL",
    "assistance.lineage.waiting.PANEL",
    "assistance.case_panels.MEMBERS",
    "assistance.case_panels.PAPERS",
    "assistance.disasters.page.PANEL",
    "assistance.helping.panel.PANEL",
    "assistance.case_panels.HISTORY",
    "assistance.files.panel.FILE",
)
CASE_ACTS: tuple[str, ...] = (
    "assistance.chain_acts.ACTS",
    "assistance.deciding.panel.ACTS",
    "assistance.notices.case_page.ACTS",
    "assistance.disasters.page.ACTS",
    "assistance.applying.panel.ACTS",
    "assistance.checks.panel.ACTS",
    "assistance.helping.panel.ACTS",
    "assistance.removal.panel.ACTS",
    "assistance.recategorising.panel.ACTS",
    "assistance.stay_visits.places.ACTS",
    "assistance.plans.panel.ACTS",
    "assistance.aid.panel.ACTS",
    "assistance.moving.case_acts.ACTS",
    "assistance.imported.day_panel.ACTS",
)
#: What a helper must know or do at a household, and what a hand-over names (assistance.helping.sentences.HelperLines).
HELPER_LINES: tuple[str, ...] = (
    "assistance.helping.sentences.of_cases",
    "assistance.helping.sentences.of_visits",
    "assistance.helping.promised.of_aid",
    "assistance.helping.promised.of_gaps",
    "assistance.helping.promised.of_objections",
    "assistance.followups.places.helper_lines",
    "assistance.income.places.helper_lines",
    "assistance.measures.places.helper_lines",
    "assistance.removal.places.helper_lines",
    "assistance.assessment.places.helper_lines",
    "assistance.removal.contacts.helper_lines",
)
#: What stands before moves of cases although their table lets them pass (assistance.enrolment.barriers.CaseBarrier).
CASE_BARRIERS: tuple[str, ...] = (
    "assistance.enrolment.barriers.MISSING_PIECES",
    "assistance.objections.selectors.CONTESTED",
    "assistance.removal.barriers.UNDER_WAY",
)
#: Called with cases that stand somewhere else now, in the transaction of their moves (assistance.enrolment.moved).
CASE_FOLLOWERS: tuple[str, ...] = (
    "assistance.enrolment.coupling.after_move",
    "assistance.applying.following.after_move",
    "assistance.disasters.alerts.after_moves",
    "assistance.deciding.letters.after_move",
    "assistance.followups.keeping.after_move",
    "assistance.telling.after_move",
    "assistance.helping.following.after_move",
    "assistance.measures.following.after_move",
    "assistance.data_checks.following.after_move",
    "assistance.aid.following.after_move",
)
#: Called with a case whose notice is to be posted again with corrected members (assistance.enrolment.basis).
CORRECTED_NOTICES: tuple[str, ...] = ("assistance.notices.correcting.correct_line",)
#: What landed of the measures of cases: (cases) → by case names and days, for the guards of a removal.
DELIVERED_MEASURES: tuple[str, ...] = (
    "assistance.measures.selectors.delivered_measures",
    "assistance.aid.selectors.delivered_aid",
)
#: What the file of a household is made of (assistance.files.parts.FilePart).
FILE_PARTS: tuple[str, ...] = (
    "assistance.files.household_parts.HOUSEHOLD",
    "assistance.files.household_parts.INCOME",
    "assistance.files.case_parts.WARNING",
    "assistance.files.household_parts.VISITS",
    "assistance.files.household_parts.AUTHORISATIONS",
    "assistance.files.check_parts.APPLICATION",
    "assistance.files.check_parts.CHECK",
    "assistance.files.meeting_parts.EVALUATION",
    "assistance.files.meeting_parts.NOTICE",
    "assistance.files.decision_parts.DECISION",
    "assistance.files.decision_parts.ANNOUNCEMENT",
    "assistance.removal.paper.PART",
    "assistance.helping.files.HELPERS",
    "assistance.plans.files.PLAN",
    "assistance.files.decision_parts.LETTERS",
    "assistance.files.case_parts.LETTERS",
    "assistance.files.case_parts.HISTORY",
)

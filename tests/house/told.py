"""What is said of single routes, for the scope walk: each a decision, with its reason."""

from tests.people import NEIGHBOUR_COUNTY

#: Routes that open to everybody. A new one is a decision: write it here, its reason at the door.
PUBLIC = {
    "health",
    "desk:home",
    "desk:sign_in",
    "desk:language",
    "desk:demo",
    "desk:one_press",
    "desk:walk",
    "desk:walk_leave",
    "scan",
    "public_notices",
    "public_objection",
    "public_answers",
    "cases:papers",
}
#: Routes that name places to everybody, each with the reason: what a township is called is no secret.
NAMES_PLACES = {
    "scan": "who scans a code reads whose telephone it is",
    "public_notices": "a notice names its village to everybody, and whose telephone it is",
    "public_objection": "likewise",
    "cases:papers": "which papers are still asked for is published for every county",
}
#: Routes that name people who work above the reader's own area, each with the reason. Nobody beside is ever named.
NAMES_ABOVE = {
    "desk:local_value": "who proposed and who decided is part of the proposal",
    "desk:local_value_move": "who proposed is part of the proposal",
    "desk:local_values": "who proposed a value is part of the proposal",
    "desk:person": "who stands in for somebody is named on their page",
    "desk:stand_ins": "who stands in for somebody is named in the list",
    "desk:vacancies": "who does the work of an empty post is named, up to the next level",
    "desk:grants": "who proposed a posting is part of the proposal",
    "desk:grant": "who proposed and who decided is part of the proposal",
    "codes:village": "who handed a leaflet over is named in the village's list",
    "leaflets:walk": "likewise, to who goes on with it",
    "leaflets:take_back": "who ticked is named to who takes it back",
    "households:household": "who looked at a household, and who corrected it, is named to who answers for it",
    "households:visit": "who visited a household is part of the visit",
    "households:visits": "who visited a household is part of the visit",
    "households:household_visits": "who visited a household is part of the visit",
    "households:visit_sheet": "who visited a household stands on its paper",
    "households:visit_write": "who works in the village and the township may have come along",
    "households:visit_amend": "likewise",
    "cases:attend": "who of the township was in the room is ticked from a list of names",
    "cases:correction": "who proposed that somebody was wrongly identified is part of the proposal",
    "cases:announcements_paper": "who announced is part of the announcement",
    "cases:reviews_paper": "who gathered a review is part of the review",
    "cases:case": "who helps the household, or is to, is named to who works there",
    "cases:helpers": "likewise",
    "cases:helper_name": "who may help from above the township is offered by name",
    "cases:helper_answer": "who named somebody is part of the question",
    "cases:helper_end": "who helps is named to who ends it",
    "cases:hand_overs": "who hands over to whom is what a hand-over is",
    "cases:hand_over": "likewise, and who began it",
    "cases:hand_over_new": "who may receive households from above the township is offered by name",
    "cases:hand_over_call_off": "who was to receive is named to who calls it off",
    "cases:national_of": "who entered a household in the national system is named to who goes on with it",
}
#: Routes on which looking is an act: each opening is an entry in the record, for those whose household it is.
LOOKING = {
    "households:household",
    "authorisations:authorisation",
    "alerts:alert",
    "alerts:glance",
    "alerts:review",
    "alerts:letter",
    "cases:case",
    "cases:conclusion",
    "cases:correction",
    "cases:removal",
    "cases:recategorisation",
    "cases:letter",
    "households:incomes",
    "households:visit",
    "cases:application",
    "cases:check",
    "cases:measures_of",
    "cases:record_aid",
    "cases:plan",
    "cases:plan_make",
    "cases:income_sheets",
    "cases:income_items",
    "cases:income_sheet",
    "households:household_visits",
    "api:households-detail",
    "api:residents-detail",
    "monitoring:rejects",
    "monitoring:finding",
    "monitoring:why_not",
}
#: What a reader might type after `?` to look past the fence; no answer may repeat a mark (world.py).
PRYING = (
    ("q=lin", {}),
    ("q=雀", {"HX-Request": "true"}),
    (f"area={NEIGHBOUR_COUNTY}&parent={NEIGHBOUR_COUNTY}&page_size=200", {}),
)
#: Routes that may answer 404 to who may open them, and why.
NOTHING = {
    "signatures:picture": "the signatures of the walk are owed still, and have no picture",
    "admin:autocomplete": "it completes the fields of forms, and there is none for this field",
    "desk:grant_thumbnail": "the papers of the walk are no pictures",
    "households:visit_thumbnail": "likewise",
    "cases:batch_thumbnail": "likewise",
    "cases:application_thumbnail": "the papers of the walk are no pictures",
    "monitoring:preview": "a file that is not handed in yet is shown to who uploaded it, and to nobody else",
    "monitoring:preview_drop": "likewise",
    "cases:helper_answer": "whoever was named answers, and nobody else",
    "desk:job_rejects": "rejected rows are for who asked for the import, and for nobody else",
}

"""What each app brings to the demonstration, as import strings."""

#: What the demonstration's departments and offices did, day by day (monitoring.demo.days.DemoDays).
DEMONSTRATION_DAYS: tuple[str, ...] = (
    "monitoring.demo.days.scenes",
    "alerts.demo.days.scenes",
    "assistance.demo.days.scenes",
    "assistance.demo.moving.scenes",
)
#: Numbers by standard that the demonstration's table has beside the findings (monitoring.demo.table.DemoColumn).
DEMONSTRATION_COLUMNS: tuple[str, ...] = ("alerts.demo.table.ALERTS",)
#: What stages say of the households of the stories, and how each puts them back
#: (households.demo.storytelling.StoryPart), the lowest first; a case ends before what it rests on is put back.
DEMONSTRATION_STORIES: tuple[str, ...] = (
    "households.demo.moving.MOVES",
    "households.demo.pairs.PAIRS",
    "households.demo.keeping.REGISTER",
    "monitoring.demo.keeping.FEEDS",
    "assistance.demo.help_part.HELP",
    "assistance.demo.removal_part.REMOVALS",
    "assistance.demo.keeping.CASES",
    "alerts.demo.visit_part.VISITS",
    "alerts.demo.authorisation_part.AUTHORISATIONS",
    "alerts.demo.keeping.ALERTS",
)
#: What stages bring to the first page of the demonstration (foundation.desk.demo_parts.DemoPart).
DEMONSTRATION: tuple[str, ...] = (
    "households.demo.page.PART",
    "monitoring.demo.page.PART",
    "alerts.demo.page.PART",
    "assistance.demo.page.PART",
)
#: Stops of the guided way through the demonstration, tuples in order (foundation.desk.walk.Stop).
DEMONSTRATION_WALK: tuple[str, ...] = (
    "alerts.demo.walk.STOPS",
    "assistance.demo.walk.STOPS",
)

"""Routes of the queue beside its list: acts on many, and what follows in a view."""

from django.urls import path

from alerts.views import bulk, queue, relocating, rules

urlpatterns = [
    path("views/", queue.view_counts, name="view_counts"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/acts/", bulk.bulk_acts, name="bulk_acts"),
    path("bulk/<int:pk>/", bulk.bulk_act, name="bulk_act"),
    path("bulk/<int:pk>/progress/", bulk.bulk_progress, name="bulk_progress"),
    path("bulk/<int:pk>/undo/", bulk.bulk_undo, name="bulk_undo"),
    path("rules/", rules.rules, name="rules"),
    path("rules/new/", rules.rule_new, name="rule_new"),
    path("rules/<int:pk>/", rules.rule, name="rule"),
    path("rules/<int:pk>/end/", rules.rule_end, name="rule_end"),
    path("relocations/<int:pk>/undo/", relocating.take_back, name="relocation_undo"),
    path("<int:pk>/relocate/", relocating.relocate, name="relocate"),
    path("<int:pk>/glance/", queue.glance, name="glance"),
    path("<int:pk>/next/", queue.following, name="next"),
]

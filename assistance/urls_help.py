"""Routes of help: ticking measures, the task list of an office, and plans of households."""

from django.urls import path

from assistance.views import measures, moving, plans

urlpatterns = [
    path("measures/", measures.tasks, name="measure_tasks"),
    path("measures/catalogue/", measures.catalogue, name="catalogue"),
    path("measures/of/<int:pk>/", measures.of_case, name="measures_of"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/whom/", measures.whom, name="measure_whom"),
    path("measures/<int:pk>/take-over/", moving.take_over, name="measure_take_over"),
    path("measures/<int:pk>/<slug:verb>/", measures.measure_move, name="measure_move"),
    path("plans/", plans.plans, name="plans"),
    path("plans/of/<int:pk>/", plans.make, name="plan_make"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/print/", plans.print_plan, {"form": "plan"}, name="plan_print"),
    path("plans/<int:pk>/card/", plans.print_plan, {"form": "card"}, name="plan_card"),
    path("plans/<int:pk>/<slug:verb>/", plans.plan_move, name="plan_move"),
]

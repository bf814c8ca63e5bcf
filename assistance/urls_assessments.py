"""Routes of batch assessments and of the exchange with civil affairs; they stand before those with a case's key."""

from django.urls import path

from assistance.views import assessments, rosters

urlpatterns = [
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments/declare/", assessments.declare, name="assessment_declare"),
    path("assessments/ends/", assessments.policy_ends, name="policy_ends"),
    path("assessments/households/<int:pk>/", assessments.household, name="assessed"),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
    path("assessments/<int:pk>/step/", assessments.step, name="assessment_step"),
    path("assessments/<int:pk>/print/", assessments.printed, name="assessment_print"),
    path("assessments/<int:pk>/go-on/", assessments.go_on, name="assessment_go_on"),
    path("assessments/<int:pk>/call-off/", assessments.call_off, name="assessment_call_off"),
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/hand-in/", rosters.hand_in, name="roster_hand_in"),
    path("rosters/take-out/", rosters.take_out, name="roster_take_out"),
    path("rosters/<int:pk>/", rosters.roster, name="roster"),
]

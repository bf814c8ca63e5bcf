"""Routes of helpers and of hand-overs."""

from django.urls import path

from assistance.views import hand_overs, helping, leaving_help

urlpatterns = [
    path("helpers/", helping.helpers, name="helpers"),
    path("helpers/name-many/", helping.name_many, name="helpers_name_many"),
    path("helpers/mine/", helping.mine, name="my_households"),
    path("helpers/of-case/<int:pk>/", helping.name, name="helper_name"),
    path("helpers/hand-overs/", hand_overs.hand_overs, name="hand_overs"),
    path("helpers/hand-overs/new/", hand_overs.new, name="hand_over_new"),
    path("helpers/hand-overs/<int:pk>/", hand_overs.hand_over, name="hand_over"),
    path("helpers/hand-overs/<int:pk>/call-off/", hand_overs.call_off, name="hand_over_call_off"),
    path("helpers/hand-overs/<int:pk>/sheet/", hand_overs.sheet, name="hand_over_sheet"),
    path("helpers/hand-overs/<int:pk>/letters/", hand_overs.letters, name="hand_over_letters"),
    path("helpers/hand-overs/<int:pk>/told/", hand_overs.told, name="hand_over_told"),
    path("helpers/hand-overs/<int:pk>/told/take-back/", leaving_help.not_all_told, name="hand_over_not_told"),
    path("helpers/<int:pk>/answer/", helping.answer, name="helper_answer"),
    path("helpers/left-behind/", leaving_help.left_behind, name="left_behind"),
    path("helpers/<int:pk>/leaving-sheet/", leaving_help.leaving_sheet, name="helper_leaving_sheet"),
    path("helpers/<int:pk>/told/take-back/", leaving_help.not_told, name="helper_not_told"),
    path("helpers/<int:pk>/end/", leaving_help.end, name="helper_end"),
    path("helpers/<int:pk>/call/", helping.call, name="helper_call"),
    path("helpers/<int:pk>/told/", leaving_help.told, name="helper_told"),
    path("helpers/<int:pk>/sheet/", helping.sheet, name="helper_sheet"),
]

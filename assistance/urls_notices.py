"""Routes of meetings, notices and objections."""

from django.urls import path

from assistance.evaluations.photos import PHOTOS as MEETING_PHOTOS
from assistance.notices.photos import PHOTOS as NOTICE_PHOTOS
from assistance.views import evaluations, notices, objections
from foundation.desk.views.attachments import attachment_routes

urlpatterns = [
    path("evaluations/", evaluations.evaluations, name="evaluations"),
    path("evaluations/call/<str:code>/", evaluations.call, name="call"),
    path("evaluations/hall/<str:word>/", evaluations.to_hall, name="hall"),
    path("evaluations/items/<int:pk>/vote/", evaluations.vote, name="vote"),
    path("evaluations/items/<int:pk>/off/", evaluations.off, name="evaluation_off"),
    *attachment_routes(MEETING_PHOTOS, "evaluations/"),
    path("evaluations/<int:pk>/", evaluations.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/attend/", evaluations.attend, name="attend"),
    path("evaluations/<int:pk>/more/", evaluations.more, name="evaluation_more"),
    path("evaluations/<int:pk>/conclude/", evaluations.conclude, name="conclude"),
    path("evaluations/<int:pk>/finish/", evaluations.finish, name="finish"),
    path("evaluations/<int:pk>/call-off/", evaluations.call_off, name="call_off"),
    path("evaluations/<int:pk>/sheet/", evaluations.sheet_pdf, name="evaluation_sheet"),
    path("evaluations/<int:pk>/minutes/", evaluations.minutes_pdf, name="evaluation_minutes"),
    path("notices/", notices.notices, name="notices"),
    path("notices/draw/<str:code>/", notices.draw, name="draw"),
    path("notices/items/<int:pk>/off/", notices.off, name="notice_off"),
    *attachment_routes(NOTICE_PHOTOS, "notices/"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/post/", notices.post, name="post_notice"),
    path("notices/<int:pk>/down/", notices.down, name="notice_down"),
    path("notices/<int:pk>/give-up/", notices.give_up, name="give_notice_up"),
    path("notices/<int:pk>/sheet/", notices.wall_pdf, name="notice_sheet"),
    path("notices/<int:pk>/object/", objections.enter, name="object"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<int:pk>/", objections.objection, name="objection"),
]

"""Routes of aid records, and of where promise and payment disagree."""

from django.urls import path

from assistance.aid.files import AID_FILES
from assistance.views import aid, aid_gaps
from foundation.desk.views.attachments import attachment_routes

urlpatterns = [
    *attachment_routes(AID_FILES, "aid/"),
    path("aid/", aid.records, name="aid_records"),
    path("aid/of/<int:pk>/", aid.record_for_case, name="record_aid"),
    path("aid/of-measure/<int:pk>/", aid.record_for_measure, name="record_aid_for"),
    path("aid/matching/", aid_gaps.gaps, name="aid_gaps"),
    path("aid/matching/<int:pk>/", aid_gaps.gap, name="aid_gap"),
    path("aid/matching/<int:pk>/<slug:verb>/", aid_gaps.settle, name="aid_settle"),
    path("aid/explained/<int:pk>/", aid_gaps.unexplain, name="aid_unexplain"),
    path("aid/<int:pk>/", aid.record, name="aid_record"),
    path("aid/<int:pk>/sign/", aid.sign, name="aid_sign"),
    path("aid/<int:pk>/<slug:verb>/", aid.act, name="aid_act"),
]

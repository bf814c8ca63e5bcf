"""Routes of departmental data."""

from django.urls import path

from monitoring.views import (
    datasets,
    decisions,
    deliveries,
    duties,
    findings,
    hand_in,
    headers,
    opened,
    rejects,
    rhythm,
    scorecard,
    standards,
)

app_name = "monitoring"
urlpatterns = [
    path("datasets/", datasets.datasets, name="datasets"),
    path("datasets/<slug:dataset>/", datasets.dataset, name="dataset"),
    path("datasets/<slug:dataset>/workbook/", datasets.workbook, name="workbook"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/hand-in/", hand_in.hand_in, name="hand_in"),
    path("deliveries/hand-in/period/", hand_in.period, name="hand_in_period"),
    path("deliveries/hand-in/<slug:kept>/", hand_in.look, name="preview"),
    path("deliveries/hand-in/<slug:kept>/drop/", hand_in.drop, name="preview_drop"),
    path("deliveries/headers/", headers.headers, name="headers"),
    path("deliveries/due/", rhythm.rhythm, name="rhythm"),
    path("deliveries/due/<slug:dataset>/", rhythm.calendar, name="calendar"),
    path("deliveries/scorecard/", scorecard.scorecard, name="scorecard"),
    path("deliveries/opened/", opened.opened, name="opened"),
    path("deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:pk>/rejects/", rejects.rejects, name="rejects"),
    path("deliveries/<int:pk>/rejects/workbook/", rejects.workbook, name="rejects_workbook"),
    path("deliveries/<int:pk>/replay/", decisions.replay, name="replay"),
    path("deliveries/<int:pk>/<slug:verb>/", decisions.delivery_move, name="delivery_move"),
    path("standards/", standards.standards, name="standards"),
    path("standards/sheet/", standards.standards_sheet, name="standards_sheet"),
    path("standards/<slug:standard>/", standards.standard, name="standard"),
    path("standards/<slug:standard>/precision/", standards.precision_sheet, name="precision_sheet"),
    path("duty-list/", duties.duty_list, name="duty_list"),
    path("duty-list/sheet/", duties.duty_sheet, name="duty_sheet"),
    path("findings/", findings.findings, name="findings"),
    path("findings/of-household/<int:pk>/", findings.why_not, name="why_not"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
]

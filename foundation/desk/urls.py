"""Routes of the desk."""

from django.urls import path

from foundation.desk.views import demo, grants, home, imports, inbox, jobs, own_account, sign_in

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("demo/", demo.demo, name="demo"),
    path("demo/sign-in/", demo.one_press, name="one_press"),
    path("demo/next-day/", demo.next_day, name="next_day"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("language/", sign_in.language, name="language"),
    path("look-at-area/", home.look_at_area, name="focus"),
    path("search/", home.search, name="search"),
    path("me/", own_account.me, name="me"),
    path("me/password/", own_account.password, name="password"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:pk>/", inbox.notice, name="notice"),
    path("inbox/all-read/", inbox.all_read, name="all_read"),
    path("inbox/preferences/", inbox.preferences, name="preferences"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/import-areas/", imports.import_areas, name="import_areas"),
    path("jobs/import-staff/", imports.import_staff, name="import_staff"),
    path("jobs/<uuid:uuid>/", jobs.job, name="job"),
    path("jobs/<uuid:uuid>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:uuid>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("jobs/<uuid:uuid>/retry/", jobs.job_retry, name="job_retry"),
    path("jobs/<uuid:uuid>/rejects/", jobs.job_rejects, name="job_rejects"),
    path("grants/", grants.grants_list, name="grants"),
    path("grants/<int:pk>/", grants.grant, name="grant"),
    path("grants/<int:pk>/<slug:verb>/", grants.grant_move, name="grant_move"),
]

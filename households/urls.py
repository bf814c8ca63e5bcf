"""Routes of the register."""

from django.urls import path

from foundation.desk.views.attachments import attachment_routes
from households.income.views import income, incomes
from households.lineage import views as family
from households.lineage.papers import PAPERS
from households.views import (
    benefits,
    corrections,
    erasing,
    households,
    members,
    numbers,
    picking,
    reveals,
)
from households.visits import draft_views as drafts
from households.visits import views as visits
from households.visits.photos import PHOTOS

app_name = "households"
urlpatterns = [
    path("", households.households, name="households"),
    path("pick/", picking.pick, name="pick"),
    path("number/", numbers.number_look, name="number_look"),
    path("<int:pk>/", households.household, name="household"),
    path("<int:pk>/correct/", corrections.household, name="household_correct"),
    path("<int:pk>/came/", members.arrival, name="member_came"),
    path("<int:pk>/family/", family.choose, name="family"),
    path("<int:pk>/family/split/", family.split, name="family_split"),
    path("<int:pk>/family/join/", family.join, name="family_join"),
    path("<int:pk>/family/merge/", family.merge, name="family_merge"),
    path("family/<int:pk>/", family.event, name="family_event"),
    path("family/<int:pk>/undo/", family.undo, name="family_undo"),
    *attachment_routes(PAPERS, "family/"),
    path("<int:pk>/income/", income, name="income"),
    path("<int:pk>/incomes/", incomes, name="incomes"),
    path("<int:pk>/phone/", reveals.phone, name="phone"),
    path("<int:pk>/visit/", visits.write, name="visit_write"),
    path("<int:pk>/visit/draft/", drafts.save, name="visit_draft"),
    path("<int:pk>/visit/anew/", drafts.discard, name="visit_anew"),
    path("<int:pk>/visits/", visits.of_household, name="household_visits"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/correct/", visits.amend, name="visit_amend"),
    path("visits/<int:pk>/annul/", visits.annul, name="visit_annul"),
    path("visits/<int:pk>/sheet/", visits.sheet, name="visit_sheet"),
    *attachment_routes(PHOTOS, "visits/"),
    path("members/<int:pk>/correct/", corrections.member, name="member_correct"),
    path("members/<int:pk>/number/correct/", corrections.number, name="member_number_correct"),
    path("members/<int:pk>/dibao/", benefits.benefit, {"kind": "dibao"}, name="member_dibao"),
    path("members/<int:pk>/tekun/", benefits.benefit, {"kind": "tekun"}, name="member_tekun"),
    path("members/<int:pk>/left/", members.departure, name="member_left"),
    path("members/<int:pk>/back/", members.take_back, name="member_back"),
    path("members/<int:pk>/erase/", erasing.erase, name="member_erase"),
    path("members/<int:pk>/number/", reveals.number, name="number"),
]

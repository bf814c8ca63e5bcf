"""A new model is drawn alone, and the picture that comes of it is the one that Django draws."""

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from foundation.accounts.migrating import new_models_drawn_alone


def model(name: str, *keys: str) -> ModelState:
    """A model with a number, and a key to each model of `keys`."""
    to = [(key, models.ForeignKey(f"tried.{key}", models.PROTECT, related_name=f"{name}s")) for key in keys]
    return ModelState("tried", name, [("id", models.BigAutoField(primary_key=True)), *to])


def drawn(state: ProjectState) -> dict[str, list[str]]:
    """Every model of a picture with all its fields, and the ways that lead back to it."""
    names = {each: (field.name for field in each._meta.get_fields()) for each in state.apps.get_models()}
    return {each.__name__: sorted(found) for each, found in names.items()}


@pytest.fixture
def standing() -> ProjectState:
    """A picture of three models in a line."""
    state = ProjectState()
    for each in (model("person"), model("home", "person"), model("visit", "home")):
        state.add_model(each)
    assert len(drawn(state)) == 3
    return state


def test_a_new_model_leaves_those_that_stand_and_is_known_to_them(standing):
    before = {each: standing.apps.get_model("tried", each) for each in ("person", "home", "visit")}
    with new_models_drawn_alone():
        standing.add_model(model("note", "person", "visit"))
    assert {each: standing.apps.get_model("tried", each) for each in before} == before
    note = standing.apps.get_model("tried", "note")
    assert note._meta.get_field("person").related_model is before["person"]
    del standing.apps
    assert drawn(standing)["visit"] == ["home", "id", "notes"], "as Django draws it anew"


def test_the_picture_is_the_one_that_django_draws_anew(standing):
    with new_models_drawn_alone():
        standing.add_model(model("note", "person", "visit"))
        standing.add_model(model("answer", "note"))
        standing.add_field("tried", "person", "born", models.DateField(null=True), True)
        standing.add_field("tried", "home", "head", models.ForeignKey("tried.note", models.PROTECT), True)
        standing.remove_model("tried", "answer")
        standing.add_model(model("answer", "note", "home"))
    quick = drawn(standing)
    del standing.apps
    assert quick == drawn(standing)


def test_whose_migrations_are_not_prepared_draws_as_before(standing):
    before = standing.apps.get_model("tried", "person")
    with new_models_drawn_alone():
        pass
    standing.add_model(model("note", "person"))
    assert standing.apps.get_model("tried", "person") is not before

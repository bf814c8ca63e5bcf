"""Migrations of a new database in half the time: a table that is new changes no table that stands.

Django keeps a picture of all models while it migrates, and draws it again after each step: for a new model it
follows every key from model to model, and as nearly everything here leads to `User`, it draws nearly all of them
again, for each of some two hundred tables. That was half of a first start.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState


@contextmanager
def new_models_drawn_alone() -> Iterator[None]:
    """Let a model that was never drawn be drawn by itself while the block lasts; all other changes stay Django's.

    Nothing that stands can refer to it yet, and its own keys find the models they lead to as they stand. What it
    adds to them, the way back, Django works out from all models together when it is next asked for.
    """
    ask = ProjectState._find_reload_model  # type: ignore[attr-defined]  # private: the stubs leave it out

    def which(
        state: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        drawn = state.apps.all_models.get(app_label, {})
        if not delay and model_name not in drawn:
            return {(app_label, model_name)}
        found: set[tuple[str, str]] = ask(state, app_label, model_name, delay)
        return found

    ProjectState._find_reload_model = which  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = ask  # type: ignore[attr-defined]

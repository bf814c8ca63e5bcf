"""Steps that our files declare have a name in both languages; a step that is called otherwise keeps its words."""

import tomllib
from collections.abc import Iterator

import pytest
from django.utils import translation

from foundation.accounts.models import Area
from foundation.workflow.models import Path
from foundation.workflow.paths import steps_of
from foundation.workflow.step_names import ENGLISH, called
from launch.environment import HOME


def declared() -> Iterator[str]:
    for folder in ("assistance/enrolment/chains", "assistance/removal/chains", "alerts/verification/paths"):
        for file in sorted((HOME / folder).glob("*.toml")):
            yield from (step["label"] for step in tomllib.loads(file.read_text(encoding="utf-8"))["step"])


def test_every_shipped_step_has_its_english_and_no_other() -> None:
    assert set(declared()) == set(ENGLISH)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "乡镇审核"), ("en", "Township review")])
def test_a_step_is_called_as_the_reader_reads_and_stored_as_declared(language: str, words: str) -> None:
    path = Path(steps=[{"code": "review", "label": "乡镇审核", "verb": "review"}])
    with translation.override(language):
        assert [step.label for step in steps_of(path)] == [words]
        assert called("镇级联席会商") == "镇级联席会商"
    assert path.steps[0]["label"] == "乡镇审核"


@pytest.mark.django_db
def test_paths_of_the_database_keep_what_was_declared(areas: dict[str, Area]) -> None:
    with translation.override("en"):
        for path in Path.objects.all():
            assert {step["label"] for step in path.steps} <= set(ENGLISH)

"""Every verb that the code writes into the record has a name people can read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from foundation.accounts.composition import parts
from foundation.desk.verbs import verb_label, verb_labels

#: Verbs put together at run time (f"area.{kind}") are not seen here; the tests of their module name them.
VERB = re.compile(r"[a-z_]+\.[a-z_]+")
PACKAGES = ("foundation", "households", "alerts", "assistance", "config")


def verbs_written() -> Iterator[tuple[str, str]]:
    """Yield each verb with its file: first argument of `Act` and of functions whose first parameter is `verb`."""
    for package in PACKAGES:
        for path in sorted((settings.ROOT / package).rglob("*.py")):
            yield from ((verb, str(path.relative_to(settings.ROOT))) for verb in _in(path))


def _in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    noting = {node.name for node in functions if node.args.args and node.args.args[0].arg == "verb"}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Act", *noting}:
            verb = next((key.value for key in call.keywords if key.arg == "verb"), None)
            for node in ast.walk(verb or (call.args[0] if call.args else call.func)):
                if isinstance(node, ast.Constant) and VERB.fullmatch(str(node.value)):
                    yield node.value


def test_verbs_are_found_at_all() -> None:
    found = {verb for verb, _path in verbs_written()}
    assert {"posting.granted", "posting.withdrawn", "staff.disabled", "staff.signed_in"} <= found


@pytest.mark.parametrize(("verb", "path"), sorted(set(verbs_written())))
def test_every_verb_has_a_name(verb: str, path: str) -> None:
    assert verb in verb_labels(), f"{path} writes {verb}: name it in the package's VERBS"


def test_moves_of_lifecycles_have_names_too() -> None:
    for lifecycle in parts("LIFECYCLES"):
        for move in lifecycle.moves:
            assert verb_label(lifecycle.ledger_verb(move.verb)) == str(move.label)

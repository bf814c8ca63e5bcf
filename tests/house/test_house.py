"""The house keeps its manners: what each file says of itself, how things are called, how long they grow."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from tests.house.house import named, product_files, python_files, tree, written_files

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared"}
FILE_LINES, FUNCTION_LINES, CLASS_LINES = 300, 50, 150
#: Files and functions that may be longer, each with its reason. An entry that is no longer needed fails.
LONGER: dict[str, str] = {}


def test_every_module_says_what_it_is_for():
    silent = [named(file) for file in written_files() if file.read_text().strip() and not _doc(tree(file))]
    assert not silent


def test_everything_public_says_what_it_does():
    silent = [
        f"{named(file)}: {node.name}"
        for file in product_files()
        for node in _public(tree(file))
        if not _doc(node)
    ]
    assert not silent


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert not [named(file) for file in python_files() if {file.stem, file.parent.name} & BANNED_NAMES], (
        "Name a module for its subject in the field."
    )


def test_files_functions_and_classes_stay_short():
    long = {name: lines for file in written_files() for name, lines, limit in _sizes(file) if lines > limit}
    assert long.keys() - LONGER.keys() == set(), f"Split these, or give a reason in LONGER: {long}"
    assert LONGER.keys() - long.keys() == set(), "These are short again: take them out of LONGER."


def test_migrations_are_named_for_what_they_do():
    numbered = [
        file for file in python_files() if file.parent.name == "migrations" and file.stem != "__init__"
    ]
    assert numbered
    assert not [
        named(file)
        for file in numbered
        if "_auto_" in file.stem or not re.fullmatch(r"\d{4}(_[a-z0-9]+)+", file.stem)
    ]


def test_constraints_read_as_sentences():
    """The database quotes the name when it refuses, so the name is the rule: a_loan_ends_after_it_begins."""
    opening = r"(an?|the|there|nobody|nothing|only|no|one|every|each|who|what|where)"
    odd = [
        constraint.name
        for model in apps.get_models()
        if model.__module__.split(".")[0] in _own_packages()
        for constraint in model._meta.constraints
        if not re.fullmatch(rf"{opening}(_[a-z0-9]+){{2,}}", constraint.name)
    ]
    assert not odd


def test_no_rule_hides_in_the_saving_of_a_row():
    written = {
        model.__name__: sorted({"save", "delete"} & vars(model).keys())
        for model in apps.get_models()
        if model.__module__.split(".")[0] in _own_packages()
    }
    assert not {name: methods for name, methods in written.items() if methods}


def test_nothing_listens_to_signals():
    assert not [named(file) for file in product_files() if "django.db.models.signals" in file.read_text()]


def _own_packages() -> set[str]:
    return {named(file).split("/")[0] for file in product_files()}


def _doc(node: ast.AST) -> str | None:
    return ast.get_docstring(node)


def _public(body: ast.AST) -> Iterator[ast.AST]:
    """Yield public classes and functions, and the public methods of public classes."""
    for node in ast.iter_child_nodes(body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta":
            yield node
            yield from _public(node)


def _sizes(file: object) -> Iterator[tuple[str, int, int]]:
    yield named(file), len(file.read_text().splitlines()), FILE_LINES
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            yield f"{named(file)}: {node.name}", node.end_lineno - node.lineno + 1, limit

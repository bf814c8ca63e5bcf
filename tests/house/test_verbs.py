"""Every verb that the code writes into the record has words for the people who read it, and no other has."""

import ast
import re

from foundation.accounts.composition import parts
from foundation.desk.verbs import verb_labels
from tests.house.house import product_files, tree

#: Functions whose first arguments name a verb.
WRITERS = {"Act", "_note", "record_act"}
VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def written() -> tuple[set[str], set[str]]:
    """Return the verbs in the code, and the beginnings (“job.”) of those that it puts together."""
    verbs, beginnings = set(), set()
    calls = (node for file in product_files() for node in ast.walk(tree(file)) if isinstance(node, ast.Call))
    for call in calls:
        if getattr(call.func, "id", getattr(call.func, "attr", "")) not in WRITERS:
            continue
        for node in (each for argument in call.args[:2] for each in ast.walk(argument)):
            if isinstance(node, ast.Constant) and VERB.fullmatch(str(node.value)):
                verbs.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return verbs, {start for start in beginnings if re.fullmatch(r"[a-z_]+\.", start)}


def test_every_verb_of_the_record_is_named():
    verbs, beginnings = written()
    assert len(verbs) > 20
    labels = verb_labels()
    assert not verbs - labels.keys(), "Name them in the storey's verbs.py (composition LEDGER_VERBS)."
    assert not [start for start in beginnings if not any(verb.startswith(start) for verb in labels)]


def test_no_verb_is_named_that_nobody_writes():
    verbs, beginnings = written()
    named = {verb for labels in parts("LEDGER_VERBS") for verb in labels}
    assert not [verb for verb in named - verbs if not verb.startswith(tuple(beginnings))]

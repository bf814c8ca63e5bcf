"""What our own modules write into the log: a sentence that stands in the program, filled with ids, counts and kinds."""

import ast

import pytest

from tests.house.house import named, product_files, tree

_LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
#: What may be filled in: ids of rows and jobs, digests, counts, kinds of faults, names of our own modules.
_ALLOWED = {
    *("job", "job.uuid", "self._lease.row", "lease.row", "reference", "name", "copy.pk", "standard.code"),
    *("batch.digest", "batch.delivery_id", "type(fault).__name__"),
    *("gone", "off", "bad"),  # counts: files of the log that went, guards of the record, entries of it
}


def _calls() -> list[tuple[str, ast.Call]]:
    return [
        (f"{named(file)}:{node.lineno}", node)
        for file in product_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and _logs(node.func)
    ]


def _logs(called: ast.expr) -> bool:
    """Say whether what is called writes into a log."""
    if not isinstance(called, ast.Attribute) or called.attr not in _LEVELS:
        return False
    return isinstance(called.value, ast.Name) and called.value.id in ("log", "logger", "_log", "logging")


def test_there_are_calls_to_look_at() -> None:
    assert len(_calls()) > 10


@pytest.mark.parametrize(("where", "call"), _calls(), ids=[where for where, _call in _calls()])
def test_16_2_5_a_line_is_a_fixed_sentence_with_ids_and_counts(where: str, call: ast.Call) -> None:
    sentence, *filled = call.args
    assert isinstance(sentence, ast.Constant), f"{where}: the sentence is put together"
    unknown = {ast.unparse(each) for each in filled} - _ALLOWED
    assert not unknown, f"{where}: is {unknown} an id, a count or a kind? Then name it in this test."

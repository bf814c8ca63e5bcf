"""The process that takes workbooks apart says the same mark as its callers, and starts alone."""

import ast
from pathlib import Path

from foundation.tables import workbook
from foundation.tables.columns import LOST_DIGITS


def test_both_sides_know_the_same_mark() -> None:
    source = Path(workbook._PROCESS).read_text(encoding="utf-8")
    values = {
        node.targets[0].id: node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.targets[0], ast.Name)
    }
    assert values["LOST_DIGITS"] == LOST_DIGITS
    assert "import foundation" not in source
    assert "from foundation" not in source

"""Edges (pages, API, administration, tasks) find rows through scope, and templates hold no code.

The rule for rows: an edge may name a table's rows only as `Model.objects.visible_to(user)…`, inside
`get_visible_or_404(Model.objects…)`, or as the `queryset` of a scoped API view, which applies `visible_to`
itself. Everything else is a selector or a stage function that takes the person first, where scope can be read
and tested. Commands act as a built-in account and are let off; they still call one stage function.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.house.house import named, product_files, templates, tree

#: Ways round the scoped managers.
BACK_DOORS = {"_base_manager", "_default_manager", "raw", "cursor", "all_objects"}
TEMPLATE_LINES = 120
FORBIDDEN_IN_TEMPLATES = {
    "a style attribute (put a class into static/css)": r"\sstyle\s*=",
    "an inline handler (the policy would stop it)": r"\son[a-z]+\s*=",
    "hx-on (evaluates text)": r"hx-on|hx-vals\s*=\s*['\"]js:",
    "a script of the page's own (put it into static/js)": r"<script(?![^>]*\b(src|nonce)=)",
    "a style of the page's own": r"<style(?![^>]*\bnonce=)",
    "unescaped text": r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b",
    "a script address": r"javascript:",
}


def edges() -> list[Path]:
    """Return the modules that answer requests."""
    return [
        file
        for file in product_files()
        if "views" in (file.stem, file.parent.name)
        or re.fullmatch(r"api|api_.*|admin|admin_.*|forms|tasks|context", file.stem)
        or file.parent.name in ("api", "admin", "forms")
    ]


def test_there_are_edges_to_look_at():
    assert len(edges()) > 3


@pytest.mark.parametrize("file", edges(), ids=named)
def test_rows_begin_at_scope(file):
    parents = {child: node for node in ast.walk(tree(file)) for child in ast.iter_child_nodes(node)}
    odd = [
        f"{named(file)}:{node.lineno}"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute)
        and (node.attr in BACK_DOORS or (node.attr == "objects" and not _scoped(node, parents)))
    ]
    assert not odd, "Begin at visible_to(user), or ask a selector."


def test_the_rule_for_rows_can_tell(tmp_path):
    told = {
        "Area.objects.visible_to(user).count()": True,
        "get_visible_or_404(Area.objects.living(), user, code='99')": True,
        "class Api:\n    queryset = Area.objects.all()": True,
        "Area.objects.filter(code='99')": False,
        "list(Area.objects.all())": False,
    }
    for text, right in told.items():
        module = ast.parse(text)
        parents = {child: node for node in ast.walk(module) for child in ast.iter_child_nodes(node)}
        found = [n for n in ast.walk(module) if isinstance(n, ast.Attribute) and n.attr == "objects"]
        assert [_scoped(node, parents) for node in found] == [right], text


@pytest.mark.parametrize("template", templates(), ids=named)
def test_templates_are_plain(template):
    text = re.sub(
        r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", template.read_text(), flags=re.DOTALL
    )
    found = [why for why, pattern in FORBIDDEN_IN_TEMPLATES.items() if re.search(pattern, text)]
    assert not found
    assert len(template.read_text().splitlines()) <= TEMPLATE_LINES


def test_text_is_declared_safe_only_with_a_reason():
    odd = [
        f"{named(file)}: {line.strip()}"
        for file in product_files()
        for line in file.read_text().splitlines()
        if re.search(r"\bmark_safe\(", line) and not re.search(r"noqa: S308  \(.+\)", line)
    ]
    assert not odd


def _scoped(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Follow the chain that begins at `Model.objects` to its end, and look at where it stands."""
    while True:
        above = parents.get(node)
        if isinstance(above, ast.Attribute):
            if above.attr == "visible_to":
                return True
            node = above
        elif isinstance(above, ast.Call) and above.func is node:
            node = above
        else:
            break
    if isinstance(above, ast.Call):
        return getattr(above.func, "id", getattr(above.func, "attr", "")) == "get_visible_or_404"
    return (
        isinstance(above, ast.Assign)
        and [getattr(target, "id", "") for target in above.targets] == ["queryset"]
        and isinstance(parents.get(above), ast.ClassDef)
    )

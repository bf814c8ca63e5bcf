"""Edges (pages, API, administration, tasks) find rows through scope, and templates hold no code.

The rule for rows. An edge names the rows of a table only

* as `Model.objects.visible_to(user)…` or `Model.objects.filter(within(field, codes))…`, which is scope itself;
* for `get_visible_or_404`, directly or by a name of the same function;
* as the `queryset` of a scoped API view, which applies `visible_to` itself;
* in a filter, a function whose first argument is `rows`: it narrows rows that were scoped before.

Everything else is a selector or a stage function that takes the person first, where scope can be read and
tested. Commands act as a built-in account and are let off; they still call one stage function.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.house.house import named, product_files, templates, tree

#: Ways round the scoped managers.
BACK_DOORS = {"_base_manager", "raw", "cursor", "all_objects"}
MANAGERS = {"objects", "_default_manager"}
#: Tables without an area, the same for everybody, each with the reason.
PLACELESS = {"Department": "every county has the same list of kinds of departments"}
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
        and (node.attr in BACK_DOORS or (node.attr in MANAGERS and not _scoped(node, parents)))
    ]
    assert not odd, "Begin at visible_to(user), or ask a selector."


def test_the_rule_for_rows_can_tell(tmp_path):
    told = {
        "Area.objects.visible_to(user).count()": True,
        "get_visible_or_404(Area.objects.living(), user, code='99')": True,
        "class Api:\n    queryset = Area.objects.all()": True,
        "def row(user):\n    found = Area.objects.living()\n    return get_visible_or_404(found, user)": True,
        "def row(user):\n    found = Area.objects.living()\n    return found.get(pk=1)": False,
        "Area.objects.filter(within('code', codes)).order_by('code')": True,
        "def _now(rows, wanted):\n    return rows.filter(pk__in=Posting.objects.in_force())": True,
        "Department.objects.all()": True,
        "User.objects.built_in('system')": True,
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


def _scoped(node: ast.Attribute, parents: dict[ast.AST, ast.AST]) -> bool:
    """Say whether what is named at `Model.objects` begins at scope, by the rule above."""
    if getattr(node.value, "id", "") in PLACELESS:
        return True
    last, methods = _chain(node, parents)
    if methods & {"visible_to", "built_in"} or "filter(within" in methods:
        return True
    above = parents.get(last)
    if isinstance(above, ast.Call) and _called(above) == "get_visible_or_404":
        return True
    function = _function(node, parents)
    if function is not None and function.args.args and function.args.args[0].arg == "rows":
        return True
    if not isinstance(above, ast.Assign):
        return False
    names = {getattr(target, "id", "") for target in above.targets}
    in_class = isinstance(parents.get(above), ast.ClassDef)
    return (in_class and names == {"queryset"}) or (function is not None and _guarded(function, names))


def _chain(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> tuple[ast.AST, set[str]]:
    """Follow the calls that begin at `node` to the last, and return it with the names of the methods."""
    methods = set()
    while True:
        above = parents.get(node)
        if isinstance(above, ast.Attribute):
            methods.add(above.attr)
        elif isinstance(above, ast.Call) and above.func is node:
            if getattr(node, "attr", "") == "filter" and any(
                _called(each) == "within" for each in above.args
            ):
                methods.add("filter(within")
        else:
            return node, methods
        node = above


def _function(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.FunctionDef | None:
    while node is not None and not isinstance(node, ast.FunctionDef):
        node = parents.get(node)
    return node


def _guarded(function: ast.FunctionDef, names: set[str]) -> bool:
    """Say whether one of `names` goes through a door in `function`."""
    return any(
        isinstance(call, ast.Call)
        and _called(call) == "get_visible_or_404"
        and getattr(call.args[0], "id", "") in names
        for call in ast.walk(function)
    )


def _called(call: ast.AST) -> str:
    function = getattr(call, "func", None)
    return getattr(function, "id", getattr(function, "attr", ""))

"""README is true: what its tree names exists, what the code reads from the environment it explains."""

import re

from tests.house.house import ROOT, named, product_files

README = (ROOT / "README.md").read_text()
READS = re.compile(
    r"""(?:environ\.get\(|environ\[|getenv\(|_required\(|\benv\.get\()\s*["']([A-Z][A-Z0-9_]+)["']"""
)
#: Variables that belong to the system or to a tool, and are not ours to explain.
NOT_OURS = {
    "PATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
    "XDG_RUNTIME_DIR",
    "HOME",
    "USER",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "DJANGO_SETTINGS_MODULE",
    "TERM",
    "NO_COLOR",
}
#: Variables that `./run` sets for the processes it starts; nobody types them.
INTERNAL = {
    "SHOUWANG_SECRET_KEY_FILE",
    "SHOUWANG_APP_ROLE",
    "SHOUWANG_PROCESS",
    "SHOUWANG_STATIC_CHECKS",
    "SHOUWANG_THROWAWAY",
    "PROMETHEUS_MULTIPROC_DIR",
}


def tree_of_readme() -> list[str]:
    """Return the paths that README's tree of the house names, one a line, before the explanation."""
    blocks = re.findall(r"```\w*\n(.*?)```", README, flags=re.DOTALL)
    block = next((block for block in blocks if "foundation/" in block), "")
    paths, above = [], []
    for line in filter(str.strip, block.splitlines()):
        bare = re.sub(r"[│├└─]", " ", line)
        depth = (len(bare) - len(bare.lstrip())) // 2
        names = re.match(r"((?:[\w.\-/]+ +)*?[\w.\-/]+)(?=  |$)", bare.strip())
        above = above[:depth]
        found = names.group(1).split() if names else []
        paths += ["/".join([*above, name.strip("/")]) for name in found]
        if names and names.group(1).endswith("/"):
            above = [*above, names.group(1).strip("/")]
    return paths


def test_the_tree_of_readme_exists():
    named_there = tree_of_readme()
    assert len(named_there) > 10, "README shows the house as a tree in a code block."
    assert not [path for path in named_there if not (ROOT / path).exists()]


def test_the_stages_are_all_in_readme():
    assert not [
        stage for stage in ("报送", "比对", "预警", "核实", "纳入", "帮扶", "风险消除") if stage not in README
    ]


def test_what_the_code_reads_from_the_environment_is_explained():
    read = {name for file in product_files() for name in READS.findall(file.read_text())}
    assert "SHOUWANG_TODAY" in read
    explained = set(re.findall(r"[A-Z][A-Z0-9_]+", README))
    assert not sorted(read - NOT_OURS - INTERNAL - explained)


def test_links_between_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{named(document)} → {link}"
        for document in documents
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text())
        if not (document.parent / link).exists()
    ]
    assert not dead

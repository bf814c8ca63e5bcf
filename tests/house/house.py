"""The files of the house, as the house tests read them: no virtual environment, no packages, no data."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"node_modules", "var", "locale", "__pycache__", "static"}
#: Packages of the product; tests and benchmarks are held to some rules only.
WITHOUT_PRODUCT = {"tests", "bench"}


@cache
def python_files() -> tuple[Path, ...]:
    """Return every Python file of ours, migrations included."""
    found = [file for folder in _folders() for file in folder.rglob("*.py")]
    return tuple(sorted(file for file in (*ROOT.glob("*.py"), *found) if not set(_parts(file)) & NOT_OURS))


def product_files() -> list[Path]:
    """Return the Python files of the product: neither tests, nor benchmarks, nor migrations."""
    return [
        file
        for file in python_files()
        if not set(_parts(file)) & WITHOUT_PRODUCT and "migrations" not in _parts(file)
    ]


def written_files() -> list[Path]:
    """Return the Python files that people write: everything but migrations."""
    return [file for file in python_files() if "migrations" not in _parts(file)]


def templates() -> list[Path]:
    """Return every template of ours."""
    return sorted(file for file in (ROOT / "templates").rglob("*") if file.is_file())


@cache
def tree(file: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(file.read_text())


def named(file: Path) -> str:
    """Return a file's path as a message names it."""
    return file.relative_to(ROOT).as_posix()


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file, methods and inner ones included."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _folders() -> list[Path]:
    return [
        each
        for each in ROOT.iterdir()
        if each.is_dir() and not each.name.startswith(".") and each.name not in NOT_OURS
    ]


def _parts(file: Path) -> tuple[str, ...]:
    return file.relative_to(ROOT).parts

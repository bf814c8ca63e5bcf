"""The ugly files under tests/monitoring/ugly, and what each must become."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "ugly"


@dataclass(frozen=True)
class Ugly:
    """A file and its expectation: `told` is the TOML beside it, in the words of datasets.md section 6."""

    path: Path
    told: dict[str, Any]

    @property
    def refused(self) -> bool:
        """Whether the whole file cannot be read."""
        return bool(self.told.get("refused"))

    def rejected(self) -> dict[tuple[str, int], list[str]]:
        """Return the reasons of each rejected row by sheet and line."""
        return {(row.get("sheet", ""), row["line"]): row["reasons"] for row in self.told.get("rejected", ())}


def ugly_files() -> dict[str, Ugly]:
    """Return every file that has an expectation, by its name."""
    found = {}
    for told in sorted(FOLDER.glob("*.toml")):
        (path,) = (each for each in FOLDER.glob(f"{told.stem}.*") if each != told)
        found[path.name] = Ugly(path, tomllib.loads(told.read_text(encoding="utf-8")))
    return found


def by_reason(rows: Iterable[Iterable[str]]) -> dict[str, int]:
    """Count rows by reason."""
    return dict(Counter(reason for row in rows for reason in row))

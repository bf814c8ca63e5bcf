"""Write docs/lifecycles.md: every table of moves as a diagram and a list, from the tables themselves."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from foundation.accounts.composition import parts
from foundation.workflow.lifecycle import Lifecycle, mermaid

TARGET = settings.ROOT / "docs" / "lifecycles.md"


class Command(BaseCommand):
    """Run after a lifecycle changed; a test compares the file with the tables."""

    help = "Draw all lifecycles into docs/lifecycles.md."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the document."""
        TARGET.write_text(drawn(), encoding="utf-8")
        self.stderr.write(f"{TARGET.relative_to(settings.ROOT)} is drawn anew.")


def drawn() -> str:
    """Return the whole document in English."""
    with override("en"):
        pages = [_page(lifecycle) for lifecycle in parts("LIFECYCLES")]
    head = "# Lifecycles\n\nDrawn from the tables by `./run manage draw_lifecycles`; do not edit by hand.\n\n"
    return head + "\n".join(pages)


def _page(lifecycle: Lifecycle) -> str:
    rows = [
        f"| {move.verb} | {move.label} | {', '.join(sorted(move.sources))} | {move.target or 'stays'} "
        f"| {move.right.label} | {', '.join(move.needs)} | {move.checker_of or ''} | {move.clause} |"
        for move in lifecycle.moves
    ]
    return (
        f"## {lifecycle.label} (`{lifecycle.name}`)\n\n```mermaid\n{mermaid(lifecycle)}```\n\n"
        "| verb | label | from | to | right | needs | never by the maker of | clause |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"
    )

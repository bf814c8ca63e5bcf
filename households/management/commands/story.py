"""`story S1`: tell how a story of the demonstration stands; `story S1 --reset`: put it back to its day."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.accounts.commands import StageCommand
from foundation.accounts.models import User
from foundation.accounts.progress import Progress
from households.demo import storytelling


class Command(StageCommand):
    """Tell a story of the demonstration, or put it back; needs the demonstration's mark on the database."""

    help = "Tell how a story of the demonstration stands, or put it back to its day with --reset."

    def add_stage_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare which story, and whether it is put back."""
        parser.add_argument("story", metavar="STORY", help=_("S1, S2, … as in docs/stories.zh.md"))
        parser.add_argument(
            "--reset", action="store_true", help=_("put the story back to the demonstration's first day")
        )

    def act(self, *, by: User, progress: Progress, **options: Any) -> Mapping[str, Any]:
        """Put the story back where that is asked for, and tell it, in Chinese as the pages are."""
        story = options["story"]
        with override("zh-hans"):
            back = storytelling.put_back(story, by=by) if options["reset"] else {}
            return {"story": story, "homes": storytelling.tell(story)} | back

    def sentences(self, answer: Mapping[str, Any]) -> Iterable[str]:
        """Tell each household with what each stage says of it, after what was put back and what was not."""
        with override("zh-hans"):
            return list(_sentences(answer))


def _sentences(answer: Mapping[str, Any]) -> Iterable[str]:
    yield from (_("Put back: %(act)s") % {"act": act} for act in answer.get("done", ()))
    if "done" in answer and not answer["done"] and not answer["left"]:
        yield _("It stands as on the demonstration's day: nothing was to be put back.")
    for left in answer.get("left", ()):
        yield _("Not put back: %(what)s (./run reset begins anew)") % {"what": left}
    for home in answer["homes"]:
        yield f"{home['story']} {home['head']} {home['household']} {home['place']}"
        for line in home["lines"]:
            yield f"  · {line['state']}"
            if line["next"]:
                yield f"    → {line['next']} ({line['who']})  {line['page']}"
            else:
                yield f"    {line['page']}"

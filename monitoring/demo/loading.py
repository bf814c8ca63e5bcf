"""Play the days of the departments in the demonstration: every act on its day, in the name of who did it.

Every act knows whether it is done: killed in the middle, the next call goes on from there, and a call where all is
done does nothing.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.demo.story import JOINED_LATER
from foundation.accounts.models import Posting, User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.accounts.scope import within
from households.demo.records import AS_OF
from households.models import Revision
from monitoring.demo.days import FIRST_DAY, Scene, run_what_waits
from monitoring.demo.register import Register
from monitoring.intake import recounting


def load_demo_feeds(*, by: User, if_demo: bool = False, progress: Progress = unseen) -> dict[str, int]:
    """Bring the demonstration to its last day; returns how many acts there are, and how many were played now.

    Refused for anybody but the platform itself, and where the made register is not; with `if_demo` the second is
    no refusal, but nothing is done.
    """
    if not by.is_built_in:
        raise Refused(_("The demonstration is loaded by the platform itself: leave --as out."))
    households = households_of_the_register() if clock.is_demonstration() and _has_the_officers() else 0
    if not households:
        if if_demo:
            return {"acts": 0, "played": 0}
        raise Refused(
            _("Invented files are taken only into a demonstration of this version with its register.")
        )
    acts = whole_story(Register(households))
    whole, before, played = sum(scene.share for scene in acts), 0, 0
    for scene in acts:
        if not scene.done():
            with clock.at(scene.day), override("zh-hans"):  # what people of the county wrote down
                scene.play()
            played += 1
        before += scene.share
        progress(before, whole)
    if played:
        with clock.at(acts[-1].day):
            run_what_waits(recounting.CODE)
    return {"acts": len(acts), "played": played}


def whole_story(register: Register) -> list[Scene]:
    """Return the acts of every package in the order in which they happened."""
    acts = [scene for days in parts("DEMONSTRATION_DAYS") for scene in days(register)]
    return sorted(acts, key=lambda scene: (scene.day, scene.part))


def _has_the_officers() -> bool:
    """Say whether the departments that joined last have their officers: demonstrations of older versions had none."""
    with clock.at(FIRST_DAY):
        posts = Posting.objects.in_force().filter(role=Role.DEPARTMENT_OFFICER, area=COUNTY)
        return set(JOINED_LATER) <= set(posts.values_list("department", flat=True))


def households_of_the_register() -> int:
    """Return how many households the county's made register has; 0 where it was not taken in."""
    files = Revision.objects.filter(kind=Revision.Kind.REGISTER_FILE, as_of=AS_OF)
    rows = files.filter(within("area__code", [COUNTY]))
    counts = rows.order_by("pk").values_list("counts", flat=True).first()
    return int(counts["households_created"]) if counts else 0

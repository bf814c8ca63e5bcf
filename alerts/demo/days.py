"""What people of the demonstration did about warnings, in between the nights (monitoring.demo.days.DemoDays)."""

from collections.abc import Sequence

from alerts.demo import in_vain, village
from alerts.demo.acts import StoryAct
from alerts.demo.plot import PLOT
from households.models import Household
from monitoring.demo.days import MORNING, Scene
from monitoring.demo.register import Register


def scenes(register: Register) -> Sequence[Scene]:
    """Return the acts of every story; a household that the register does not have is passed over."""
    return [
        *(_scene(code, act) for code, acts in PLOT.items() for act in acts),
        *in_vain.scenes(),
        *village.scenes(),
    ]


def _scene(code: str, act: StoryAct) -> Scene:
    def is_done() -> bool:
        home = _home(code)
        return home is None or act.done(home)

    def play() -> None:
        home = _home(code)
        if home is not None:
            act.play(home)

    return Scene(act.day, MORNING, 1, is_done, play)


def _home(code: str) -> Household | None:
    return Household.objects.living().filter(code=code).first()

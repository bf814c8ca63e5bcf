"""What a decision lets follow, said before it is made; sentences name people whom the reader may see, else masked."""

from collections.abc import Iterable

from django.utils.translation import pgettext

from foundation.accounts.models import User
from households.identity.masking import masked_name
from households.lineage.followers import Consequence, foreseen
from households.lineage.looking_back import brought_back
from households.lineage.plans import Plan
from households.lineage.undoing import why_not
from households.lineage.wording import sentences
from households.models import Duplicate, Household, PairDecision
from households.pairs.selectors import person_of

Outcome = PairDecision.Outcome


def foretold(pair: Duplicate, outcome: str, plan: Plan | None, user: User) -> list[Consequence]:
    """Say what a decision writes and lets follow: by its plan, or (None) that nothing changes; and who is told."""
    told = (
        [*sentences(plan), *foreseen(plan, user)] if plan is not None else list(_stays(pair, outcome, user))
    )
    about = pgettext("pair", "Who is told")
    told.append(Consequence(about, pgettext("pair", "Who answers for the two villages is told.")))
    if outcome == Outcome.WRONG_NUMBER and pair.revision_id is not None:
        said = pgettext("pair", "Who handed in the file is told that a number in it may be wrong.")
        told.append(Consequence(about, said))
    return told


def back(decision: PairDecision, user: User) -> list[str]:
    """Say what comes back where a decision is taken back, and that the pair waits again."""
    told = (
        brought_back(decision.event, user)
        if decision.event is not None
        else [
            pgettext("pair", "The decision wrote nothing to the register: nothing changes there."),
        ]
    )
    told.append(pgettext("pair", "The pair waits again, to be decided or passed up."))
    return told


def why_not_back(decision: PairDecision) -> str:
    """Say why a decision cannot be taken back now, or return "": what came later is taken back first."""
    return why_not(decision.event) if decision.event is not None else ""


def name_of(pair: Duplicate, user: User) -> str:
    """Return what the person is called: in full where `user` may see the household that has them."""
    person = person_of(pair)
    sees = Household.objects.visible_to(user).filter(pk=pair.household_id).exists()
    return person.shown_name if person is not None and sees else masked_name(pair.claimed_name)


def _stays(pair: Duplicate, outcome: str, user: User) -> Iterable[Consequence]:
    about = pgettext("lineage", "People")
    home = Household.objects.visible_to(user).filter(pk=pair.household_id).first()
    code = home.code if home is not None else pgettext("lineage", "a household of another area")
    told = {"name": name_of(pair, user), "code": code}
    if outcome == Outcome.DIFFERENT:
        said = pgettext("pair", "Both stay members of their households, and the pair is not found again.")
    elif outcome == Outcome.WRONG_NUMBER:
        said = pgettext(
            "pair",
            "Nothing is written: who may correct household %(code)s is asked to correct the ID number.",
        )
    else:
        said = pgettext("pair", "%(name)s stays a member of household %(code)s; nothing is written.")
    yield Consequence(about, said % told, grave=outcome == Outcome.WRONG_NUMBER)

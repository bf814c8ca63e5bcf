"""What the acts on the grid are called in the record."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "grid.drawn": pgettext_lazy("ledger", "cells of the grid drawn"),
    "grid.changed": pgettext_lazy("ledger", "cell of the grid changed"),
    "grid.closed": pgettext_lazy("ledger", "cell of the grid closed"),
    "grid.placed": pgettext_lazy("ledger", "households put into a cell of the grid"),
    "grid.joined": pgettext_lazy("ledger", "grid member named"),
    "grid.left": pgettext_lazy("ledger", "grid member ended"),
    "grid.undone": pgettext_lazy("ledger", "act on the grid taken back"),
    "grid.followed": pgettext_lazy("ledger", "households came into another cell with the register"),
    "grid.area_followed": pgettext_lazy("ledger", "cells of the grid followed their area"),
    "grid.telephone_shown": pgettext_lazy("ledger", "telephone of a grid member shown in full"),
}

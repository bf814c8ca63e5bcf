"""Tables of the alerts: the one open alert of a household (预警), the signals that it rests on (线索), and what
a review found missing (退回补充清单), and the letters to households (结果告知书)."""

from alerts.models.alerts import Alert
from alerts.models.bulk import BulkAct, BulkItem
from alerts.models.channels import Channel
from alerts.models.letters import Letter
from alerts.models.pieces import MissingPiece
from alerts.models.relocations import Relocation
from alerts.models.rules import Rule
from alerts.models.signals import Signal
from alerts.models.snoozes import Snooze

__all__ = [
    "Alert",
    "BulkAct",
    "BulkItem",
    "Channel",
    "Letter",
    "MissingPiece",
    "Relocation",
    "Rule",
    "Signal",
    "Snooze",
]

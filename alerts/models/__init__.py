"""Tables of the alerts: the one open alert of a household (预警), the signals that it rests on (线索), and what
a review found missing (退回补充清单)."""

from alerts.models.alerts import Alert
from alerts.models.bulk import BulkAct, BulkItem
from alerts.models.channels import Channel
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
    "MissingPiece",
    "Relocation",
    "Rule",
    "Signal",
    "Snooze",
]

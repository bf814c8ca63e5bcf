"""Tables of the alerts: the one open alert of a household (预警), the signals that it rests on (线索), and what
a review found missing (退回补充清单)."""

from alerts.models.alerts import Alert
from alerts.models.channels import Channel
from alerts.models.pieces import MissingPiece
from alerts.models.signals import Signal

__all__ = ["Alert", "Channel", "MissingPiece", "Signal"]

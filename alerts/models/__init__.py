"""Tables of the alerts: the one open alert of a household (预警), and the signals that it rests on (线索)."""

from alerts.models.alerts import Alert
from alerts.models.channels import Channel
from alerts.models.signals import Signal

__all__ = ["Alert", "Channel", "Signal"]

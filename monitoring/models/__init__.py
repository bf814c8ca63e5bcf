"""Tables of departmental data: datasets, deliveries with their batches, and what people confirmed of headers."""

from monitoring.models.datasets import Dataset
from monitoring.models.deliveries import Batch, Delivery
from monitoring.models.headers import HeaderMeaning
from monitoring.models.standards import DeclaredStandard

__all__ = ["Batch", "Dataset", "DeclaredStandard", "Delivery", "HeaderMeaning"]

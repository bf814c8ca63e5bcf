"""Tables of departmental data: datasets, deliveries with their batches, and what people confirmed of headers."""

from monitoring.models.candidates import RowCandidate
from monitoring.models.datasets import Dataset
from monitoring.models.deliveries import Batch, Delivery
from monitoring.models.headers import HeaderMeaning
from monitoring.models.proposals import RegisterProposal

__all__ = ["Batch", "Dataset", "Delivery", "HeaderMeaning", "RegisterProposal", "RowCandidate"]

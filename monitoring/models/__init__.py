"""Tables of departmental data: datasets and deliveries, what rows propose or may mean, and warning standards."""

from monitoring.models.candidates import RowCandidate
from monitoring.models.corrections import CorrectionTask
from monitoring.models.datasets import Dataset
from monitoring.models.deliveries import Batch, Delivery
from monitoring.models.headers import HeaderMeaning
from monitoring.models.proposals import RegisterProposal
from monitoring.models.standards import DeclaredStandard

__all__ = [
    "Batch",
    "CorrectionTask",
    "Dataset",
    "DeclaredStandard",
    "Delivery",
    "HeaderMeaning",
    "RegisterProposal",
    "RowCandidate",
]

"""Tables of departmental data: datasets, deliveries, what rows propose or may mean, standards, findings, reminders."""

from monitoring.models.candidates import RowCandidate
from monitoring.models.comparison import Finding, Run, RunStandard
from monitoring.models.corrections import CorrectionTask
from monitoring.models.datasets import Dataset
from monitoring.models.deliveries import Batch, Delivery
from monitoring.models.headers import HeaderMeaning
from monitoring.models.outcomes import FindingOutcome, RowOutcome
from monitoring.models.proposals import RegisterProposal
from monitoring.models.reminders import Reminder
from monitoring.models.staging import StagedFinding
from monitoring.models.standards import DeclaredStandard
from monitoring.models.trials import RunRequest, Trial
from monitoring.models.tuning import TuningRequest

__all__ = [
    "Batch",
    "CorrectionTask",
    "Dataset",
    "DeclaredStandard",
    "Delivery",
    "Finding",
    "FindingOutcome",
    "HeaderMeaning",
    "RegisterProposal",
    "Reminder",
    "RowCandidate",
    "RowOutcome",
    "Run",
    "RunRequest",
    "RunStandard",
    "StagedFinding",
    "Trial",
    "TuningRequest",
]

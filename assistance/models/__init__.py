"""Tables of the cases: the case of a household (监测对象), and what hangs on it on its way."""

from assistance.models.aid import AidRecord
from assistance.models.aid_gaps import AidExplanation, AidGap
from assistance.models.applications import Application, PaperDemand
from assistance.models.assessments import AssessedHousehold, Assessment, PolicyExit
from assistance.models.batches import CaseBatch, CaseBatchItem
from assistance.models.cases import Case, CaseMember
from assistance.models.changes import BasisChange, CaseRisk
from assistance.models.checks import AssetCheck, AssetHit
from assistance.models.conclusions import Conclusion
from assistance.models.corrections import Correction
from assistance.models.disasters import Disaster, DisasterHousehold, FirstHelp
from assistance.models.evaluations import Evaluation, EvaluationItem, Kind
from assistance.models.followups import FollowUp, SeenRisk
from assistance.models.helping import HandOver, HelperClock, HelperPlace
from assistance.models.imported import ImportedDay, ImportedDouble
from assistance.models.income import IncomeChange, IncomeLine, IncomeSheet
from assistance.models.letters import CaseLetter
from assistance.models.measures import Measure
from assistance.models.national import ComparedExport, Difference, NationalEntry
from assistance.models.notices import Notice, NoticeItem
from assistance.models.objections import Objection
from assistance.models.pieces import CasePiece
from assistance.models.plans import Plan, PlanLine
from assistance.models.recategorisations import Recategorisation
from assistance.models.removal_records import ContactChange, MeasureStatement
from assistance.models.removals import Removal
from assistance.models.rosters import RosterComparison, RosterDifference
from assistance.models.statements import CaseStatement
from assistance.models.stay_visits import StayVisit
from assistance.models.told import ToldDeadline

__all__ = [
    "AidExplanation",
    "AidGap",
    "AidRecord",
    "Application",
    "AssessedHousehold",
    "Assessment",
    "AssetCheck",
    "AssetHit",
    "BasisChange",
    "Case",
    "CaseBatch",
    "CaseBatchItem",
    "CaseLetter",
    "CaseMember",
    "CasePiece",
    "CaseRisk",
    "CaseStatement",
    "ComparedExport",
    "Conclusion",
    "ContactChange",
    "Correction",
    "Difference",
    "Disaster",
    "DisasterHousehold",
    "Evaluation",
    "EvaluationItem",
    "FirstHelp",
    "FollowUp",
    "HandOver",
    "HelperClock",
    "HelperPlace",
    "ImportedDay",
    "ImportedDouble",
    "IncomeChange",
    "IncomeLine",
    "IncomeSheet",
    "Kind",
    "Measure",
    "MeasureStatement",
    "NationalEntry",
    "Notice",
    "NoticeItem",
    "Objection",
    "PaperDemand",
    "Plan",
    "PlanLine",
    "PolicyExit",
    "Recategorisation",
    "Removal",
    "RosterComparison",
    "RosterDifference",
    "SeenRisk",
    "StayVisit",
    "ToldDeadline",
]

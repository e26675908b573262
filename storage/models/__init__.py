"""The tables, one module per aggregate."""

from storage.models.adoptions import Adoption, AdoptionShare, Channel, Dispatch, Instruction
from storage.models.alerts import Alert, AlertEntry, AlertRecipient, AlertSilence
from storage.models.base import Base
from storage.models.briefings import Briefing
from storage.models.bulletins import BulletinIssue, BulletinItem, BulletinSeries
from storage.models.calls import Call, CallAnswer, CallPart
from storage.models.cases import Case, CaseDoubt, CaseDraft, CaseEvent
from storage.models.clues import Clue
from storage.models.contingencies import ContingencyRun, ContingencyTask
from storage.models.deductions import Appeal, Deduction
from storage.models.drafts import Attachment, Draft, DraftPart, DraftVersion
from storage.models.duty import (
    CalendarFeed,
    DutyAbsence,
    DutyGap,
    DutyLog,
    DutyShift,
    DutySwap,
    SensitivePeriod,
)
from storage.models.gatherings import Gathering, GatheringGuest
from storage.models.incidents import (
    Incident,
    IncidentEntry,
    IncidentReport,
)
from storage.models.ledger import AuditEntry, Counter
from storage.models.library import LibraryItem
from storage.models.mailbox import Conversation, Inbound, MessageDay, OutboxMessage
from storage.models.members import Delegation, Member, MemberPreference, RoleAssignment, Unit
from storage.models.moves import Recall, ReviewHold
from storage.models.notices import Notice, NoticeVersion
from storage.models.opinion import (
    OpinionHour,
    OpinionItem,
    OpinionPrints,
    OpinionRarity,
    OpinionTopics,
)
from storage.models.opinion_marks import OpinionMark, OpinionModel
from storage.models.opinion_vectors import OpinionVector
from storage.models.outside import OutsideFigure, OutsideStaged
from storage.models.pictures import SentPicture
from storage.models.plans import PlanItem, PlanNode, PlanOwner
from storage.models.reminders import Reminder
from storage.models.reviews import (
    GatePass,
    ReviewDecision,
    ReviewHandover,
    ReviewHolder,
    ReviewTask,
)
from storage.models.rule_tables import RuleTable
from storage.models.scores import StoredRuleSet, StoredScoreLine
from storage.models.sheets import Sheet, SheetRow
from storage.models.similarity import DraftLikeness, DraftMark, DraftPrint
from storage.models.sources import FoundItem, Source
from storage.models.timers import CalendarDay, Heartbeat, Outage, ScheduledRun, Timer
from storage.models.troubles import CanaryRun, Trouble
from storage.models.visits import EndedVisit
from storage.models.zero_reports import ZeroReport

__all__ = [
    "Adoption",
    "AdoptionShare",
    "Alert",
    "AlertEntry",
    "AlertRecipient",
    "AlertSilence",
    "Appeal",
    "Attachment",
    "AuditEntry",
    "Base",
    "Briefing",
    "BulletinIssue",
    "BulletinItem",
    "BulletinSeries",
    "CalendarDay",
    "CalendarFeed",
    "Call",
    "CallAnswer",
    "CallPart",
    "CanaryRun",
    "Case",
    "CaseDoubt",
    "CaseDraft",
    "CaseEvent",
    "Channel",
    "Clue",
    "ContingencyRun",
    "ContingencyTask",
    "Conversation",
    "Counter",
    "Deduction",
    "Delegation",
    "Dispatch",
    "Draft",
    "DraftLikeness",
    "DraftMark",
    "DraftPart",
    "DraftPrint",
    "DraftVersion",
    "DutyAbsence",
    "DutyGap",
    "DutyLog",
    "DutyShift",
    "DutySwap",
    "EndedVisit",
    "FoundItem",
    "GatePass",
    "Gathering",
    "GatheringGuest",
    "Heartbeat",
    "Inbound",
    "Incident",
    "IncidentEntry",
    "IncidentReport",
    "Instruction",
    "LibraryItem",
    "Member",
    "MemberPreference",
    "MessageDay",
    "Notice",
    "NoticeVersion",
    "OpinionHour",
    "OpinionItem",
    "OpinionMark",
    "OpinionModel",
    "OpinionPrints",
    "OpinionRarity",
    "OpinionTopics",
    "OpinionVector",
    "Outage",
    "OutboxMessage",
    "OutsideFigure",
    "OutsideStaged",
    "PlanItem",
    "PlanNode",
    "PlanOwner",
    "Recall",
    "Reminder",
    "ReviewDecision",
    "ReviewHandover",
    "ReviewHold",
    "ReviewHolder",
    "ReviewTask",
    "RoleAssignment",
    "RuleTable",
    "ScheduledRun",
    "SensitivePeriod",
    "SentPicture",
    "Sheet",
    "SheetRow",
    "Source",
    "StoredRuleSet",
    "StoredScoreLine",
    "Timer",
    "Trouble",
    "Unit",
    "ZeroReport",
]
